"""Contradictions in time: orders that run in a circle, or against the days."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from temoin.record import RelationType
from temoin.situation.claims import Claim
from temoin.situation.graph.edges import Edge

__all__ = ["Contradiction", "find_contradictions", "strong_components"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What cannot all be true.

    Attributes:
        kind: cycle (each event told to be earlier than the next, and the last than the
            first) or days (told to be earlier, but its days lie wholly after).
        claims: The claims, in the order in which they are told to follow.
        edges: The relations that tell so.
        why: In words.
    """

    kind: str
    claims: tuple[str, ...]
    edges: tuple[Edge, ...]
    why: str

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON types."""
        return {
            "kind": self.kind,
            "claims": list(self.claims),
            "edges": [
                {"source": edge.source, "target": edge.target, "type": edge.type}
                for edge in self.edges
            ],
            "why": self.why,
        }


def find_contradictions(
    nodes: Sequence[Claim], edges: Sequence[Edge], groups: Iterable[Iterable[str]] = ()
) -> list[Contradiction]:
    """Circles and orders against the days among relations that texts tell.

    Args:
        nodes: The claims.
        edges: Relations that texts tell.
        groups: Claims of one incident each: a circle may run through them across reports.
    """
    claims = {claim.id: claim for claim in nodes}
    return [*_circles(claims, edges, groups), *_against_days(claims, edges)]


def strong_components(after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Groups of nodes that reach one another (Tarjan), without recursion.

    Args:
        after: The nodes that follow each.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in after:
        if root in index:
            continue
        work: list[tuple[str, Iterator[str]]] = []
        _enter(root, index, low, stack, on_stack)
        work.append((root, iter(after[root])))
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    found.append(_leave(node, stack, on_stack))
            elif following not in index:
                _enter(following, index, low, stack, on_stack)
                work.append((following, iter(after.get(following, ()))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return found


def _enter(
    node: str, index: dict[str, int], low: dict[str, int], stack: list[str], on_stack: set[str]
) -> None:
    index[node] = low[node] = len(index)
    stack.append(node)
    on_stack.add(node)


def _leave(node: str, stack: list[str], on_stack: set[str]) -> list[str]:
    group = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        group.append(member)
        if member == node:
            return group[::-1]


def _circles(
    claims: Mapping[str, Claim], edges: Sequence[Edge], groups: Iterable[Iterable[str]]
) -> Iterator[Contradiction]:
    """One shortest circle of each set of events that are told in circles."""
    whole = {member: f"group {at}" for at, group in enumerate(groups) for member in group}
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    after: dict[str, list[str]] = {}
    for edge in edges:
        one, other = (whole.get(end, end) for end in edge.in_time)
        if one == other:
            continue  # a strike and its dead are one incident: no circle
        between[one, other].append(edge)
        after.setdefault(one, []).append(other)
        after.setdefault(other, [])
    for component in strong_components(after):
        if len(component) < 2:
            continue
        ring = _shortest(component, after)
        told = tuple(between[one, other][0] for one, other in zip(ring, ring[1:] + ring[:1],
                                                                  strict=True))  # fmt: skip
        names = [edge.in_time[0] for edge in told]
        why = "told in a circle: " + ", then ".join(_told(claims, name) for name in names)
        yield Contradiction("cycle", tuple(names), told, f"{why}, then {_told(claims, names[0])}")


def _shortest(component: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """A shortest circle within nodes that reach one another."""
    inside = set(component)
    best: list[str] = []
    for root in component:
        came: dict[str, str] = {}
        queue = deque([root])
        while queue and root not in came:
            node = queue.popleft()
            for following in after[node]:
                if following in inside and following not in came:
                    came[following] = node
                    queue.append(following)
        ring = [root]
        while (before := came[ring[-1]]) != root:
            ring.append(before)
        if not best or len(ring) < len(best):
            best = ring
        if len(best) == 2:
            break
    return [best[0], *reversed(best[1:])]


def _against_days(claims: Mapping[str, Claim], edges: Iterable[Edge]) -> Iterator[Contradiction]:
    for edge in edges:
        one, other = (claims.get(end) for end in edge.in_time)
        if one is None or other is None or not (one.told and other.told):
            continue  # what did not happen, or is only planned, has no day of its own
        if one.days is None or other.days is None or not (one.days.own and other.days.own):
            continue
        if one.days.earliest > other.days.latest:
            verb = "causes" if edge.type == RelationType.CAUSES else "is told to come before"
            why = (
                f"{_told(claims, one.id)} of {one.days} {verb} "
                f"{_told(claims, other.id)} of {other.days}"
            )
            yield Contradiction("days", (one.id, other.id), (edge,), why)


def _told(claims: Mapping[str, Claim], id_: str) -> str:
    return f"“{claims[id_].event.trigger.text}” [{id_}]" if id_ in claims else id_
