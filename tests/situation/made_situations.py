"""Small reports with claims about places, made from words rather than offsets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from temoin.record import (
    ActorValue,
    Argument,
    Attribution,
    Certainty,
    Document,
    EquipmentValue,
    Event,
    EventType,
    PlaceValue,
    Polarity,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
    TimeValue,
)
from temoin.situation import Claim, State, claims_of_all, derive

BER = PlaceValue(
    name="Ber", latitude=16.84, longitude=-2.53, radius_km=1, feature="city", country="ML",
    gazetteer_id="geonames:1", rule="name",
)  # fmt: skip
GAO = PlaceValue(
    name="Gao", latitude=16.27, longitude=-0.04, radius_km=3, feature="city", country="ML",
    gazetteer_id="geonames:2", rule="name",
)  # fmt: skip

ARMY = ActorValue(name="Malian Armed Forces", id="fama", kind="state_forces", country="ML", inter=1)
POLICE = ActorValue(name="Malian Police", id="police-ml", kind="police", country="ML", inter=1)
REBELS = ActorValue(name="Northern Front", id="northern-front", kind="rebel_group", country="ML")
SOLDIERS = ActorValue(name="Military Forces", kind="state_forces", inter=1)
FIGHTERS = ActorValue(name="Fighters", kind="armed_group")
PEOPLE = ActorValue(name="People", kind="people")
TANKS = EquipmentValue(name="tank", kind="tank")


def march(first: int, last: int | None = None) -> TimeValue:
    """A day of March 2024, or a stretch of days."""
    return TimeValue(earliest=dt.date(2024, 3, first), latest=dt.date(2024, 3, last or first))


def day(number: int) -> dt.date:
    """A day of March 2024."""
    return dt.date(2024, 3, number)


def said(kind: str, when: TimeValue | None = None, **given: Any) -> dict[str, Any]:
    """One event for `report`.

    Args:
        kind: Its type.
        when: Its time.
        given: A value by role (an actor, a place, equipment or plain words), or polarity,
            certainty, said_by, event_place, trigger, after (words that follow).
    """
    return {"kind": kind, "when": when, **given}


def report(
    id_: str,
    *events: dict[str, Any],
    relations: Sequence[tuple[str, str, str]] = (),
    language: str = "en",
    published: dt.date | None = dt.date(2024, 3, 20),
) -> Record:
    """A record with one sentence an event; ids are e1, e2, ..."""
    text = ""
    made: list[Event] = []
    sentences = []
    for number, event in enumerate(events, 1):
        start = len(text)
        one, text = _event(f"e{number}", text, dict(event))
        made.append(one)
        sentences.append((start, len(text)))
        text += " "
    return Record(
        document=Document(
            id=id_, text=text, language=language, published=published,
            source=f"Paper {id_}", sentences=tuple(sentences),
        ),
        events=tuple(made),
        relations=tuple(
            Relation(type=RelationType(kind), source=one, target=other)
            for one, kind, other in relations
        ),
    )  # fmt: skip


def claims(*records: Record) -> list[Claim]:
    """Their claims."""
    return list(claims_of_all(records))


def states(*records: Record, kind: str | None = None) -> list[State]:
    """All states they make, of one kind where it is named."""
    found = derive(claims(*records)).states
    return [state for state in found if kind is None or state.kind.name == kind]


def shown(*records: Record, kind: str | None = None) -> list[str]:
    """States in short: `Malian Armed Forces @ Ber 12-14 !` (`!` contested)."""
    return [
        f"{s.subject.name} @ {s.place.name if s.place else 'anywhere'} "
        f"{s.start.day}-{s.end.day if s.end else ''}" + (" !" if s.contested else "")
        for s in states(*records, kind=kind)
    ]


def _event(id_: str, text: str, given: dict[str, Any]) -> tuple[Event, str]:
    kind, when = given.pop("kind"), given.pop("when")
    where = given.pop("event_place", None)
    polarity, certainty = given.pop("polarity", "affirmed"), given.pop("certainty", "certain")
    after = given.pop("after", "")
    trigger, text = _words(text, given.pop("trigger", kind.replace("_", "-")))
    said_by = given.pop("said_by", None)
    attribution = None
    if said_by:
        span, text = _words(text, said_by)
        attribution = Attribution(**span)
    arguments = []
    for role, values in given.items():
        for value in values if isinstance(values, list) else [values]:
            words = value if isinstance(value, str) else value.name
            span, text = _words(text, words)
            fields: dict[str, Any] = {}
            if isinstance(value, ActorValue):
                fields["actor"] = value
            elif isinstance(value, PlaceValue):
                fields["place"] = value
            elif isinstance(value, EquipmentValue):
                fields["equipment"] = value
            arguments.append(Argument(role=Role(role), **span, **fields))
    text += f"{after}."
    event = Event(
        id=id_,
        type=EventType(kind),
        trigger=Span(**trigger),
        arguments=tuple(arguments),
        polarity=Polarity(polarity),
        certainty=Certainty(certainty),
        attribution=attribution,
        time=when,
        place=where,
    )
    return event, text


def _words(text: str, words: str) -> tuple[dict[str, Any], str]:
    return {"start": len(text), "end": len(text) + len(words), "text": words}, f"{text}{words} "
