"""The situation: who is claimed to hold what on a day, what changed, and a series of days."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.common import Answer, Level, Piece

__all__ = [
    "Cited",
    "DayCount",
    "ListedClaim",
    "Side",
    "SituationAnswer",
    "SituationChange",
    "SituationChanges",
    "SituationDays",
    "SituationPlace",
    "SituationState",
]


class Cited(Answer):
    """A claim for or against a state."""

    claim: int | None = Field(description="Its number; null where it cannot be told.")
    document: int | None
    document_name: str
    sensitivity: Level
    type: EventType
    trigger: Piece
    sentence: Piece
    polarity: Polarity
    certainty: Certainty
    attribution: str | None
    source: str | None
    published: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    days_told: bool = Field(description="Whether the report's own words give the days.")


class SituationPlace(Answer):
    """Where a state is."""

    key: str = Field(description="The same for the same place on every day.")
    name: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    gazetteer_id: str | None
    country: str | None


class Side(Answer):
    """A side, a piece of equipment or a means."""

    key: str = Field(description="The same on every day.")
    name: str
    known: bool


class SituationState(Answer):
    """A stretch of days in which something is claimed to be so."""

    id: str = Field(description="The same on every day on which the state is the same one.")
    kind: str
    subject: Side
    place: SituationPlace | None
    start: dt.date
    end: dt.date | None = Field(description="First day after it; null where nothing ended it.")
    begins: str
    begins_told: bool
    open: bool = Field(description="Whether it may not yet have begun on the day.")
    contested: bool
    contested_since: dt.date | None
    rules: list[str]
    supports: list[Cited] = Field(description="Twenty at most; `supporting` says how many.")
    disputes: list[Cited] = Field(description="Twenty at most; `disputing` says how many.")
    ended_by: list[Cited]
    supporting: int
    disputing: int


class ListedClaim(Answer):
    """A claim that bears on the situation but makes no state, and why."""

    kind: str
    reason: str
    subject: str
    place: SituationPlace | None
    claim: Cited


class SituationAnswer(Answer):
    """What is claimed to be so on a day."""

    note: str
    at: dt.date
    area: str | None
    known_by: dt.date | None
    states: list[SituationState]
    listed: list[ListedClaim]
    without_coordinates: int
    sides: list[Side] = Field(description="Sides that hold or are present, each once.")
    first: dt.date | None = Field(description="First day on which any state begins.")
    last: dt.date | None = Field(description="Last day on which any begins, changes or ends.")
    reports: int = Field(description="Reports that were read for it.")
    notes: list[str]


class SituationChange(Answer):
    """What is claimed otherwise on the second day."""

    what: Literal["began", "ended", "changed hands", "became contested", "no longer contested"]
    kind: str
    place: SituationPlace | None
    before: list[SituationState]
    after: list[SituationState]


class SituationChanges(Answer):
    """What changed between two days."""

    first: dt.date
    second: dt.date
    items: list[SituationChange]
    notes: list[str]


class DayCount(Answer):
    """How much is claimed to be so on a day."""

    day: dt.date
    states: int
    control: int
    contested: int
    changes: int = Field(description="States that begin, end or are disputed anew on this day.")
    claims: int = Field(description="Claims that may have happened on this day.")


class SituationDays(Answer):
    """A day by day series, for a slider."""

    first: dt.date | None
    last: dt.date | None
    items: list[DayCount]
    notes: list[str]
