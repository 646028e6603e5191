"""Where each node of the graph goes: layers from left to right, earlier ones first.

Sugiyama's method, plain: edges that close a circle are turned round, each node goes one
layer after the last that it follows, and layers are sorted a few times by the middle of
their neighbours. Deterministic, without any program outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from temoin.situation.graph.contradictions import strong_components
from temoin.situation.graph.model import Graph

__all__ = ["Spot", "layered"]

_SWEEPS = 6
_LEAST_WIDE = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node is: its layer, from the left, and its row, from the top."""

    layer: int
    row: int


def layered(graph: Graph) -> dict[str, Spot]:
    """The spot of each node; what hangs together stands together, one below the other."""
    ids = [claim.id for claim in graph.nodes]
    known = set(ids)
    edges = [e for e in graph.edges if {e.source, e.target} <= known and e.source != e.target]
    pairs = list(dict.fromkeys(edge.in_time for edge in edges))
    told = dict.fromkeys(edge.in_time for edge in edges if edge.basis == "text")
    ordered = list(dict.fromkeys(edge.in_time for edge in edges if edge.basis != "incident"))
    spots: dict[str, Spot] = {}
    top = 0
    parts = _parts(ids, pairs)
    for part in parts:
        if len(part) == 1:
            continue
        inside = set(part)
        mine = [pair for pair in pairs if pair[0] in inside]
        strong = [pair for pair in told if pair[0] in inside]
        weak = [pair for pair in ordered if pair[0] in inside and pair not in told]
        rows = _rows(_layers(part, strong, weak), mine)
        for node, (layer, row) in rows.items():
            spots[node] = Spot(layer, top + row)
        top += max(row for _, row in rows.values()) + 1
    # What hangs together with nothing stands below, side by side.
    wide = max(_LEAST_WIDE, max((spot.layer + 1 for spot in spots.values()), default=0))
    alone = [part[0] for part in parts if len(part) == 1]
    spots |= {node: Spot(at % wide, top + at // wide) for at, node in enumerate(alone)}
    return spots


def _parts(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Nodes that hang together, in the order of their first node."""
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    seen: set[str] = set()
    parts = []
    for root in ids:
        if root in seen:
            continue
        seen.add(root)
        part, at = [root], 0
        while at < len(part):
            for other in near[part[at]]:
                if other not in seen:
                    seen.add(other)
                    part.append(other)
            at += 1
        parts.append(part)
    order = {node: at for at, node in enumerate(ids)}
    return [sorted(part, key=order.__getitem__) for part in parts]


def _layers(
    part: Sequence[str], strong: Sequence[tuple[str, str]], weak: Sequence[tuple[str, str]]
) -> dict[str, int]:
    """The layer of each node: one after the last that it follows.

    What the text tells goes before what the days give where they contradict each other.
    """
    order = {node: at for at, node in enumerate(part)}
    told, both = _circles(part, strong), _circles(part, [*strong, *weak])
    kept = [(a, b) for a, b in strong if told[a] != told[b] or order[a] < order[b]]
    kept += [(a, b) for a, b in weak if both[a] != both[b]]
    forward: dict[str, list[str]] = {node: [] for node in part}
    waiting = dict.fromkeys(part, 0)
    for one, other in kept:
        forward[one].append(other)
        waiting[other] += 1
    layers = dict.fromkeys(part, 0)
    ready = [node for node in part if not waiting[node]]
    while ready:
        node = ready.pop(0)
        for other in forward[node]:
            layers[other] = max(layers[other], layers[node] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return layers


def _circles(part: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The number of the circle that each node is in; of its own where it is in none."""
    after: dict[str, list[str]] = {node: [] for node in part}
    for one, other in pairs:
        after[one].append(other)
    return {node: at for at, group in enumerate(strong_components(after)) for node in group}


def _rows(
    layers: Mapping[str, int], pairs: Sequence[tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    """The row of each node within its layer, so that few edges cross."""
    columns: dict[int, list[str]] = defaultdict(list)
    for node, layer in layers.items():
        columns[layer].append(node)
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    row = {node: at for nodes in columns.values() for at, node in enumerate(nodes)}
    for sweep in range(_SWEEPS):
        for layer in sorted(columns, reverse=sweep % 2 == 1):
            nodes = columns[layer]
            middle = {
                node: sum(row[other] for other in near[node]) / len(near[node])
                if near[node] else row[node]
                for node in nodes
            }  # fmt: skip
            nodes.sort(key=lambda node: (middle[node], row[node]))
            row |= {node: at for at, node in enumerate(nodes)}
    return {node: (layer, row[node]) for node, layer in layers.items()}
