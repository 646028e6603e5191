"""The event graph of reports, an incident or a claim."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.common import Answer, Days, Family, Level, Piece, State

__all__ = ["GraphAnswer", "GraphEdge", "GraphNode", "GraphProblem"]


class GraphNode(Answer):
    """A claim."""

    id: int
    document: int
    document_name: str
    sensitivity: Level
    type: EventType
    family: Family
    trigger: Piece
    sentence: Piece
    polarity: Polarity
    certainty: Certainty
    attribution: str | None
    state: State
    when: Days
    place: str | None
    incident: str | None
    contradicted: bool
    layer: int = Field(description="Column, from left to right: what follows lies to the right.")
    row: int


class GraphEdge(Answer):
    """One claim to another."""

    source: int
    target: int
    type: Literal[
        "before", "causes", "prevents", "responds_to", "same", "contradicts", "updates", "retracts"
    ]
    basis: Literal["text", "days", "incident"] = Field(
        description="text: the report tells it; days: follows from them; incident: corroboration."
    )
    confidence: float | None
    why: str | None
    contradicted: bool


class GraphProblem(Answer):
    """What cannot all be true: orders in a circle, or against the days."""

    kind: Literal["cycle", "days"]
    claims: list[int]
    why: str


class GraphAnswer(Answer):
    """Claims and how they hang together."""

    nodes: list[GraphNode]
    edges: list[GraphEdge]
    contradictions: list[GraphProblem]
    notes: list[str]
