"""Claims: compact cards for lists, full cards with every field, and what became of them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from temoin.record import (
    ActorValue,
    Certainty,
    EquipmentValue,
    EventType,
    PlaceValue,
    Polarity,
    QuantityValue,
    Role,
    TimeValue,
)
from temoin.workbench.api.models.common import (
    Answer,
    Days,
    Family,
    Level,
    Page,
    Piece,
    Point,
    Snippet,
    State,
)

__all__ = [
    "ArgumentCard",
    "AttributionCard",
    "ClaimCard",
    "ClaimDetail",
    "ClaimPage",
    "ClaimRelation",
    "CodedRow",
    "Codes",
    "CodesCell",
    "FieldCard",
    "FieldMark",
    "FullClaim",
    "Step",
]

Origin = Literal["machine", "human"]


class ClaimCard(Answer):
    """A claim in a list."""

    id: int
    version: int = Field(description="What a decision names as the version that was seen.")
    document: int
    document_name: str
    published: dt.date | None
    language: str
    sensitivity: Level = Field(description="Of its document, or of the claim where that is higher.")
    type: EventType
    family: Family
    trigger: str
    trigger_start: int
    trigger_end: int
    polarity: Polarity
    certainty: Certainty
    attribution: str | None
    snippet: Snippet
    who: list[str] = Field(description="Its actors: names, or words where they name nobody known.")
    whom: list[str] = Field(description="Its targets.")
    what: list[str] = Field(description="Its instruments and quantities.")
    place: str | None
    country: str | None
    point: Point | None
    when: Days
    state: State
    origin: Origin
    present: bool = Field(description="False where a newer model does not find it.")
    decided_by: str | None
    confidence: float | None
    incident: str | None
    contested: bool = Field(description="Whether a claim of its incident contradicts it.")


class ClaimPage(Page[ClaimCard]):
    """Claims that a query finds."""


class ArgumentCard(Piece):
    """A participant or circumstance of a claim, with its words and what they stand for."""

    field: str = Field(description="How decisions name it: ROLE:START-END of its first words.")
    role: Role
    antecedent: Piece | None = Field(description="The mention that these words stand for.")
    entity: str | None = Field(description="Id of its entity in the record of the document.")
    reference: str | None = Field(
        description="Its id in Témoin's tables: `/entities/{reference}` tells of it."
    )
    value: str = Field(description="What it stands for, in words.")
    actor: ActorValue | None
    place: PlaceValue | None = Field(description="With the other candidates, best first.")
    time: TimeValue | None
    quantity: QuantityValue | None
    equipment: EquipmentValue | None
    confidence: float | None
    origin: Origin
    decided: bool = Field(description="Whether people decided on it.")
    sensitivity: Level | None = Field(description="Where it differs from the document's.")


class AttributionCard(Piece):
    """Who says so, where the text names somebody."""

    antecedent: Piece | None
    actor: ActorValue | None
    confidence: float | None
    origin: Origin


class FieldCard(Answer):
    """One field of a claim as the machine has it and as it holds, in the record's own form."""

    field: str
    machine: Any = None
    value: Any = Field(default=None, description="What holds; null where it was rejected.")
    decided: bool = False
    confidence: float | None = None
    sensitivity: Level | None = None


class FieldMark(Answer):
    """Something that could not be tied to the text or to the world."""

    field: str
    value: str
    reason: str


class ClaimRelation(Answer):
    """What a claim is to another one of its document, as the text tells."""

    type: Literal["before", "causes", "prevents", "responds_to"]
    source: int
    target: int
    confidence: float | None


class FullClaim(Answer):
    """A claim with every field and its words."""

    id: int
    version: int
    document: int
    document_name: str
    published: dt.date | None
    language: str
    sensitivity: Level
    state: State
    origin: Origin
    present: bool
    decided_by: str | None
    decided_at: str | None
    type: EventType
    family: Family
    trigger: Piece
    polarity: Polarity
    certainty: Certainty
    attribution: AttributionCard | None
    time: TimeValue | None
    place: PlaceValue | None
    when: Days
    point: Point | None
    confidence: float | None
    polarity_confidence: float | None
    certainty_confidence: float | None
    sentence: Piece
    arguments: list[ArgumentCard]
    fields: list[FieldCard] = Field(
        description="Each field with the machine's value and the one that holds."
    )
    incident: str | None
    contested: bool
    ungrounded: list[FieldMark]


class Step(Answer):
    """One decision on a claim."""

    decision: int
    at: str
    reviewer: str
    verdict: Literal["accept", "edit", "reject", "unsure", "add", "undo"]
    field: str | None
    machine: Any = None
    value: Any = None
    reason_code: str | None
    reason: str | None
    holds: bool
    undoes: int | None
    batch: str | None


class ClaimDetail(FullClaim):
    """A claim with its history."""

    history: list[Step]
    relations: list[ClaimRelation]
    producer: str | None = Field(description="What made the current record.")


class CodesCell(Answer):
    """One cell of a codebook's row and why it is so."""

    column: str
    value: str | int | float | bool | None
    rule: str | None
    reason: str | None = Field(description="Why it is empty.")
    words: list[Piece]


class CodedRow(Answer):
    """A row of a codebook that a claim is part of."""

    claims: list[int] = Field(description="All claims that the row codes.")
    cells: list[CodesCell]
    notes: list[str]


class Codes(Answer):
    """What a codebook makes of a claim."""

    book: str
    title: str
    version: str
    rows: list[CodedRow]
    not_coded: list[str] = Field(description="Why it gives no row.")
