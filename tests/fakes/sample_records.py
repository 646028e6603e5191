"""Records for tests, built by hand from words rather than offsets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from temoin.record import (
    Argument,
    Attribution,
    Certainty,
    Document,
    Entity,
    Event,
    EventType,
    PlaceValue,
    Polarity,
    QuantityValue,
    Record,
    Relation,
    RelationType,
    Role,
    Span,
    TimeValue,
    Ungrounded,
)

TEXT = (
    "Mardi, l'armée a bombardé deux dépôts près de Mizda, selon un porte-parole.\n"
    "Elle n'a pas pris la ville. Une offensive est prévue demain."
)


def at(text: str, words: str, nth: int = 1) -> dict[str, Any]:
    """The nth occurrence of words in a text, as the fields of a span."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def document(text: str = TEXT, **fields: Any) -> Document:
    given: dict[str, Any] = {
        "id": "mizda-1",
        "language": "fr",
        "published": dt.date(2019, 11, 14),
        "sentences": ((0, 75), (76, 103), (104, 136)) if text == TEXT else ((0, len(text)),),
    }
    return Document(text=text, **(given | fields))


def record(**fields: Any) -> Record:
    """Three events: one grounded in full, one denied, one planned without its day."""
    shelling = Event(
        id="e1",
        type=EventType.SHELLING,
        trigger=Span(**at(TEXT, "bombardé")),
        arguments=(
            Argument(role=Role.ACTOR, **at(TEXT, "l'armée"), entity="a1"),
            Argument(role=Role.TARGET, **at(TEXT, "deux dépôts")),
            Argument(
                role=Role.PLACE,
                **at(TEXT, "près de Mizda"),
                place=PlaceValue(name="Mizda", latitude=31.44, longitude=12.98, radius_km=15),
            ),
            Argument(
                role=Role.TIME,
                **at(TEXT, "Mardi"),
                time=TimeValue(
                    earliest=dt.date(2019, 11, 12),
                    latest=dt.date(2019, 11, 12),
                    precision="day",
                ),
            ),
            Argument(
                role=Role.QUANTITY,
                **at(TEXT, "deux"),
                quantity=QuantityValue(value=2, low=2, high=2, unit="depot"),
            ),
        ),
        attribution=Attribution(**at(TEXT, "un porte-parole")),
        confidence=0.97,
    )
    capture = Event(
        id="e2",
        type=EventType.CAPTURE,
        trigger=Span(**at(TEXT, "pris")),
        arguments=(
            Argument(role=Role.ACTOR, **at(TEXT, "Elle"), antecedent=Span(**at(TEXT, "l'armée"))),
            Argument(
                role=Role.TARGET, **at(TEXT, "la ville"), antecedent=Span(**at(TEXT, "Mizda"))
            ),
        ),
        polarity=Polarity.NEGATED,
        confidence=0.8,
    )
    offensive = Event(
        id="e3",
        type=EventType.GROUND_ATTACK,
        trigger=Span(**at(TEXT, "offensive")),
        arguments=(
            Argument(
                role=Role.TIME,
                **at(TEXT, "demain"),
                time=TimeValue(note="relative to a day that is not known"),
            ),
        ),
        certainty=Certainty.PLANNED,
        confidence=0.4,
    )
    given: dict[str, Any] = {
        "document": document(),
        "events": (shelling, capture, offensive),
        "relations": (Relation(type=RelationType.BEFORE, source="e1", target="e2"),),
        "entities": (Entity(id="a1", kind="actor", name="Libyan National Army", mentions=()),),
        "ungrounded": (
            Ungrounded(field="e2.place", value="la ville", reason="not in the gazetteer"),
        ),
    }
    return Record(**(given | fields))


def one_event(text: str, trigger: str, **arguments: str) -> Record:
    """A record with a single event, its arguments given as words by role."""
    event = Event(
        id="e1",
        type=EventType.SHELLING,
        trigger=Span(**at(text, trigger)),
        arguments=tuple(
            Argument(role=Role(role), **at(text, words)) for role, words in arguments.items()
        ),
    )
    return Record(document=document(text, id="one"), events=(event,))
