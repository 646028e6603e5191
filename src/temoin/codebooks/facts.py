"""What rules may ask of an incident, each answer with the words that give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from temoin.codebooks.deaths import Deaths
from temoin.codebooks.model import Fact, Facts, Incident
from temoin.codebooks.sides import Participant, Sides
from temoin.codebooks.tables import groups_of_kinds, weapon_families
from temoin.codebooks.words import WordLists, occurrences
from temoin.record import Certainty, EventType, Polarity, Record, Role, Span
from temoin.rows import place_of

__all__ = ["NAMES", "facts_of"]

_GROUPS = frozenset({*groups_of_kinds().values(), "unidentified", "unknown", "none"})
_YES_NO = frozenset({"yes", "no"})

#: Every fact, with the values that it can have where they are few; None where they are open.
NAMES: Mapping[str, frozenset[str] | None] = MappingProxyType({
    "type": frozenset(EventType),
    "types": frozenset(EventType),
    "polarity": frozenset(Polarity),
    "certainty": frozenset(Certainty),
    "attributed": _YES_NO,
    "actor_kind": None,
    "target_kind": None,
    "actor_group": _GROUPS,
    "target_group": _GROUPS,
    "actor_abroad": _YES_NO,
    "sides": frozenset({"none", "one", "two"}),
    "instrument": None,
    "weapon": frozenset(weapon_families().values()),
    "target_weapon": frozenset(weapon_families().values()),
    "target_place": _YES_NO,
    "deaths": frozenset({"yes", "no", "open"}),
    "civilian_deaths": _YES_NO,
    "injuries": _YES_NO,
    "captives": frozenset({"civilian", "combatant", "unknown"}),
    "country": None,
    "feature": None,
    "words": None,
    "sentence_words": None,
})  # fmt: skip


def facts_of(
    record: Record,
    incident: Incident,
    sides: Sides,
    deaths: Deaths,
    *,
    words: WordLists,
    sentence_words: WordLists,
) -> Facts:
    """Everything that a rule may ask of an incident.

    Args:
        record: The record that it is of.
        incident: The incident.
        sides: Its two sides.
        deaths: Its dead.
        words: The lists to look for in the words of the events.
        sentence_words: The lists to look for in the sentence of the lead.
    """
    lead = incident.lead
    place = place_of(lead)
    found: dict[str, tuple[Fact, ...]] = {
        "type": (Fact(lead.type.value, (lead.trigger,)),),
        "types": tuple(Fact(event.type.value, (event.trigger,)) for event in incident.events),
        "polarity": (Fact(lead.polarity.value),),
        "certainty": (Fact(lead.certainty.value),),
        "attributed": (_yes(lead.attribution is not None, _span(lead.attribution)),),
        "actor_kind": tuple(Fact(one.kind, one.words) for one in sides.first),
        "target_kind": tuple(Fact(one.kind, one.words) for one in sides.second),
        "actor_group": _groups(sides.first),
        "target_group": _groups(sides.second),
        "actor_abroad": _abroad(sides.first, place.country if place else None),
        "sides": (Fact(("none", "one", "two")[bool(sides.first) + bool(sides.second)]),),
        "deaths": (Fact("open" if deaths.reported and deaths.open else
                        "yes" if deaths.reported else "no", deaths.words),),
        "civilian_deaths": (_yes(any(f.civilian for f in deaths.figures), deaths.words),),
        "country": (Fact(place.country),) if place and place.country else (),
        "feature": (Fact(place.feature),) if place and place.feature else (),
        **_things(incident),
        **_harm(incident),
    }  # fmt: skip
    found["words"] = tuple(_words(record, incident, words))
    found["sentence_words"] = tuple(_sentence_words(record, incident, sentence_words))
    return found


def _span(given: Span | None) -> tuple[Span, ...]:
    return () if given is None else (Span(start=given.start, end=given.end, text=given.text),)


def _yes(holds: bool, words: tuple[Span, ...] = ()) -> Fact:  # noqa: FBT001 - its one argument
    return Fact("yes", words) if holds else Fact("no")


def _groups(side: tuple[Participant, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(one.group, one.words) for one in side) or (Fact("none"),)


def _abroad(side: tuple[Participant, ...], country: str | None) -> tuple[Fact, ...]:
    """Whether a force acts outside its own country; nothing where either is not known."""
    return tuple(_yes(one.country != country, one.words) for one in side if one.country and country)


def _things(incident: Incident) -> dict[str, tuple[Fact, ...]]:
    """Weapons used, weapons hit, and whether a place or thing was the target."""
    instruments, weapons, hit = [], [], []
    place = Fact("no")
    families = weapon_families()
    for event in incident.events:
        for argument in event.arguments:
            span = _span(argument)
            used = argument.role in (Role.INSTRUMENT, Role.ACTOR)
            if argument.equipment and used:
                instruments.append(Fact(argument.equipment.kind, span))
                if argument.equipment.kind in families:
                    weapons.append(Fact(families[argument.equipment.kind], span))
            if argument.role is Role.TARGET and event.id == incident.lead.id:
                if argument.equipment and argument.equipment.kind in families:
                    hit.append(Fact(families[argument.equipment.kind], span))
                elif argument.equipment is None:
                    place = Fact("yes", span)
    return {
        "instrument": tuple(instruments),
        "weapon": tuple(weapons),
        "target_weapon": tuple(hit),
        "target_place": (place,),
    }


def _harm(incident: Incident) -> dict[str, tuple[Fact, ...]]:
    wounded = [event for event in incident.events if event.type is EventType.INJURY]
    captives = [
        Fact(argument.quantity.kind, _span(argument))
        for event in incident.events
        if event.type is EventType.DETENTION
        for argument in event.of_role(Role.QUANTITY)
        if argument.quantity and argument.quantity.kind
    ]
    return {
        "injuries": (_yes(bool(wounded), tuple(event.trigger for event in wounded)),),
        "captives": tuple(captives),
    }


def _words(record: Record, incident: Incident, words: WordLists) -> Iterable[Fact]:
    """Lists with a word in the triggers, instruments, targets or actors of the incident."""
    for event in incident.events:
        spans = [event.trigger, *event.of_role(Role.INSTRUMENT), *event.of_role(Role.TARGET),
                 *event.of_role(Role.ACTOR)]  # fmt: skip
        for span in spans:
            for name, pattern in words.items():
                found = tuple(occurrences(pattern, record.document.text, span.start, span.end))
                if found:
                    yield Fact(name, found)


def _sentence_words(record: Record, incident: Incident, words: WordLists) -> Iterable[Fact]:
    """Lists with a word in the sentence of the lead's trigger, between its semicolons."""
    text, at = record.document.text, incident.lead.trigger.start
    for first, last in record.document.sentences:
        if first <= at < last:
            start = max(first, text.rfind(";", first, at) + 1)
            end = text.find(";", at, last)
            end = last if end < 0 else end
            for name, pattern in words.items():
                found = tuple(occurrences(pattern, record.document.text, start, end))
                if found:
                    yield Fact(name, found)
