"""The parts of a claim: days, places, parties, things and counts, as they are compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Around", "Count", "Days", "Party", "Spot", "Thing"]


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an event; `own` where its words, sentence, cause or effect give them."""

    earliest: dt.date
    latest: dt.date
    own: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an event is: a point within a radius; `own` as for days."""

    name: str
    latitude: float
    longitude: float
    radius_km: float = 1.0
    id: str | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: the words and, where known, whom they mean."""

    text: str
    name: str | None = None
    id: str | None = None
    kind: str | None = None
    parent: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A weapon, a vehicle or a supply: its type where known, and its class."""

    text: str
    id: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with the bounds that its words allow."""

    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    status: str | None = None
    kind: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What the causes and effects of an event add to it: compared, never contradicted."""

    actors: tuple[Party, ...] = ()
    equipment: tuple[Thing, ...] = ()
    counts: tuple[Count, ...] = ()
    words: frozenset[str] = frozenset()
