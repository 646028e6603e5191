"""Relations among the events of a window: scored pair by pair, kept where time allows them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from temoin.extraction import decode
from temoin.extraction.backend import Backend
from temoin.extraction.labels import PAIR_REACH, RELATIONS, pair_features
from temoin.record import RelationType

__all__ = ["FoundRelation", "consistent", "relate"]

_MAX_PAIRS = 4096  # pairs scored at once
#: What answers something comes after it; of all other relations the source comes first.
_BACKWARDS = RelationType.RESPONDS_TO.value


@dataclass(frozen=True)
class FoundRelation:
    """A relation between two found events, by their indices."""

    source: int
    target: int
    kind: str
    probability: float


def relate(
    states: NDArray[np.float32],
    sentences: Sequence[int],
    places: Sequence[int],
    *,
    backend: Backend,
    least: float,
) -> list[FoundRelation]:
    """Find the relations among the events of one window.

    Args:
        states: The event reader's states [events, size].
        sentences: For each event the number of its sentence.
        places: For each event its trigger's first unit in the window.
        backend: What runs the network.
        least: Least probability that two events are related at all.

    Returns:
        At most one relation for two events, in the order of the events; none contradicts the
        others in time.
    """
    pairs = [
        (i, j)
        for i in range(len(places))
        for j in range(len(places))
        if i != j and abs(sentences[j] - sentences[i]) <= PAIR_REACH
    ]
    best: dict[tuple[int, int], FoundRelation] = {}
    for begin in range(0, len(pairs), _MAX_PAIRS):
        block = pairs[begin : begin + _MAX_PAIRS]
        left, right = [i for i, _ in block], [j for _, j in block]
        buckets = [
            pair_features(sentences[j] - sentences[i], places[j] - places[i]) for i, j in block
        ]
        logits = backend.relations(states[left], states[right], np.array(buckets, np.int64))
        for (i, j), row in zip(block, decode.softmax(logits), strict=True):
            kind = int(row[1:].argmax())
            chance = float(row[1:].sum())
            key = (min(i, j), max(i, j))
            if chance >= least and (key not in best or best[key].probability < chance):
                best[key] = FoundRelation(i, j, RELATIONS[kind], chance)
    return consistent(best[key] for key in sorted(best))


def consistent(relations: Iterable[FoundRelation]) -> list[FoundRelation]:
    """Choose the relations that can all be true in time, the likelier ones first.

    A cause precedes its effect, an answer follows what it answers, what prevents precedes what it
    prevents: read so, relations order the events, and a chain of them must never lead back to its
    beginning.

    Args:
        relations: Relations of one text.

    Returns:
        Those that are kept, in the order given.
    """
    todo = list(relations)
    later: defaultdict[int, set[int]] = defaultdict(set)
    kept: set[int] = set()
    for number in sorted(range(len(todo)), key=lambda n: (-todo[n].probability, n)):
        first, second = todo[number].source, todo[number].target
        if todo[number].kind == _BACKWARDS:
            first, second = second, first
        if first == second or _reaches(later, second, first):
            continue
        later[first].add(second)
        kept.add(number)
    return [relation for number, relation in enumerate(todo) if number in kept]


def _reaches(later: dict[int, set[int]], start: int, end: int) -> bool:
    todo, seen = [start], {start}
    while todo:
        for event in later.get(todo.pop(), ()):
            if event == end:
                return True
            if event not in seen:
                seen.add(event)
                todo.append(event)
    return False
