"""From probabilities to spans: "begins" and "goes on" of units become half-open unit ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Candidate", "Found", "candidates", "sigmoid", "softmax", "spans"]

_GOES_ON = 0.5

Floats = NDArray[np.float32]


def sigmoid(logits: Floats) -> Floats:
    """The logistic function, safe for large values."""
    out: Floats = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return out


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    out: Floats = shifted / shifted.sum(-1, keepdims=True)
    return out


@dataclass(frozen=True, slots=True)
class Found:
    """A span of units with its probability."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event: type index, trigger as a range of units, the trigger head's probability."""

    kind: int
    start: int
    end: int
    probability: float


def spans(begins: Floats, goes_on: Floats, *, threshold: float) -> list[Found]:
    """The spans of one label over the units of one sentence.

    Args:
        begins: Probability that a span begins at each unit [units].
        goes_on: Probability that a span goes on at each unit [units].
        threshold: Least probability of a beginning.

    Returns:
        Spans that do not overlap, in the order of the text.
    """
    taken = np.zeros(len(begins), bool)
    out: list[Found] = []
    for start in np.argsort(-begins, kind="stable"):
        first = int(start)
        if begins[first] < threshold:
            break
        if taken[first]:
            continue
        end = first + 1
        while (
            end < len(begins)
            and not taken[end]
            and goes_on[end] >= _GOES_ON
            and begins[end] <= goes_on[end]
        ):
            end += 1
        taken[first:end] = True
        out.append(Found(first, end, float(begins[first])))
    return sorted(out, key=lambda found: found.start)


def candidates(logits: Floats, *, threshold: float) -> list[Candidate]:
    """The possible events of a sentence.

    Args:
        logits: [units, types, 2], "begins" and "goes on".
        threshold: Least probability of a beginning.
    """
    probability = sigmoid(logits)
    kinds = np.flatnonzero(probability[:, :, 0].max(0) >= threshold)
    found = [
        Candidate(int(kind), span.start, span.end, span.probability)
        for kind in kinds
        for span in spans(probability[:, kind, 0], probability[:, kind, 1], threshold=threshold)
    ]
    return sorted(found, key=lambda c: (c.start, c.end, c.kind))
