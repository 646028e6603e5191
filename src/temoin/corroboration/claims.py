"""The claim: one event of one record, as corroboration sees it.

A view that holds what is compared and nothing else: whoever keeps claims elsewhere (the
casefile) can build it from its own tables. An event often has no words of its own for
where and when ("twelve people were killed"): then the place and the days of the event
that causes it hold; else those of the one told before it stand in, marked as not its own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from temoin.corroboration.parts import Around, Count, Days, Party, Spot, Thing
from temoin.corroboration.words import proper_names, stems
from temoin.record import (
    ActorValue,
    Argument,
    Attribution,
    Certainty,
    Event,
    EventType,
    PlaceValue,
    Polarity,
    Record,
    RelationType,
    Role,
    Span,
)

__all__ = [
    "Around",
    "Claim",
    "Count",
    "Days",
    "Party",
    "Spot",
    "Thing",
    "claims_of",
    "claims_of_all",
]

#: How far back a report without days of its own may look.
_WEEK = dt.timedelta(days=7)
_NAMING = (Role.PLACE, Role.TARGET, Role.ORIGIN, Role.DESTINATION)
_STATUS = {
    EventType.KILLING: "killed",
    EventType.INJURY: "wounded",
    EventType.DETENTION: "captured",
    EventType.DISPLACEMENT: "displaced",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says of one event.

    Attributes:
        id: Document and event, `doc:e1`.
        document: Id of the document.
        event: Id of the event in its record.
        cause: Id of the claim, of the same document, that is said to have caused it.
        around: What its causes and effects tell besides.
        context: Names of the places and known actors of the whole document.
    """

    id: str
    document: str
    event: str
    type: EventType
    trigger: str
    sentence: str
    start: int = 0
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    language: str = "other"
    source: str | None = None
    published: dt.date | None = None
    attribution: Party | None = None
    days: Days | None = None
    place: Spot | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    equipment: tuple[Thing, ...] = ()
    counts: tuple[Count, ...] = ()
    cause: str | None = None
    around: Around = field(default=Around(), repr=False)
    context: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def planned(self) -> bool:
        """Whether the event is meant, feared or announced rather than told as past."""
        return self.certainty is Certainty.PLANNED

    @property
    def denied(self) -> bool:
        """Whether the report says that it did not happen."""
        return self.polarity is Polarity.NEGATED

    @property
    def speaker(self) -> str | None:
        """Who answers for it: the source that the text names, else the publisher."""
        if self.attribution:
            return self.attribution.name or self.attribution.text
        return self.source


def claims_of_all(records: Iterable[Record]) -> Iterator[Claim]:
    """The claims of many records, in their order."""
    for record in records:
        yield from claims_of(record)


def claims_of(record: Record) -> list[Claim]:
    """The claims of one grounded record, in the order of its events."""
    events = sorted(record.events, key=lambda event: event.trigger.start)
    causes = {
        relation.target: relation.source
        for relation in record.relations
        if relation.type is RelationType.CAUSES
    }
    near = _Neighbours(events, causes)
    places = _places(events, near)
    days = _all_days(events, near, record.document.published)
    context = _context(record)
    starts = [start for start, _ in record.document.sentences]
    made = {
        event.id: _claim(
            record,
            event,
            sentence=_sentence(record, starts, event.trigger),
            place=places[event.id],
            days=days[event.id],
            cause=causes.get(event.id),
            around=_around(event, list(near.bound(event))),
            context=context,
        )
        for event in events
    }
    return [made[event.id] for event in record.events]


def _claim(
    record: Record,
    event: Event,
    *,
    sentence: str,
    place: Spot | None,
    days: Days | None,
    cause: str | None,
    around: Around,
    context: frozenset[str],
) -> Claim:
    document = record.document
    return Claim(
        id=f"{document.id}:{event.id}",
        document=document.id,
        event=event.id,
        type=event.type,
        trigger=event.trigger.text,
        sentence=sentence,
        start=event.trigger.start,
        polarity=event.polarity,
        certainty=event.certainty,
        language=document.language,
        source=document.source,
        published=document.published,
        attribution=_party(event.attribution) if event.attribution else None,
        days=days,
        place=place,
        actors=tuple(_party(argument) for argument in event.of_role(Role.ACTOR)),
        targets=tuple(_party(argument) for argument in event.of_role(Role.TARGET)),
        equipment=tuple(_things(event)),
        counts=tuple(_counts(event)),
        cause=f"{document.id}:{cause}" if cause else None,
        around=around,
        context=context,
    )


def _place_values(event: Event) -> Iterator[PlaceValue]:
    if event.place is not None:
        yield event.place
    for role in (Role.PLACE, Role.TARGET, Role.DESTINATION, Role.ORIGIN):
        yield from (each.place for each in event.of_role(role) if each.place is not None)


