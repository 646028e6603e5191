"""Incidents: what several reports say of one event, and pairs of claims to judge."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from temoin.record import EventType
from temoin.workbench.api.models.claims import ClaimCard
from temoin.workbench.api.models.common import (
    Answer,
    Family,
    Given,
    Label,
    Level,
    Number,
    Page,
    Piece,
    Point,
    State,
)

__all__ = [
    "Difference",
    "IncidentDetail",
    "IncidentField",
    "IncidentLink",
    "IncidentMember",
    "IncidentPage",
    "IncidentRow",
    "IncidentValue",
    "Judged",
    "Pair",
    "PairDone",
    "PairIn",
    "PairPage",
    "PairUndoIn",
    "Run",
]

Support = Literal["single source", "corroborated", "contested"]
Kind = Literal["same", "complements", "contradicts", "updates", "retracts"]
Verdict = Literal["same", "different", "unsure"]


class Run(Answer):
    """A run of corroboration."""

    id: int
    at: str
    by: str
    query: str | None
    claims: int
    documents: int
    incidents: int
    single: int
    corroborated: int
    contested: int
    copies: int
    since: int = Field(description="Changes since then that the next run may take account of.")


class IncidentRow(Answer):
    """An incident in a list."""

    id: str
    revision: int
    support: Support
    credibility: int
    why: str
    contested: list[str] = Field(description="Fields in which independent origins disagree.")
    claims: int
    documents: int
    origins: int
    denials: int
    type: EventType
    family: Family
    types: list[str]
    earliest: dt.date | None
    latest: dt.date | None
    place: str | None
    point: Point | None
    sensitivity: Level = Field(description="The highest of its documents.")


class IncidentPage(Page[IncidentRow]):
    """Incidents of the last run."""

    run: Run | None = Field(description="Null where corroboration never ran.")


class IncidentMember(Answer):
    """A claim of an incident."""

    claim: int
    version: int
    document: int
    document_name: str
    title: str | None
    published: dt.date | None
    language: str
    sensitivity: Level
    origin: int = Field(description="Number of its independent origin; copies share one.")
    voice: str = Field(description="Who says so.")
    type: EventType
    family: Family
    state: State
    present: bool
    sentence: Piece
    trigger_start: int
    trigger_end: int
    says: dict[str, str]
    point: Point | None


class IncidentValue(Answer):
    """A value and who gives it."""

    value: str
    claims: list[int]


class IncidentField(Answer):
    """A field of an incident, value by value."""

    field: str
    label: Label
    contested: bool
    values: list[IncidentValue]


class IncidentLink(Answer):
    """What a claim is to another."""

    claim: int
    other: int
    kind: Kind
    field: str | None
    value: str | None
    other_value: str | None
    agreed: list[str]
    rule: str


class Judged(Answer):
    """A verdict that holds on two claims."""

    claims: tuple[int, int]
    verdict: Verdict
    reviewer: str
    reason: str | None
    at: str


class IncidentDetail(Answer):
    """An incident side by side."""

    run: Run
    incident: IncidentRow
    title: str
    claims: list[IncidentMember]
    fields: list[IncidentField]
    links: list[IncidentLink]
    decisions: list[Judged]
    notes: list[str]


class Difference(Answer):
    """A field in which two claims differ."""

    field: str
    value: str
    other: str


class Pair(Answer):
    """Two claims that may speak of one incident."""

    a: ClaimCard
    b: ClaimCard
    weight: float = Field(description="Evidence that they are one, in bits.")
    fields: dict[str, float] = Field(description="What each field contributed to it.")
    incidents: tuple[str | None, str | None]
    differences: list[Difference] = Field(description="What their incidents disagree in.")
    verdict: Verdict | None = Field(description="What was said already, for the next run.")


class PairPage(Page[Pair]):
    """Pairs to judge, the likeliest first."""


class PairIn(Given):
    """A verdict on two claims; the next run of corroboration applies it."""

    a: Number
    b: Number
    verdict: Verdict
    reason: str | None = Field(default=None, max_length=2_000)


class PairUndoIn(Given):
    """Takes back the last verdict on two claims."""

    a: Number
    b: Number
    reason: str | None = Field(default=None, max_length=2_000)


class PairDone(Answer):
    """What was stored on two claims."""

    decision: int
    claims: tuple[int, int]
    verdict: str
    holds: Verdict | None = Field(description="The verdict that holds now.")
