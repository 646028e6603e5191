"""Which claims are linked where: parts that have nothing to do with one another.

Blocking looks at all claims at once, here as in one process, for it bounds how many a
crowded day may bring together. But it needs few columns. What follows (comparing, weighing,
clustering, linking, grading) concerns only claims that candidate pairs tie together, through
however many others: each such component is linked in one place, by the same code, and the
outcome cannot be another. Tied besides are a claim and its cause, claims that people called
the same, and claims that would start incidents of one id.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from temoin.corroboration.blocking import candidate_pairs
from temoin.corroboration.clustering import components
from temoin.corroboration.table import Column, Ints, Table

__all__ = ["Plan", "packed", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each claim is linked.

    Attributes:
        part: The part of each claim; -1 for those of components that are too large.
        pairs: For each part that has any, the pairs to compare, as rows of that part.
        whole: The pairs of components that are too large, as rows among their claims.
        largest: How many claims the largest component has.
    """

    part: Ints
    pairs: Mapping[int, tuple[Ints, Ints]]
    whole: tuple[Ints, Ints]
    largest: int


def plan(
    columns: Mapping[str, Column],
    ids: Sequence[str],
    *,
    keys: Sequence[str],
    causes: Sequence[str | None],
    together: Iterable[tuple[str, str]] = (),
    parts: int,
    most: int,
) -> Plan:
    """Share claims out into parts.

    Args:
        columns: Those that blocking needs.
        ids: Ids of the claims.
        keys: Ids of the incidents that they would start.
        causes: Ids of the claims that are said to have caused them.
        together: Pairs of claims that people called the same.
        parts: How many parts.
        most: Claims of a component from which it is too large for a part.
    """
    size = len(ids)
    a, b = candidate_pairs(Table(list(ids), columns))
    at = {id_: row for row, id_ in enumerate(ids)}
    tied = [(at[x], at[y]) for x, y in together if x in at and y in at]
    tied += [(row, at[cause]) for row, cause in enumerate(causes) if cause and cause in at]
    first: dict[str, int] = {}
    tied += [(row, first.setdefault(key, row)) for row, key in enumerate(keys)]
    component = components(size, (a, b), np.ones(a.size, dtype=np.bool_), tied)
    claims = np.bincount(component, minlength=size)
    cost = claims + np.bincount(component[a], minlength=size)
    large = claims > most
    roots = np.flatnonzero((claims > 0) & ~large)
    part_of = np.full(size, -1, dtype=np.int64)
    part_of[roots] = packed(cost[roots], parts)
    part = part_of[component]
    order = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[order], np.arange(-1, parts))
    row = np.empty(size, dtype=np.int64)
    row[order] = np.arange(size) - starts[part[order] + 1]
    home = part[a]
    by_part = np.argsort(home, kind="stable")
    a, b = row[a[by_part]], row[b[by_part]]
    cuts = np.searchsorted(home[by_part], np.arange(-1, parts + 1)).tolist()
    found = {
        number: (a[start:end], b[start:end])
        for number, start, end in zip(range(-1, parts), cuts, cuts[1:], strict=False)
        if end > start
    }
    nothing = np.zeros(0, np.int64)
    whole = found.pop(-1, (nothing, nothing))
    return Plan(part, found, whole, int(claims.max(initial=0)))


def packed(costs: Ints, parts: int) -> Ints:
    """Share costs out so that the dearest part is cheap: dearest first, to the cheapest part."""
    where = np.zeros(costs.size, dtype=np.int64)
    heap = [(0, part) for part in range(parts)]
    for at in np.argsort(-costs, kind="stable").tolist():
        total, part = heap[0]
        where[at] = part
        heapq.heapreplace(heap, (total + int(costs[at]), part))
    return where
