"""Who stands against whom in an incident: the two sides, each with its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from temoin.codebooks.model import Incident
from temoin.codebooks.tables import groups_of_kinds
from temoin.record import ActorValue, Argument, Event, EventType, Role, Span

__all__ = ["ARMED", "Participant", "Sides", "group_of", "sides"]

#: Groups whose members bear arms.
ARMED = frozenset({"state", "nonstate", "external", "unidentified"})

#: Events whose targets are people, so that a target without a known kind is still somebody.
_OF_PEOPLE = frozenset({EventType.KILLING, EventType.INJURY, EventType.DETENTION,
                        EventType.DISPLACEMENT, EventType.RELEASE})  # fmt: skip

#: Events that two sides do together: each of them is an actor.
_MUTUAL = frozenset({EventType.ARMED_CLASH, EventType.CEASEFIRE, EventType.AGREEMENT,
                     EventType.NEGOTIATION})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who acts or is acted upon.

    Attributes:
        name: Canonical name, or the words.
        kind: As grounding has it; `people` where no kind is known.
        group: state, nonstate, unidentified, external, civilian, crowd, organisation, unknown.
        country: ISO 3166-1 alpha-2, or None.
        inter: ACLED's code, or None.
        id: Of a known actor, or None.
        wikidata: Its item, or None.
        key: What two mentions of the same one share.
        words: Its words.
    """

    name: str
    kind: str
    group: str
    country: str | None
    inter: int | None
    id: str | None
    wikidata: str | None
    key: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an incident: who did it, and to whom; each empty where nobody is named.

    Attributes:
        first: Who did it; of a clash those named first.
        second: To whom; of a clash those on the other side.
        addressed: Against whom a crowd protests, who need not be there.
        unclear: Participants of a clash or an accord whose side the report does not tell.
    """

    first: tuple[Participant, ...]
    second: tuple[Participant, ...]
    unclear: tuple[Participant, ...] = ()
    addressed: tuple[Participant, ...] = ()


def group_of(actor: ActorValue) -> str:
    """The group that rules ask for; an armed group that nobody knows is `unidentified`."""
    if actor.kind in ("armed_group", "armed_force") and actor.id is None:
        return "unidentified"
    if actor.kind == "armed_force":
        return "state" if actor.inter in (1, 8) else "unknown"
    return groups_of_kinds().get(actor.kind, "unknown")


def sides(incident: Incident) -> Sides:
    """The two sides, from the lead's words first and then from those of what came of it.

    A target that is no actor (a village, a bridge) is on no side. The dead and wounded
    stand for the side that was hit where the attack itself names nobody.
    """
    lead = incident.lead
    if lead.type in _MUTUAL:
        return _mutual(incident)
    others = [event for event in incident.events if event.id != lead.id]
    first = _people(lead, Role.ACTOR)
    for event in others:
        first = first or _people(event, Role.ACTOR)
    second = _people(lead, Role.TARGET)
    if lead.type is EventType.PROTEST:
        # Who harms a crowd faces it; the crowd's own dead are not the other side.
        crowd = tuple(_crowd(one) for one in first)
        facing = _unique(one for event in others for one in _people(event, Role.ACTOR))
        return Sides(crowd, tuple(one for one in facing if one not in first), addressed=second)
    known = [one for one in second if one.group != "unknown"]
    if not known:
        for event in others:
            harmed = _people(event, Role.TARGET)
            if any(one.group != "unknown" for one in harmed) or not second:
                second = harmed or second
                break
    taken = {one.key for one in first}
    second = tuple(one for one in second if one.key not in taken)
    if not second:
        # A town was taken after a clash: whom they fought is told there.
        clashes = [event for event in others if event.type is EventType.ARMED_CLASH]
        fought = _unique(one for event in clashes for one in _people(event, Role.ACTOR))
        second = tuple(one for one in fought if one.key not in taken) if first else ()
    return Sides(first, second)


def _crowd(one: Participant) -> Participant:
    """People and civilians who demonstrate are protesters."""
    if one.group not in ("civilian", "unknown"):
        return one
    return replace(one, name="Protesters", kind="protesters", group="crowd", inter=6)


def _mutual(incident: Incident) -> Sides:
    """Both sides of a clash are its actors: the first named, and who is not of its side."""
    clashes = [e for e in incident.events if e.type is incident.lead.type]
    named = _unique(one for event in clashes for one in _people(event, Role.ACTOR))
    second = _unique(one for event in clashes for one in _people(event, Role.TARGET))
    if not named:
        others = [event for event in incident.events if event not in clashes]
        named = _unique(one for event in others for one in _people(event, Role.ACTOR))
        second = second or _unique(one for event in others for one in _people(event, Role.TARGET))
        return Sides(named, tuple(one for one in second if one not in named))
    first = [one for one in named if one.key == named[0].key or _allied(one, named[0])]
    taken = {one.key for one in first}
    rest = [one for one in named if one.key not in taken]
    second = tuple(one for one in second if one.key not in taken)
    if second or not rest:
        return Sides(tuple(first), tuple(second), tuple(rest))
    other = [one for one in rest if one.key == rest[0].key or _allied(one, rest[0])]
    return Sides(tuple(first), tuple(other), tuple(one for one in rest if one not in other))


def _allied(one: Participant, other: Participant) -> bool:
    """Two forces of one state; of others the report would have to say it."""
    return one.group == other.group == "state" and one.country == other.country is not None


def _people(event: Event, role: Role) -> tuple[Participant, ...]:
    kinds = {a.quantity.kind for a in event.of_role(Role.QUANTITY) if a.quantity}
    found = []
    for argument in event.of_role(role):
        one = _participant(
            argument, event, civilian="civilian" in kinds and len(kinds - {None}) == 1
        )
        if one is not None:
            found.append(one)
    return _unique(found)


def _participant(argument: Argument, event: Event, *, civilian: bool) -> Participant | None:
    actor = argument.actor
    of_people = argument.role is Role.TARGET and event.type in _OF_PEOPLE
    words = (Span(start=argument.start, end=argument.end, text=argument.text),)
    key = argument.entity or argument.text.casefold()
    if actor is None:
        if argument.role is Role.TARGET and not of_people:
            return None
        if argument.equipment is not None:
            return None
        group = "civilian" if civilian and of_people else "unknown"
        kind = "civilians" if group == "civilian" else "people"
        inter = 7 if group == "civilian" else None
        return Participant(argument.text, kind, group, None, inter, None, None, key, words)
    group = group_of(actor)
    if group == "unknown" and civilian and argument.role is Role.TARGET:
        return Participant(
            actor.name, "civilians", "civilian", actor.country, 7, actor.id, None, key, words
        )
    return Participant(
        actor.name, actor.kind, group, actor.country, actor.inter, actor.id, actor.wikidata,
        actor.id or key, words,
    )  # fmt: skip


def _unique(found: Iterable[Participant]) -> tuple[Participant, ...]:
    by_key: dict[str, Participant] = {}
    for one in found:
        by_key.setdefault(one.key, one)
    return tuple(by_key.values())
