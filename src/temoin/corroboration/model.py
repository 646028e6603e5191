"""The match model: what each level of each comparison is worth, and why two claims match.

A Fellegi–Sunter model: `m` is how often a level is seen among claims of one incident,
`u` how often among candidates that are not; the weight of a level is log2(m / u), and a
pair's weight is their sum with the prior. Every weight can be shown.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.comparing import LEVELS, Levels

__all__ = ["FieldWeight", "Level", "Model", "shipped_model"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: its probabilities among matches and non-matches.

    `shrink` lowers the weight of comparisons that say what others say already.
    """

    name: str
    m: float
    u: float

    @property
    def weight(self) -> float:
        """log2(m / u): bits for (above 0) or against (below) a match."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """What one comparison contributed to a pair's weight."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True)
class Model:
    """Weights and thresholds.

    Attributes:
        version: Of the weights.
        prior: log2 of the odds that a candidate pair matches.
        threshold: Mean weight from which two clusters are one incident.
        comparisons: Levels of each comparison, in the order of `LEVELS`.
        scale: By how much a comparison's weights are multiplied: comparisons overlap
            (same place, same names), and counting both in full would be too sure.
        fitted_on: Which claims the weights come from.
    """

    version: str
    prior: float
    threshold: float
    comparisons: Mapping[str, tuple[Level, ...]]
    scale: Mapping[str, float] = field(default_factory=dict)
    fitted_on: str = ""

    @cached_property
    def _weights(self) -> list[NDArray[np.float32]]:
        return [
            np.array(
                [level.weight * self.scale.get(name, 1.0) for level in self.comparisons[name]],
                dtype=np.float32,
            )
            for name in LEVELS
        ]

    def weigh(self, levels: Levels, *, without: int | None = None) -> NDArray[np.float32]:
        """The match weight of each pair, in bits: 0 is as likely as not.

        Args:
            levels: The levels of each pair.
            without: Column of a comparison to leave out.
        """
        total = np.full(levels.shape[0], self.prior, dtype=np.float32)
        for column, weights in enumerate(self._weights):
            if column != without:
                total += weights[levels[:, column]]
        return total

    def explain(self, levels: Levels) -> tuple[FieldWeight, ...]:
        """The weights of one pair, the prior first, then field by field."""
        fields = tuple(
            FieldWeight(name, LEVELS[name][level], round(float(weights[level]), 3))
            for name, weights, level in zip(LEVELS, self._weights, levels, strict=True)
        )
        return (FieldWeight("prior", "two candidates", round(self.prior, 3)), *fields)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Model:
        """Read a model; `ValueError` where its comparisons are not those of this version."""
        comparisons = {
            name: tuple(Level(level, *probabilities) for level, probabilities in table.items())
            for name, table in data["comparisons"].items()
        }
        found = {name: tuple(each.name for each in levels) for name, levels in comparisons.items()}
        if found != LEVELS:
            message = f"the match model {data.get('version')} has other comparisons"
            raise ValueError(message)
        return cls(
            version=data["version"],
            prior=data["prior"],
            threshold=data["threshold"],
            comparisons={name: comparisons[name] for name in LEVELS},
            scale=data.get("scale", {}),
            fitted_on=data.get("fitted_on", ""),
        )


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model in the package."""
    text = resources.files(__package__).joinpath("data/model.toml").read_text("utf-8")
    return Model.from_dict(tomllib.loads(text))
