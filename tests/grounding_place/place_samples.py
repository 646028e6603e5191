"""Records with one place, and how far it lies from where it should."""

from __future__ import annotations

from temoin.grounding.place import ground_places
from temoin.grounding.place.relative import distance_km
from temoin.record import Argument, Document, Event, EventType, PlaceValue, Record, Role, Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def record(text: str, *places: str, language: str = "fr", antecedent: str = "") -> Record:
    """A record of one event with a place argument for each of `places`."""
    before = span(text, antecedent) if antecedent else None
    return Record(
        document=Document(id="d", text=text, language=language),
        events=(
            Event(
                id="e1",
                type=EventType.SHELLING,
                trigger=span(text, text.split(maxsplit=1)[0]),
                arguments=tuple(
                    Argument(role=Role.PLACE, antecedent=before, **span(text, words).model_dump())
                    for words in places
                ),
            ),
        ),
    )


def located(text: str, words: str, *, language: str = "fr", antecedent: str = "") -> PlaceValue:
    """Where `words` are; fails where they are nowhere."""
    grounded = ground_places(record(text, words, language=language, antecedent=antecedent))
    place = grounded.events[0].arguments[0].place
    assert place is not None, grounded.ungrounded
    return place


def off(place: PlaceValue, latitude: float, longitude: float) -> float:
    """Kilometres from a place to a point."""
    assert place.latitude is not None
    assert place.longitude is not None
    return distance_km((place.latitude, place.longitude), (latitude, longitude))
