"""The edge of the event graph, and which way it runs in time."""

from __future__ import annotations

from dataclasses import dataclass

from temoin.record import RelationType

__all__ = ["Edge"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One event to another.

    Attributes:
        source: Id of a claim.
        target: Id of the other.
        type: before, causes, prevents, responds_to, or same.
        basis: text where the report tells it, days where it follows from them, incident
            where the claims tell of one.
        confidence: The model's, in what the text tells.
    """

    source: str
    target: str
    type: str
    basis: str
    confidence: float | None = None

    @property
    def in_time(self) -> tuple[str, str]:
        """The earlier and the later event: who responds comes after."""
        if self.type == RelationType.RESPONDS_TO:
            return self.target, self.source
        return self.source, self.target
