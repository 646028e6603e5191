"""The network of `fit_antecedents.py` while it learns: a softmax over the candidates of a phrase.

It learns by Adam with decay and with features and hidden units left out by chance, several
times; the networks are put side by side in one. All chance comes from a seed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from temoin.grounding.entities._feature_names import FEATURES
from temoin.grounding.entities._ranking import SCALE

__all__ = ["SEED", "Example", "fit"]

SEED = 7
#: Networks that are averaged, and of each: hidden units, rounds over the data, examples of a
#: step, pace, decay of weights, share of features and of hidden units left out by chance.
NETS, HIDDEN, ROUNDS, BATCH = 3, 16, 12, 64
RATE, DECAY, LEFT_OUT, DROPPED = 3e-3, 0.05, 0.2, 0.3

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(slots=True)
class Example:
    """One choice: the features of each candidate, of "nothing" last, and which are right."""

    form: int
    rows: list[list[int]]
    right: list[bool]


class Data:
    """Examples as flat arrays, so that a batch of them is quickly put together."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.size = len(examples)
        self._numbers = [np.concatenate([np.array(row) for row in e.rows]) for e in examples]
        self._lengths = [np.array([len(row) for row in e.rows]) for e in examples]
        self._right = [np.array(e.right) for e in examples]

    def batch(self, which: Integers, chance: np.random.Generator) -> Batch:
        """Some examples, with a share of their features left out by chance."""
        lengths = np.concatenate([self._lengths[at] for at in which])
        numbers = np.concatenate([self._numbers[at] for at in which])
        row_of = np.repeat(np.arange(len(lengths)), lengths)
        kept = chance.random(len(numbers), dtype=np.float32) > LEFT_OUT
        # The first feature of a row stays, so that no row is empty.
        kept[np.cumsum(lengths) - lengths] = True
        sizes = np.array([len(self._lengths[at]) for at in which])
        return Batch(
            numbers=numbers[kept],
            row_of=row_of[kept],
            firsts=np.cumsum(sizes) - sizes,
            example_of=np.repeat(np.arange(len(which)), sizes),
            right=np.concatenate([self._right[at] for at in which]),
        )


@dataclass(slots=True)
class Batch:
    """The candidates of some examples: a row each, the numbers of their features in a row."""

    numbers: Integers
    row_of: Integers
    firsts: Integers
    example_of: Integers
    right: npt.NDArray[np.bool_]


class Net:
    """The network while it learns: what `Ranking` computes, in floating point."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        size = len(FEATURES)
        # The first column goes straight to the score, the others to the hidden units.
        into = self._chance.normal(0, 0.1, (size, 1 + HIDDEN))
        into[:, 0] = 0
        self.values: dict[str, Floats] = {
            "into": into.astype(np.float32),
            "start": np.zeros(HIDDEN, np.float32),
            "out": self._chance.normal(0, 0.2, HIDDEN).astype(np.float32),
        }
        self._mean = {name: np.zeros_like(value) for name, value in self.values.items()}
        self._square = {name: np.zeros_like(value) for name, value in self.values.items()}

    def learn(self, data: Data) -> None:
        """Learn from examples, in an order drawn anew in each round."""
        steps = ROUNDS * math.ceil(data.size / BATCH)
        step = 0
        for _ in range(ROUNDS):
            order = self._chance.permutation(data.size)
            for at in range(0, data.size, BATCH):
                step += 1
                slopes = self._slopes(data.batch(order[at : at + BATCH], self._chance))
                self._move(slopes, step, RATE * min(1.0, 2 * (1 - step / (steps + 1))))

    def _slopes(self, batch: Batch) -> dict[str, Floats]:
        into, out = self.values["into"], self.values["out"]
        rows = np.flatnonzero(np.diff(batch.row_of, prepend=-1))
        sums = np.add.reduceat(into[batch.numbers], rows, axis=0)
        before = sums[:, 1:] + self.values["start"]
        kept = self._chance.random(before.shape, dtype=np.float32) > DROPPED
        mask = kept.astype(np.float32) / np.float32(1 - DROPPED)
        hidden = np.maximum(before, 0) * mask
        scores = hidden @ out + sums[:, 0]
        scores -= np.maximum.reduceat(scores, batch.firsts)[batch.example_of]
        powers = np.exp(scores)
        believed = powers / np.add.reduceat(powers, batch.firsts)[batch.example_of]
        good = np.where(batch.right, believed, 0.0)
        total = np.maximum(np.add.reduceat(good, batch.firsts), 1e-9)
        count = len(batch.firsts)
        slope = ((believed - good / total[batch.example_of]) / count).astype(np.float32)
        back = np.concatenate((slope[:, None], np.outer(slope, out) * mask * (before > 0)), axis=1)
        each = np.ascontiguousarray(back[batch.row_of].T)
        size = len(into)
        return {
            "into": np.stack(
                [np.bincount(batch.numbers, column, minlength=size) for column in each], axis=1
            ).astype(np.float32),
            "start": back[:, 1:].sum(axis=0),
            "out": hidden.T @ slope,
        }

    def _move(self, slopes: dict[str, Floats], step: int, pace: float) -> None:
        for name, slope in slopes.items():
            mean = self._mean[name] = 0.9 * self._mean[name] + 0.1 * slope
            square = self._square[name] = 0.99 * self._square[name] + 0.01 * slope**2
            move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            if name != "start":
                move = move + DECAY * self.values[name]
            self.values[name] = (self.values[name] - pace * move).astype(np.float32)


def fit(examples: Sequence[Example]) -> dict[str, Any]:
    """The weights of the model, as `Ranking` takes them: some networks side by side in one."""
    data = Data([example for example in examples if len(example.rows) > 1])
    nets = [Net(SEED + number) for number in range(NETS)]
    for net in nets:
        net.learn(data)
    straight = np.mean([net.values["into"][:, :1] for net in nets], axis=0)
    into = np.concatenate([straight, *(net.values["into"][:, 1:] for net in nets)], axis=1)
    return {
        "start": whole_numbers(np.concatenate([net.values["start"] for net in nets])),
        "out": whole_numbers(np.concatenate([net.values["out"] for net in nets]) / NETS),
        "weights": {name: whole_numbers(row) for name, row in zip(FEATURES, into, strict=True)},
    }


def whole_numbers(values: npt.NDArray[np.floating[Any]]) -> list[int]:
    """Weights as the package keeps them."""
    return [int(value) for value in np.rint(values * SCALE)]
