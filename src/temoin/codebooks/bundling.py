"""Which events of a report are one incident: an air strike, its dead and its ruins are one row.

Rules, each with a name that the row carries:

    one_trigger   one word names both ("les frappes ont tué": two types on one trigger)
    causes        the report says that one brought the other about
    one_sentence  a deed and what came of it, or two deeds of one fight, in one sentence
    one_deed      one deed named twice in one sentence, with the same target or weapon
    next_sentence what the same side did or suffered in a fight, told in the sentence after
    taken_up      a noun that takes a deed up again ("the fighting"), with nothing of its own
    told_again    the same deed on the same day at the same place, told a second time

None of them joins events whose days, places or known actors contradict each other, nor
what happened with what is denied, planned or only possible: each of those stands alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from temoin.codebooks.model import Incident
from temoin.codebooks.tables import bundling
from temoin.grounding.place.relative import rough_km
from temoin.record import (
    Certainty,
    Event,
    EventType,
    PlaceValue,
    Polarity,
    Record,
    RelationType,
    Role,
)
from temoin.rows import place_of, time_of

__all__ = ["happened", "incidents", "sentence_number"]

#: Regions that a place lies in rather than away from.
_LARGE = frozenset({"country", "continent", "admin1", "admin2", "region"})

#: How many sentences on a noun may still take a deed up again.
_NEAR = 2
#: Rules that find the same deed a second time, so that two of a kind are one.
_TWICE = frozenset({"one_deed", "taken_up", "told_again"})


def happened(event: Event) -> bool:
    """Whether the report says that it took place, for certain or probably."""
    return event.polarity is Polarity.AFFIRMED and event.certainty in (
        Certainty.CERTAIN,
        Certainty.PROBABLE,
    )


def sentence_number(record: Record, offset: int) -> int:
    """Which sentence of the document an offset is in."""
    return bisect_right([start for start, _ in record.document.sentences], offset) - 1


def incidents(record: Record, *, unit: str = "incident") -> list[Incident]:
    """The incidents of a record in the order of their first words.

    Args:
        record: A grounded record.
        unit: `incident`, or `event`: then each event stands alone.
    """
    home: dict[str, list[Event]] = {event.id: [event] for event in record.events}
    joined: list[tuple[str, str, str]] = []
    if unit == "incident":
        for rule, one, other in _links(record):
            first, second = home[one.id], home[other.id]
            if first is second or not _may_join(rule, first, second):
                continue
            first.extend(second)
            home.update({event.id: first for event in second})
            joined.append((rule, one.id, other.id))
    found = []
    for group in {id(group): group for group in home.values()}.values():
        ordered = tuple(sorted(group, key=lambda event: (event.trigger.start, event.id)))
        ids = {event.id for event in group}
        links = tuple(link for link in joined if link[1] in ids)
        found.append(Incident(lead=_lead(ordered), events=ordered, links=links))
    return sorted(found, key=lambda one: (one.events[0].trigger.start, one.events[0].id))


def _may_join(rule: str, first: Sequence[Event], second: Sequence[Event]) -> bool:
    """No two deeds in one incident, but for those of one fight and one told twice."""
    table = bundling()
    ours, theirs = ({e.type.value for e in g} & table.deeds for g in (first, second))
    if ours and theirs and rule not in _TWICE and not ours | theirs <= table.fights:
        return False
    return all(_agree(a, b) for a in first for b in second)


def _lead(events: Sequence[Event]) -> Event:
    order = bundling().precedence
    return min(events, key=lambda event: (order.index(event.type.value), event.trigger.start))


def _links(record: Record) -> Iterator[tuple[str, Event, Event]]:
    """Pairs that a rule joins, the surest rules first."""
    real = [event for event in record.events if happened(event)]
    pairs = list(combinations(real, 2))
    caused = {
        frozenset((relation.source, relation.target))
        for relation in record.relations
        if relation.type is RelationType.CAUSES
    }
    starts = [start for start, _ in record.document.sentences]

    def home(event: Event) -> int:
        return bisect_right(starts, event.trigger.start) - 1

    rules: tuple[tuple[str, Callable[[Event, Event], bool]], ...] = (
        ("one_trigger", _one_trigger),
        ("causes", lambda a, b: frozenset((a.id, b.id)) in caused and _may_follow(a, b)),
        ("one_sentence", lambda a, b: home(a) == home(b) and _one_fight(a, b) and _parted(a, b)),
        ("one_deed", lambda a, b: home(a) == home(b) and _one_deed(a, b)),
        ("next_sentence", lambda a, b: home(b) - home(a) == 1 and _goes_on(a, b)),
        ("taken_up", lambda a, b: 0 < home(b) - home(a) <= _NEAR and _taken_up(a, b)),
        ("told_again", _told_again),
    )
    for name, rule in rules:
        for one, other in pairs:
            if rule(one, other):
                yield name, one, other


def _one_trigger(a: Event, b: Event) -> bool:
    """Two types on one word; one salvo of drones and missiles stays two."""
    same = a.trigger.start < b.trigger.end and b.trigger.start < a.trigger.end
    return same and (_deed_and_consequence(a, b) or _both(a, b, bundling().consequences))


def _deed_and_consequence(a: Event, b: Event) -> bool:
    table = bundling()
    types = {a.type.value, b.type.value}
    return bool(types & table.deeds) and bool(types & table.consequences)


def _both(a: Event, b: Event, types: frozenset[str]) -> bool:
    return a.type.value in types and b.type.value in types


def _may_follow(a: Event, b: Event) -> bool:
    table = bundling()
    types = {a.type.value, b.type.value}
    fight = bool(types & table.fights)
    return (
        _deed_and_consequence(a, b)
        or _both(a, b, table.consequences)
        or _both(a, b, table.fights)
        or (fight and bool(types & table.aftermath))
    )


def _one_fight(a: Event, b: Event) -> bool:
    table = bundling()
    if _both(a, b, table.fights):
        # Two attacks in one sentence are two attacks; a battle and its outcome are one.
        return a.type is not b.type
    return _deed_and_consequence(a, b) or _both(a, b, table.consequences)


def _parted(a: Event, b: Event) -> bool:
    """In one sentence: nobody is said to have done one of them who is not in the other."""
    same_voice = _voice(a) == _voice(b) or _voice(a) is None or _voice(b) is None
    return same_voice and _actors_agree(a, b)


def _voice(event: Event) -> str | None:
    if event.attribution is None:
        return None
    return event.attribution.entity or event.attribution.text.casefold()


def _one_deed(a: Event, b: Event) -> bool:
    """The same type, and the same words are target or weapon of both."""
    if a.type is not b.type or a.type.value not in bundling().deeds or _voice(a) != _voice(b):
        return False
    roles = (Role.TARGET, Role.INSTRUMENT)
    ours, theirs = (
        {(x.role, x.start, x.end) for x in e.arguments if x.role in roles} for e in (a, b)
    )
    return bool(ours & theirs) and _actors_agree(a, b)


def _goes_on(a: Event, b: Event) -> bool:
    """A fight goes on: the same side, and neither day nor place of its own."""
    table = bundling()
    outcomes = (table.fights | table.aftermath | table.consequences) - {"detention"}
    if a.type.value not in table.fights or b.type.value not in outcomes or _voice(a) != _voice(b):
        return False
    own = any(argument.role in (Role.TIME, Role.PLACE) for argument in b.arguments)
    return not own and bool(_named(a, Role.ACTOR) & _named(b, Role.ACTOR))


def _taken_up(a: Event, b: Event) -> bool:
    """The same type, or two words for a fight, and the second says nothing of its own."""
    table = bundling()
    if b.arguments or _voice(b) is not None or a.type.value not in table.deeds:
        return False
    fight = {EventType.ARMED_CLASH, EventType.GROUND_ATTACK}
    return a.type is b.type or (a.type in fight and b.type in fight)


def _told_again(a: Event, b: Event) -> bool:
    """The same type, day and place, all three of them said, and nothing against it."""
    if a.type is not b.type or a.type.value not in bundling().deeds:
        return False
    when, then = time_of(a), time_of(b)
    where, there = place_of(a), place_of(b)
    if when is None or then is None or where is None or there is None:
        return False
    same_day = (when.earliest, when.latest) == (then.earliest, then.latest) and when.earliest
    same_place = where.name == there.name and where.feature not in _LARGE
    return bool(same_day) and same_place and _participants_meet(a, b)


def _participants_meet(a: Event, b: Event) -> bool:
    """Somebody or something of one is in the other, or one of them names nobody."""
    ours, theirs = _named(a, Role.ACTOR, Role.TARGET), _named(b, Role.ACTOR, Role.TARGET)
    return not ours or not theirs or bool(ours & theirs)


def _named(event: Event, *roles: Role) -> set[str]:
    found = set()
    for argument in event.arguments:
        if argument.role in roles:
            known = argument.actor.id if argument.actor and argument.actor.id else None
            found.add(known or argument.entity or argument.text.casefold())
    return found


def _actors_agree(a: Event, b: Event) -> bool:
    ours = {x.actor.id for x in a.of_role(Role.ACTOR) if x.actor and x.actor.id}
    theirs = {x.actor.id for x in b.of_role(Role.ACTOR) if x.actor and x.actor.id}
    return not ours or not theirs or bool(ours & theirs)


def _agree(a: Event, b: Event) -> bool:
    return _days_agree(a, b) and _places_agree(place_of(a), place_of(b))


def _days_agree(a: Event, b: Event) -> bool:
    one, other = time_of(a), time_of(b)
    if one is None or other is None:
        return True
    first, last = one.earliest or one.latest, one.latest or one.earliest
    begin, end = other.earliest or other.latest, other.latest or other.earliest
    if first is None or last is None or begin is None or end is None:
        return True
    return first <= end and begin <= last


def _places_agree(one: PlaceValue | None, other: PlaceValue | None) -> bool:
    if one is None or other is None or one.name == other.name:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.feature in _LARGE or other.feature in _LARGE:
        return True
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return True
    apart = rough_km(
        (one.latitude or 0.0, one.longitude or 0.0), (other.latitude or 0.0, other.longitude or 0.0)
    )
    return apart <= bundling().within_km + max(one.radius_km or 0.0, other.radius_km or 0.0)
