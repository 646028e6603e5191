"""From weighed pairs to incidents: average linkage that keeps what people and reports say.

Clusters are joined best first while the mean weight between their claims stays above
the threshold; a pair that was never compared counts as a plain non-match, so a chain of
look-alikes does not run through a region. Some pairs may never meet (`apart`), some
must (`together`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.table import Ints, Table

__all__ = ["EASE", "close_pairs", "cluster", "components"]

#: Weight of a pair that blocking did not bring together.
_STRANGERS = -4.0
#: By how much less a cluster of denials joins one that affirms.
EASE = 1.5
#: Largest group of claims held together by strong pairs that is compared in full.
_SMALL = 120


def close_pairs(
    table: Table, pairs: tuple[Ints, Ints], strong: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """The pairs and those that blocking missed between claims held together by strong ones.

    Two claims that meet only through a third are compared as well: six days between them
    count, though blocking found them too far apart to compare.

    Args:
        table: The claims.
        pairs: Rows of the pairs that blocking gave.
        strong: Which of them may be of one incident.
    """
    size = len(table)
    component = components(size, pairs, strong, ())
    order = np.argsort(component, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(component[order]) != 0])
    ends = np.r_[starts[1:], size]
    family = table["family"]
    more: list[Ints] = [pairs[0] << 32 | pairs[1]]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if not 3 <= end - start <= _SMALL:
            continue
        rows = order[start:end]
        left, right = np.triu_indices(rows.size, 1)
        a, b = rows[left], rows[right]
        kin = (family[a] & family[b]) != 0
        more.append(a[kin] << 32 | b[kin])
    every = np.unique(np.concatenate(more))
    return every >> 32, every & ((np.int64(1) << 32) - 1)


def cluster(
    size: int,
    pairs: tuple[Ints, Ints],
    weights: NDArray[np.float32],
    *,
    threshold: float = 0.0,
    denied: NDArray[np.bool_] | None = None,
    apart: Iterable[tuple[int, int]] = (),
    together: Iterable[tuple[int, int]] = (),
) -> Ints:
    """The incident of each row: the number of its first row.

    Args:
        size: How many rows there are.
        pairs: Rows of the compared pairs.
        weights: Their match weights.
        threshold: Mean weight from which two clusters are joined.
        denied: Which rows deny an event. A denial answers reports of it, so a cluster of
            denials joins the best of the others with less.
        apart: Pairs of rows that must not share an incident.
        together: Pairs of rows that must, whatever their weight; they are joined first.

    Returns:
        For each row the least row of its incident.
    """
    if denied is None:
        denied = np.zeros(size, dtype=np.bool_)
    linkage = _Linkage(denied.tolist(), threshold)
    for a, b in sorted(apart):
        linkage.forbid(a, b)
    # Only pairs of a component that some pair above the threshold holds together matter.
    needed = threshold - EASE * (denied[pairs[0]] != denied[pairs[1]])
    component = components(size, pairs, weights >= needed, together)
    inside = component[pairs[0]] == component[pairs[1]]
    for a, b, weight in zip(
        pairs[0][inside].tolist(),
        pairs[1][inside].tolist(),
        weights[inside].tolist(),
        strict=True,
    ):
        linkage.add(a, b, weight)
    for a, b in sorted(together):
        linkage.join_now(a, b)
    linkage.run()
    return np.array(linkage.roots(), dtype=np.int64)


def components(
    size: int,
    pairs: tuple[Ints, Ints],
    strong: NDArray[np.bool_],
    together: Iterable[tuple[int, int]],
) -> Ints:
    """The least row of those that each row is tied to, through strong pairs and `together`.

    Args:
        size: How many rows there are.
        pairs: Rows of pairs.
        strong: Which of the pairs tie.
        together: Pairs of rows that are tied besides.
    """
    parent = list(range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    a, b = pairs[0][strong].tolist(), pairs[1][strong].tolist()
    for left, right in [*zip(a, b, strict=True), *together]:
        x, y = root(left), root(right)
        if x != y:
            parent[max(x, y)] = min(x, y)
    return np.array([root(at) for at in range(size)], dtype=np.int64)


class _Linkage:
    """Clusters with the sum of weights between each two that were compared."""

    def __init__(self, denied: list[bool], threshold: float) -> None:
        size = len(denied)
        self._threshold = threshold
        self._denied = denied
        self._parent = list(range(size))
        self._size = [1] * size
        #: For each live cluster: the other, the sum of weights, how many pairs.
        self._between: dict[int, dict[int, tuple[float, int]]] = {}
        self._forbidden: dict[int, set[int]] = {}
        self._heap: list[tuple[float, int, int]] = []

    def forbid(self, a: int, b: int) -> None:
        self._forbidden.setdefault(a, set()).add(b)
        self._forbidden.setdefault(b, set()).add(a)

    def add(self, a: int, b: int, weight: float) -> None:
        self._between.setdefault(a, {})[b] = (weight, 1)
        self._between.setdefault(b, {})[a] = (weight, 1)

    def root(self, at: int) -> int:
        parent = self._parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join_now(self, a: int, b: int) -> None:
        x, y = self.root(a), self.root(b)
        if x != y:
            self._join(x, y)

    def run(self) -> None:
        heap = self._heap
        for a, others in self._between.items():
            for b in others:
                if a < b:
                    self._offer(a, b)
        heapq.heapify(heap)
        while heap:
            negative, a, b = heapq.heappop(heap)
            if self._parent[a] != a or self._parent[b] != b:
                continue
            if self._mean(a, b) != -negative:
                continue  # told again since, with another mean
            if b in self._forbidden.get(a, ()):
                continue
            kept = self._join(a, b)
            for other in self._between.get(kept, {}):
                self._offer(min(kept, other), max(kept, other), push=True)

    def roots(self) -> list[int]:
        return [self.root(at) for at in range(len(self._parent))]

    def _mean(self, a: int, b: int) -> float:
        total, known = self._between[a][b]
        every = self._size[a] * self._size[b]
        return (total + _STRANGERS * (every - known)) / every

    def _offer(self, a: int, b: int, *, push: bool = False) -> None:
        mean = self._mean(a, b)
        ease = EASE if self._denied[a] != self._denied[b] else 0.0
        if mean < self._threshold - ease:
            return
        if push:
            heapq.heappush(self._heap, (-mean, a, b))
        else:
            self._heap.append((-mean, a, b))

    def _join(self, a: int, b: int) -> int:
        """Make one cluster of two; the lesser row stays its name."""
        kept, gone = min(a, b), max(a, b)
        self._parent[gone] = kept
        self._size[kept] += self._size[gone]
        self._denied[kept] = self._denied[kept] and self._denied[gone]
        mine = self._between.setdefault(kept, {})
        mine.pop(gone, None)
        for other, (total, known) in self._between.pop(gone, {}).items():
            if other == kept:
                continue
            old_total, old_known = mine.get(other, (0.0, 0))
            mine[other] = self._between[other][kept] = (old_total + total, old_known + known)
            del self._between[other][gone]
        for other in self._forbidden.pop(gone, set()):
            self._forbidden[other].discard(gone)
            self.forbid(kept, other)
        return kept
