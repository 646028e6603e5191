"""The CoNLL coreference score: mean F1 of MUC, B³ and entity CEAF, over gold mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

import numpy as np

from temoin.corroboration.scoring import Score, b_cubed

__all__ = ["ceaf_e", "conll", "muc"]

Clusters = Mapping[str, Hashable]


def conll(found: Clusters, gold: Clusters) -> dict[str, float]:
    """F1 of the three measures and their mean, in per cent."""
    scores = {
        "MUC": muc(found, gold).f1,
        "B3": b_cubed(found, gold).f1,
        "CEAFe": ceaf_e(found, gold).f1,
    }
    scores["CoNLL"] = sum(scores.values()) / 3
    return {name: round(100 * value, 1) for name, value in scores.items()}


def muc(found: Clusters, gold: Clusters) -> Score:
    """Links kept (Vilain and others 1995)."""
    return Score(_links(gold, found), _links(found, gold))


def _links(reference: Clusters, clustered: Clusters) -> float:
    """Share of the links of `clustered` that `reference` has as well."""
    kept = possible = 0
    for members in _sets(clustered).values():
        parts = {reference[mention] for mention in members}
        kept += len(members) - len(parts)
        possible += len(members) - 1
    return kept / possible if possible else 0.0


def ceaf_e(found: Clusters, gold: Clusters) -> Score:
    """Best alignment of entities by Dice's coefficient (Luo 2005)."""
    ours, truth = _sets(found), _sets(gold)
    shared: Counter[tuple[Hashable, Hashable]] = Counter(
        (cluster, gold[mention]) for mention, cluster in found.items()
    )
    neighbours: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for one, other in shared:
        neighbours["ours", one].add(("gold", other))
        neighbours["gold", other].add(("ours", one))
    total = 0.0
    seen: set[Hashable] = set()
    for start in neighbours:
        if start in seen:
            continue
        group, queue = [], [start]
        seen.add(start)
        while queue:
            at = queue.pop()
            group.append(at)
            fresh = neighbours[at] - seen
            seen |= fresh
            queue.extend(fresh)
        total += _aligned(group, shared, ours, truth)
    return Score(total / len(ours), total / len(truth))


def _aligned(
    group: list[Hashable],
    shared: Mapping[tuple[Hashable, Hashable], int],
    ours: Mapping[Hashable, set[str]],
    truth: Mapping[Hashable, set[str]],
) -> float:
    left = [name for side, name in group if side == "ours"]  # type: ignore[misc]
    right = [name for side, name in group if side == "gold"]  # type: ignore[misc]
    value = np.zeros((len(left), len(right)))
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            both = shared.get((one, other), 0)
            value[row, column] = 2 * both / (len(ours[one]) + len(truth[other]))
    return best_assignment(value if len(left) <= len(right) else value.T)


def best_assignment(value: np.ndarray) -> float:
    """The greatest sum of one value a row, each from another column (Kuhn and Munkres)."""
    rows, columns = value.shape
    cost = -value
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    match = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        match[0] = row
        column = 0
        least = np.full(columns + 1, np.inf)
        way = np.zeros(columns + 1, dtype=int)
        used = np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            at = match[column]
            free = np.flatnonzero(~used[1:]) + 1
            reduced = cost[at - 1, free - 1] - u[at] - v[free]
            better = reduced < least[free]
            least[free[better]] = reduced[better]
            way[free[better]] = column
            nearest = free[np.argmin(least[free])]
            step = least[nearest]
            u[match[used]] += step
            v[used] -= step
            least[~used] -= step
            column = int(nearest)
            if match[column] == 0:
                break
        while column:
            before = way[column]
            match[column] = match[before]
            column = int(before)
    return float(
        sum(
            value[match[column] - 1, column - 1]
            for column in range(1, columns + 1)
            if match[column]
        )
    )


def _sets(clusters: Clusters) -> dict[Hashable, set[str]]:
    sets: defaultdict[Hashable, set[str]] = defaultdict(set)
    for mention, cluster in clusters.items():
        sets[cluster].add(mention)
    return dict(sets)
