"""The ranking model: the share of belief that each candidate gets, from learnt weights.

A small network: each feature that holds of a candidate adds its row of weights, what is
below nought is cut off, a second row weighs the rest. Weights are whole numbers, so that
sums are exact and the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from temoin.grounding.entities._candidates import Candidate
from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._feature_names import FEATURES
from temoin.grounding.entities._features import Suits, features, none_features
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import PRONOUNS, Phrase

__all__ = ["SCALE", "Ranking", "ranking"]

#: What a weight of one is written as.
SCALE: Final = 256

_WEIGHTS = resources.files("temoin.grounding.entities") / "data" / "weights.json"
_PRONOUNS: Final = frozenset(PRONOUNS)


class Ranking:
    """Chooses what a phrase takes up: a softmax over the candidates and "nothing".

    Args:
        weights: Of each feature by its name, what it adds to the score and then to each
            hidden unit, times `SCALE`.
        start: What each hidden unit starts from, times `SCALE`.
        out: What each hidden unit adds to the score, times `SCALE`.
        suits: How usual each group of nouns is in a role of an event type.
        thresholds: What the best candidate must have to be chosen, for `pronouns` and
            for the `others`.
    """

    def __init__(
        self,
        weights: Mapping[str, Sequence[int]],
        *,
        start: Sequence[int],
        out: Sequence[int],
        suits: Suits,
        thresholds: Mapping[str, float],
    ) -> None:
        nothing = [0] * (1 + len(start))
        rows = [list(weights.get(name, nothing)) for name in FEATURES]
        self._rows: npt.NDArray[np.int64] = np.array(rows, dtype=np.int64)
        self._start: npt.NDArray[np.int64] = np.array([0, *start], dtype=np.int64)
        self._out: npt.NDArray[np.int64] = np.array(out, dtype=np.int64)
        self._thresholds = dict(thresholds)
        self.suits = suits

    def threshold(self, phrase: Phrase) -> float:
        """What the best candidate must have to be chosen."""
        return self._thresholds["pronouns" if phrase.form in _PRONOUNS else "others"]

    def shares(
        self, phrase: Phrase, choices: list[Candidate], scene: Scene, clusters: list[Cluster]
    ) -> list[float]:
        """The share of each candidate; what is missing to 1 is that of "nothing"."""
        asked = features(phrase, choices, scene, clusters, self.suits)
        asked.append(none_features(phrase, choices, scene))
        firsts = np.cumsum([0, *(len(row) for row in asked[:-1])])
        numbers = np.array([number for row in asked for number in row], dtype=np.int64)
        sums = np.add.reduceat(self._rows[numbers], firsts, axis=0) + self._start
        hidden = np.maximum(sums[:, 1:], 0) @ self._out
        scores = [int(score) / SCALE**2 for score in sums[:, 0] * SCALE + hidden]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = math.fsum(powers)
        return [power / total for power in powers[:-1]]

    def __call__(
        self, phrase: Phrase, choices: list[Candidate], scene: Scene, clusters: list[Cluster]
    ) -> Candidate | None:
        """The candidate that is most likely taken up; None where unsure."""
        if not choices:
            return None
        shares = self.shares(phrase, choices, scene, clusters)
        best = max(range(len(shares)), key=shares.__getitem__)
        return choices[best] if shares[best] >= self.threshold(phrase) else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Ranking:
        """Read the model that `tools/fit_antecedents.py` wrote."""
        return cls(
            data["weights"],
            start=data["start"],
            out=data["out"],
            suits=data["suits"],
            thresholds=data["thresholds"],
        )


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """The model that comes with the package."""
    return Ranking.from_dict(json.loads(_WEIGHTS.read_text(encoding="utf-8")))
