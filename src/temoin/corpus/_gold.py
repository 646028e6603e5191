"""What a gold report holds: the text and the events that its annotators saw in it.

Offsets count Unicode code points of the document's text, half-open. `to_dict`
gives the plain JSON form of each part, `from_dict` reads it back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from temoin.record import Certainty, EventType, Polarity, RelationType, Role

__all__ = [
    "ATTRIBUTION",
    "DEFAULT_WITHIN_KM",
    "GoldArgument",
    "GoldDocument",
    "GoldEvent",
    "GoldRelation",
    "GoldReport",
    "GoldRole",
    "GoldSpan",
]

#: The role of who says so: annotated like an argument, kept apart from the others.
ATTRIBUTION: Final = "attribution"

GoldRole = Role | Literal["attribution"]

#: Kilometres within which a place counts as found where the gold says nothing else.
DEFAULT_WITHIN_KM: Final = 25


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Words of the text: `text == document.text[start:end]`."""

    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The span as plain JSON types."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoldSpan:
        """Read a span back from `to_dict`."""
        return cls(int(data["start"]), int(data["end"]), str(data["text"]))


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """A participant or circumstance of an event, or its attribution.

    Args:
        role: What it is to the event; `attribution` for who says so.
        spans: Its mention in the event's own sentence, then other mentions of the
            same thing, accepted as well.
        latitude: Degrees north, of a place.
        longitude: Degrees east, of a place.
        within_km: Kilometres within which a place counts as found.
        earliest: First day of a time, inclusive.
        latest: Last day of a time, inclusive.
        value: The number of a quantity.
    """

    role: GoldRole
    spans: tuple[GoldSpan, ...]
    latitude: float | None = None
    longitude: float | None = None
    within_km: int | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    value: float | None = None

    @property
    def primary(self) -> GoldSpan:
        """The mention in the event's own sentence."""
        return self.spans[0]

    def to_dict(self) -> dict[str, Any]:
        """The argument as plain JSON types; what it does not have is left out."""
        data: dict[str, Any] = {
            "role": str(self.role),
            "spans": [span.to_dict() for span in self.spans],
        }
        if self.latitude is not None:
            data |= {
                "latitude": self.latitude,
                "longitude": self.longitude,
                "within_km": self.within_km,
            }
        if self.earliest and self.latest:
            data |= {"earliest": self.earliest.isoformat(), "latest": self.latest.isoformat()}
        if self.value is not None:
            data["value"] = self.value
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoldArgument:
        """Read an argument back from `to_dict`."""
        role = data["role"]
        return cls(
            role=ATTRIBUTION if role == ATTRIBUTION else Role(role),
            spans=tuple(GoldSpan.from_dict(span) for span in data["spans"]),
            latitude=data.get("latitude"),
            longitude=data.get("longitude"),
            within_km=data.get("within_km"),
            earliest=dt.date.fromisoformat(data["earliest"]) if "earliest" in data else None,
            latest=dt.date.fromisoformat(data["latest"]) if "latest" in data else None,
            value=data.get("value"),
        )


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event that the text claims, as the annotators saw it."""

    id: str
    type: EventType
    trigger: GoldSpan
    arguments: tuple[GoldArgument, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    attribution: GoldArgument | None = None
    line: int | None = field(default=None, compare=False)

    def of_role(self, role: Role | str) -> tuple[GoldArgument, ...]:
        """The arguments of one role, in the order of the notation."""
        return tuple(argument for argument in self.arguments if argument.role == role)

    def to_dict(self) -> dict[str, Any]:
        """The event as plain JSON types."""
        return {
            "id": self.id,
            "type": str(self.type),
            "trigger": self.trigger.to_dict(),
            "arguments": [argument.to_dict() for argument in self.arguments],
            "polarity": str(self.polarity),
            "certainty": str(self.certainty),
            "attribution": self.attribution.to_dict() if self.attribution else None,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoldEvent:
        """Read an event back from `to_dict`."""
        attribution = data.get("attribution")
        return cls(
            id=data["id"],
            type=EventType(data["type"]),
            trigger=GoldSpan.from_dict(data["trigger"]),
            arguments=tuple(GoldArgument.from_dict(item) for item in data["arguments"]),
            polarity=Polarity(data["polarity"]),
            certainty=Certainty(data["certainty"]),
            attribution=GoldArgument.from_dict(attribution) if attribution else None,
        )


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """`source` before, causes, prevents or responds_to `target` (ids of events)."""

    type: RelationType
    source: str
    target: str

    def to_dict(self) -> dict[str, Any]:
        """The relation as plain JSON types."""
        return {"type": str(self.type), "source": self.source, "target": self.target}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoldRelation:
        """Read a relation back from `to_dict`."""
        return cls(RelationType(data["type"]), data["source"], data["target"])


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The text of a gold report and where it is said to come from."""

    id: str
    language: str
    published: dt.date
    source: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON types."""
        return {
            "id": self.id,
            "language": self.language,
            "published": self.published.isoformat(),
            "source": self.source,
            "text": self.text,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoldDocument:
        """Read a document back from `to_dict`."""
        return cls(
            id=data["id"],
            language=data["language"],
            published=dt.date.fromisoformat(data["published"]),
            source=data.get("source", ""),
            text=data["text"],
        )


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One annotated report; `path` is the file it was read from, if any."""

    document: GoldDocument
    sentences: tuple[tuple[int, int], ...] = ()
    events: tuple[GoldEvent, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    path: Path | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON types: a line of the compiled corpus."""
        return {
            "document": self.document.to_dict(),
            "sentences": [list(sentence) for sentence in self.sentences],
            "events": [event.to_dict() for event in self.events],
            "relations": [relation.to_dict() for relation in self.relations],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any], *, path: Path | None = None) -> GoldReport:
        """Read a report back from `to_dict`; `KeyError` or `ValueError` where it is not one."""
        return cls(
            document=GoldDocument.from_dict(data["document"]),
            sentences=tuple((int(start), int(end)) for start, end in data["sentences"]),
            events=tuple(GoldEvent.from_dict(event) for event in data["events"]),
            relations=tuple(GoldRelation.from_dict(item) for item in data["relations"]),
            path=path,
        )
