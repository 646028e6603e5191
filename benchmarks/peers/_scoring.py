"""What the peers' scripts count: precision with recall, and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Self

__all__ = ["Figure", "Score", "Share", "agreement"]


@dataclass(frozen=True)
class Score:
    """Right ones among what was found, and reached ones among the gold.

    The two counts are the same where one finding answers one of the gold; a scorer
    that lets one finding answer several has them differ.
    """

    right: int = 0
    found: int = 0
    reached: int = 0
    gold: int = 0

    def __add__(self, other: Self) -> Score:
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.reached + other.reached,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was reached."""
        return self.reached / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """Plain numbers for JSON."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "found": self.found,
            "reached": self.reached,
            "gold": self.gold,
        }

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"   {self.right} right of {self.found} found, {self.reached} of {self.gold} gold"
        )


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Self) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.right / self.of if self.of else None

    def as_dict(self) -> dict[str, float | None]:
        """Plain numbers for JSON."""
        value = self.value
        return {
            "share": None if value is None else round(value, 4),
            "right": self.right,
            "of": self.of,
        }

    def __str__(self) -> str:
        value = self.value
        shown = "  -  " if value is None else f"{value:.3f}"
        return f"{shown}   {self.right} of {self.of}"


Figure = Score | Share


def agreement(found: Iterable[Hashable], gold: Iterable[Hashable]) -> Score:
    """Score two bags: what stands in both as often counts as right."""
    ours, theirs = Counter(found), Counter(gold)
    both = (ours & theirs).total()
    return Score(both, ours.total(), both, theirs.total())
