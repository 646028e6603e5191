"""Fits the match model to claims whose incidents are known.

m and u are counted among the candidate pairs (with a little smoothing); the scales come
from a logistic regression of "same incident" on the weights of the fields, kept between
0 and 1.5 so that no field speaks against itself; the threshold is where the clusters of
the fitted claims agree best with the known incidents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.comparing import LEVELS, Levels
from temoin.corroboration.model import Level, Model

__all__ = ["fit", "to_toml"]

_SMOOTHING = 2.0
_RIDGE = 0.02
_STEPS = 3000


def fit(
    levels: Levels,
    same: NDArray[np.bool_],
    *,
    version: str,
    fitted_on: str,
    threshold: float = 0.0,
) -> Model:
    """A model of pairs whose answer is known.

    Args:
        levels: Levels of each pair, as `compare` gives them.
        same: Whether its claims are of one incident.
        version: What to call the weights.
        fitted_on: Which claims the pairs come from, for the file.
        threshold: Mean weight from which clusters are joined.
    """
    comparisons = {
        name: _levels(names, levels[:, column], same)
        for column, (name, names) in enumerate(LEVELS.items())
    }
    weights = np.stack(
        [
            np.array([level.weight for level in comparisons[name]])[levels[:, column]]
            for column, name in enumerate(LEVELS)
        ],
        axis=1,
    )
    scale, prior = _regress(weights, same)
    return Model(
        version=version,
        prior=round(prior, 4),
        threshold=threshold,
        comparisons=comparisons,
        scale={name: round(float(s), 3) for name, s in zip(LEVELS, scale, strict=True)},
        fitted_on=fitted_on,
    )


def _levels(
    names: Sequence[str], found: NDArray[np.int8], same: NDArray[np.bool_]
) -> tuple[Level, ...]:
    every = np.bincount(found, minlength=len(names)) + _SMOOTHING
    base = every / every.sum()
    # Smoothed towards the level's overall share: a level never seen weighs nothing.
    m = np.bincount(found[same], minlength=len(names)) + _SMOOTHING * len(names) * base
    u = np.bincount(found[~same], minlength=len(names)) + _SMOOTHING * len(names) * base
    return tuple(
        Level(name, float(f"{a:.4g}"), float(f"{b:.4g}"))
        for name, a, b in zip(names, m / m.sum(), u / u.sum(), strict=True)
    )


def _regress(
    weights: NDArray[np.float64], same: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Scales of the fields and the prior, in bits, by projected gradient descent."""
    scale = np.full(weights.shape[1], 0.7)
    target = same.astype(np.float64)
    odds = (target.mean() + 1e-6) / (1 - target.mean() + 1e-6)
    prior = float(np.log2(odds))
    step = 0.05
    for _ in range(_STEPS):
        bits = weights @ scale + prior
        wrong = 1 / (1 + np.exp2(-bits)) - target
        scale -= step * (weights.T @ wrong / len(target) + _RIDGE * (scale - 0.7))
        scale = np.clip(scale, 0.0, 1.5)
        prior -= step * float(wrong.mean())
    return scale, prior


def to_toml(model: Model) -> str:
    """The model as the text of its data file."""
    lines = [
        "# Weights of the match model, written by `benchmarks/incidents.py --fit`; do not edit.",
        "# For each level: m, its share among pairs of one incident, and u, among other pairs.",
        f'version = "{model.version}"',
        f'fitted_on = "{model.fitted_on}"',
        f"prior = {model.prior}",
        f"threshold = {model.threshold}",
        "",
        "[scale]",
        *(f"{name} = {value}" for name, value in model.scale.items()),
    ]
    for name, table in _tables(model.comparisons).items():
        lines += ["", f"[comparisons.{name}]", *table]
    return "\n".join(lines) + "\n"


def _tables(comparisons: Mapping[str, Sequence[Level]]) -> dict[str, list[str]]:
    return {
        name: [f'"{level.name}" = [{level.m}, {level.u}]' for level in levels]
        for name, levels in comparisons.items()
    }
