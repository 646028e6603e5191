"""A claim as maps and reports tell it: its title, place, days and marks, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from temoin.casefile.exporting.labels import Labels, labels
from temoin.casefile.exporting.selecting import Reviewed, Selected
from temoin.casefile.exporting.withholding import plain_cells, span_of
from temoin.record import Argument, Certainty, Event, PlaceValue, Polarity, Record, TimeValue
from temoin.rows import Cell, place_of, rows, time_of

__all__ = ["Told", "mark", "properties", "safe_url", "told"]


@dataclass(frozen=True, slots=True)
class Told:
    """One claim of an export.

    Attributes:
        record: Its record, redacted.
        event: The event.
        reviewed: Its number and what people said of it.
        cells: It as a row of `temoin.rows`.
        quotes: Whether words of the report may be given.
    """

    record: Record
    event: Event
    reviewed: Reviewed
    cells: dict[str, Cell]
    quotes: bool

    @property
    def place(self) -> PlaceValue | None:
        """Where it is said to have been, with a point; None without one."""
        place = place_of(self.event)
        located = place is not None and None not in (place.latitude, place.longitude)
        return place if located else None

    @property
    def time(self) -> TimeValue | None:
        """When it is said to have been."""
        return time_of(self.event)

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first and the last day that its words allow."""
        first, last = self.cells["earliest"], self.cells["latest"]
        return (None if first is None else str(first), None if last is None else str(last))

    def title(self, words: Labels | None = None) -> str:
        """A line that says how it is claimed, what and where."""
        words = words or labels()
        where = f", {self.place.name}" if self.place else ""
        status = words[mark(self.event)] + words["colon"]
        return f"{status} {words.type(str(self.event.type))}{where}"


def told(selected: Selected) -> Iterator[Told]:
    """The claims of one document, in the order of its text."""
    record = selected.record
    if record is None:
        return
    quotes = selected.profile.quotes
    for event, row in zip(record.events, rows(record), strict=True):
        cells = plain_cells(row, quotes=quotes)
        yield Told(record, event, selected.claims[event.id], cells, quotes)


def mark(event: Event) -> str:
    """How a claim stands in its report: denied, planned, possible, probable or affirmed."""
    if event.polarity is Polarity.NEGATED:
        return "denied"
    return "affirmed" if event.certainty is Certainty.CERTAIN else str(event.certainty)


def properties(claim: Told) -> dict[str, Any]:
    """All that is told of a claim, but for its point, as JSON."""
    event, cells = claim.event, claim.cells
    document = claim.record.document
    return {
        "title": claim.title(),
        "claim": claim.reviewed.claim,
        "review": claim.reviewed.state,
        "status": mark(event),
        "type": str(event.type),
        "polarity": str(event.polarity),
        "certainty": str(event.certainty),
        "attribution": _attribution(claim),
        "confidence": event.confidence,
        "earliest": cells["earliest"],
        "latest": cells["latest"],
        "time_precision": claim.time.precision if claim.time else None,
        "place": cells["place_known"],
        "country": claim.place.country if claim.place else None,
        "gazetteer_id": claim.place.gazetteer_id if claim.place else None,
        "radius_km": claim.place.radius_km if claim.place else None,
        "trigger": span_of(event.trigger, quotes=claim.quotes),
        "arguments": [
            {"role": str(each.role), **span_of(each, quotes=claim.quotes), **_known(each)}
            for each in event.arguments
        ],
        "sentence": cells["sentence"],
        "document": document.id,
        "language": document.language,
        "published": cells["published"],
        "source": document.source,
        "url": safe_url(document.url),
    }


def safe_url(url: str | None) -> str | None:
    """An address that may be followed; none that would run something."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _attribution(claim: Told) -> dict[str, Any] | None:
    said = claim.event.attribution
    if said is None:
        return None
    known = {"known": said.actor.name} if said.actor and said.actor.id else {}
    return {**span_of(said, quotes=claim.quotes), **known}


def _known(argument: Argument) -> dict[str, Any]:
    """What an argument's words stand for, as far as Témoin's tables know it."""
    told: dict[str, Any] = {}
    for value in (argument.actor, argument.equipment):
        if value is not None:
            told |= {"known": value.name if value.id else None, "kind": value.kind}
    if argument.place is not None and argument.place.latitude is not None:
        told["known"] = argument.place.name
    if argument.quantity is not None:
        count = argument.quantity
        told |= {"value": count.value, "low": count.low, "high": count.high, "unit": count.unit}
    return told
