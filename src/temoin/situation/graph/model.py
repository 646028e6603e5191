"""Nodes, edges and contradictions of the event graph."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from temoin.record import Record, RelationType
from temoin.situation.claims import Claim, claims_of
from temoin.situation.graph.contradictions import Contradiction, find_contradictions
from temoin.situation.graph.edges import Edge
from temoin.situation.places import where

__all__ = ["Edge", "Graph", "build"]


@dataclass(frozen=True, slots=True)
class Graph:
    """The events of one or more reports and how they hang together.

    Attributes:
        nodes: The claims, in the order of the records.
        edges: Relations that the texts tell first, then those of days and incidents.
        contradictions: Where order and days cannot all be true.
    """

    nodes: tuple[Claim, ...]
    edges: tuple[Edge, ...]
    contradictions: tuple[Contradiction, ...] = ()


def build(records: Iterable[Record], *, same: Iterable[Iterable[str]] = ()) -> Graph:
    """The graph of records.

    Events of one document are ordered by their days too; those of several documents where
    they are at one place.

    Args:
        records: Grounded records.
        same: Groups of claim ids (`doc:e1`) that tell of one incident.
    """
    nodes: list[Claim] = []
    edges: list[Edge] = []
    for record in records:
        mine = claims_of(record)
        nodes += mine
        edges += (
            Edge(
                f"{record.document.id}:{relation.source}",
                f"{record.document.id}:{relation.target}",
                str(relation.type),
                "text",
                relation.confidence,
            )
            for relation in record.relations
        )
    known = {claim.id for claim in nodes}
    groups = [group for each in same if len(group := [c for c in each if c in known]) > 1]
    told = list(edges)
    edges += _in_time(nodes, told)
    edges += [
        Edge(one, two, "same", "incident") for group in groups for one, two in pairwise(group)
    ]
    found = find_contradictions(nodes, told, groups)
    return Graph(tuple(nodes), tuple(edges), tuple(found))


def _in_time(nodes: Sequence[Claim], told: Sequence[Edge]) -> Iterator[Edge]:
    """Weak edges from what is wholly earlier to what comes next, where no relation is told."""
    related = {frozenset((edge.source, edge.target)) for edge in told}
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in nodes:
        if not (claim.told and claim.days and claim.days.own):
            continue
        groups[f"document {claim.document}"].append(claim)
        if claim.event.place is not None:
            groups[f"place {where(claim.event.place).key}"].append(claim)
    given: set[tuple[str, str]] = set()
    for group in groups.values():
        for one, other in _next_ones(group):
            pair = (one.id, other.id)
            if pair not in given and frozenset(pair) not in related:
                given.add(pair)
                yield Edge(one.id, other.id, str(RelationType.BEFORE), "days")


def _next_ones(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of which one is wholly earlier and nothing lies wholly between them."""
    dated = [(claim.days, claim) for claim in group if claim.days is not None]
    dated.sort(key=lambda each: (each[0].earliest, each[0].latest, each[1].id))
    starts = [days.earliest for days, _ in dated]
    soonest_end = list(accumulate((days.latest for days, _ in reversed(dated)), min))[::-1]
    for days, claim in dated:
        at = bisect_right(starts, days.latest)
        if at == len(dated):
            continue
        last = soonest_end[at]
        yield from ((claim, other) for later, other in dated[at:] if later.earliest <= last)