def _spot(event: Event) -> Spot | None:
    for place in _place_values(event):
        if place.latitude is not None and place.longitude is not None:
            return Spot(
                name=place.name,
                latitude=place.latitude,
                longitude=place.longitude,
                radius_km=place.radius_km or 1.0,
                id=place.gazetteer_id,
                own=True,
            )
    return None


def _days(event: Event) -> Days | None:
    time = event.time
    if time is None:
        return None
    earliest, latest = time.earliest or time.latest, time.latest or time.earliest
    return Days(earliest, latest) if earliest and latest else None


class _Neighbours:
    """Which events may lend an event what it has no words for, the likeliest first."""

    def __init__(self, events: Sequence[Event], causes: dict[str, str]) -> None:
        self._events = events
        self._causes = causes
        self._at = {event.id: at for at, event in enumerate(events)}
        self._by_id = {event.id: event for event in events}

    def bound(self, event: Event) -> Iterator[Event]:
        """Its cause, its effects, other effects of its cause: what shares its where and when."""
        cause = self._causes.get(event.id)
        if cause:
            yield self._by_id[cause]
        yield from (self._by_id[to] for to, by in self._causes.items() if by == event.id)
        if cause:
            yield from (
                self._by_id[to] for to, by in self._causes.items() if by == cause and to != event.id
            )

    def told(self, event: Event) -> Iterator[Event]:
        """The events told before it, the nearest first, then those after it."""
        at = self._at[event.id]
        yield from reversed(self._events[:at])
        yield from self._events[at + 1 :]


def _places(events: Sequence[Event], near: _Neighbours) -> dict[str, Spot | None]:
    own = {event.id: _spot(event) for event in events}

    def found(event: Event) -> Spot | None:
        spot = own[event.id] or next((s for o in near.bound(event) if (s := own[o.id])), None)
        if spot is not None:
            return spot
        told = next((s for o in near.told(event) if (s := own[o.id])), None)
        return replace(told, own=False) if told else None

    return {event.id: found(event) for event in events}


def _all_days(
    events: Sequence[Event], near: _Neighbours, published: dt.date | None
) -> dict[str, Days | None]:
    own = {event.id: _days(event) for event in events}
    last = Days(published - _WEEK, published, own=False) if published else None

    def found(event: Event) -> Days | None:
        days = own[event.id] or next((d for o in near.bound(event) if (d := own[o.id])), None)
        if days is not None:
            return days
        told = next((d for o in near.told(event) if (d := own[o.id])), None)
        return replace(told, own=False) if told else last

    return {event.id: found(event) for event in events}


_TELLING = (Role.TARGET, Role.PLACE, Role.INSTRUMENT)


def _around(event: Event, bound: Sequence[Event]) -> Around:
    return Around(
        actors=tuple(_party(a) for other in bound for a in other.of_role(Role.ACTOR)),
        equipment=tuple(thing for other in bound for thing in _things(other)),
        counts=tuple(count for other in bound for count in _counts(other)),
        words=frozenset(
            word
            for each in (event, *bound)
            for role in _TELLING
            for argument in each.of_role(role)
            for word in stems(argument.text)
        ),
    )


def _sentence(record: Record, starts: Sequence[int], span: Span) -> str:
    at = bisect_right(starts, span.start) - 1
    if at < 0:
        return record.document.text[:400]
    start, end = record.document.sentences[at]
    return record.document.text[start:end]


def _party(span: Argument | Attribution) -> Party:
    # A pronoun says nothing; what it stands for does.
    text = span.antecedent.text if span.antecedent else span.text
    actor: ActorValue | None = span.actor
    if actor is None:
        return Party(text)
    return Party(text, actor.name, actor.id, actor.kind, actor.parent, actor.country)


def _things(event: Event) -> Iterator[Thing]:
    for argument in event.arguments:
        if argument.equipment is not None:
            yield Thing(argument.text, argument.equipment.id, argument.equipment.kind)


def _counts(event: Event) -> Iterator[Count]:
    for argument in event.of_role(Role.QUANTITY):
        quantity = argument.quantity
        if quantity is None:
            if argument.value is not None:
                yield Count(argument.text, argument.value, argument.value, argument.value)
            continue
        yield Count(
            argument.text,
            quantity.value,
            quantity.low,
            quantity.high,
            quantity.unit,
            quantity.status or _STATUS.get(event.type),
            quantity.kind,
            quantity.approximate,
        )


def _context(record: Record) -> frozenset[str]:
    keys: set[str] = set()
    for event in record.events:
        for place in _place_values(event):
            keys.add(f"place:{place.gazetteer_id or place.name}")
        for argument in event.arguments:
            if argument.role in _NAMING:
                # A place that no gazetteer knows still has its name.
                said = argument.antecedent.text if argument.antecedent else argument.text
                keys.update(f"name:{name}" for name in proper_names(said))
            if argument.actor is not None and argument.actor.id:
                keys.add(f"actor:{argument.actor.id}")
            if argument.equipment is not None and argument.equipment.id:
                keys.add(f"thing:{argument.equipment.id}")
    return frozenset(keys)
