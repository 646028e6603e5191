"""The ranking model: the share of belief that each candidate gets, from learnt weights."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from temoin.grounding.entities._clusters import Cluster
from temoin.grounding.entities._feature_names import FEATURES
from temoin.grounding.entities._features import Candidate, Suits, features, none_features
from temoin.grounding.entities._finding import Scene
from temoin.grounding.entities._phrases import FORMS, Phrase

__all__ = ["Ranking", "ranking"]

_WEIGHTS = resources.files("temoin.grounding.entities") / "data" / "weights.json"


class Ranking:
    """Chooses what a phrase takes up: a softmax over the candidates and "nothing".

    Args:
        weights: Of each form of phrase, the weight of each feature by its name.
        suits: How usual each group of nouns is in a role of an event type.
        threshold: What the best candidate must have to be chosen.
    """

    def __init__(
        self, weights: Mapping[str, Mapping[str, float]], *, suits: Suits, threshold: float
    ) -> None:
        self._rows = {
            form: [float(weights.get(form, {}).get(name, 0.0)) for name in FEATURES]
            for form in FORMS
        }
        self.threshold = threshold
        self.suits = suits

    def shares(
        self, phrase: Phrase, choices: list[Candidate], scene: Scene, clusters: list[Cluster]
    ) -> list[float]:
        """The share of each candidate; what is missing to 1 is that of "nothing"."""
        row = self._rows[phrase.form]
        scores = [
            # Exact sums, so that the order in which features are found does not matter.
            math.fsum([row[number] for number in numbers])
            for numbers in features(phrase, choices, scene, clusters, self.suits)
        ]
        scores.append(math.fsum([row[number] for number in none_features(phrase, choices, scene)]))
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers[:-1]]

    def __call__(
        self, phrase: Phrase, choices: list[Candidate], scene: Scene, clusters: list[Cluster]
    ) -> Candidate | None:
        """The candidate that is most likely taken up; None where unsure."""
        if not choices:
            return None
        shares = self.shares(phrase, choices, scene, clusters)
        best = max(range(len(shares)), key=shares.__getitem__)
        return choices[best] if shares[best] >= self.threshold else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Ranking:
        """Read the model that `tools/fit_antecedents.py` wrote."""
        return cls(data["weights"], suits=data["suits"], threshold=float(data["threshold"]))


@lru_cache(maxsize=1)
def ranking() -> Ranking:
    """The model that comes with the package."""
    return Ranking.from_dict(json.loads(_WEIGHTS.read_text(encoding="utf-8")))
