"""The event graph of a document, an incident, a claim's surroundings, or a filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import and_, select

from temoin.casefile import Case
from temoin.casefile.schema import Claim, ClaimLink, Document, Incident, IncidentClaim
from temoin.situation.graph import Graph, build
from temoin.situation.graph.layout import layered
from temoin.situation.graph.model import Edge
from temoin.workbench.api.models.graph import GraphAnswer, GraphEdge, GraphNode, GraphProblem
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import Array
from temoin.workbench.views.held import number_of, records_held
from temoin.workbench.views.selecting import Reading, reading
from temoin.workbench.views.telling import days, piece
from temoin.workbench.views.vocabulary import family_of

__all__ = ["graph"]

#: More cannot be looked at, nor laid out while somebody waits.
_NODES = 200
_REPORTS = 40

#: How far from a claim its surroundings go.
_STEPS = 2

_LINKS = ("contradicts", "updates", "retracts")


def graph(
    case: Case, *, doc: int | None, incident: str | None, claim: int | None, q: str
) -> GraphAnswer:
    """How claims hang together.

    Args:
        case: The case.
        doc: All claims of this document.
        incident: Those of this incident, and what hangs on them.
        claim: What is near this claim.
        q: Only claims that this query finds; without any of the others, these claims.

    Raises:
        Problem: There is no such thing.
        QueryError: The query cannot be read.
    """
    with reading(case) as now:
        found = now.found(q)
        notes = list(found.notes)
        within = {int(each) for each in now.columns.claims["id"][found.at]} if q.strip() else None
        core, documents = _chosen(now, doc, incident, claim, found.at, notes)
        records = records_held(now, documents)
        # Many reports at one place have no end of pairs of days: only those asked for are tied.
        whole = build(records, same=_same(now, core))
        graph_ = _around(whole, core, steps=0 if doc or core is None else _STEPS, within=within,
                         few=incident is not None)  # fmt: skip
        graph_ = _cut(graph_, core, notes)
        return _answer(now, graph_, notes)


def _chosen(
    now: Reading,
    doc: int | None,
    incident: str | None,
    claim: int | None,
    at: Array,
    notes: list[str],
) -> tuple[list[int], list[int]]:
    """The claims that were asked for, and the documents to read."""
    columns = now.columns
    if doc is not None:
        if now.session.scalar(select(Document.id).where(Document.id == doc)) is None:
            raise Problem(404, f"there is no document {doc}")
        return columns.claims["id"][columns.claims["document"] == doc].tolist(), [doc]
    if claim is not None:
        place = columns.position(claim)
        if place is None:
            raise Problem(404, f"there is no claim {claim}")
        held = columns.incident(place)
        others = _members(now, held) if held else []
        numbers = [claim, *(each for each in others if each != claim)]
        return [claim], _documents(now, numbers, notes)
    if incident is not None:
        if now.session.get(Incident, incident) is None:
            raise Problem(404, f"there is no incident {incident!r}")
        numbers = _members(now, incident)
        return numbers, _documents(now, numbers, notes)
    order = np.lexsort((columns.claims["id"][at], columns.claims["earliest"][at]))[::-1]
    newest = columns.claims["id"][at[order][:_NODES]].tolist()
    if len(at) > _NODES:
        notes.append(f"The newest {_NODES} of {len(at):,} claims.")
    return newest, _documents(now, newest, notes)


def _members(now: Reading, incident: str) -> list[int]:
    return list(
        now.session.scalars(
            select(IncidentClaim.claim_id)
            .where(IncidentClaim.incident_id == incident)
            .order_by(IncidentClaim.number)
        )
    )


def _documents(now: Reading, numbers: Sequence[int], notes: list[str]) -> list[int]:
    """The documents of claims, in their order."""
    at = [now.columns.position(number) for number in numbers]
    documents = dict.fromkeys(
        int(now.columns.claims["document"][each]) for each in at if each is not None
    )
    if len(documents) > _REPORTS:
        notes.append(f"Claims of {_REPORTS} reports, of {len(documents)}.")
    return list(documents)[:_REPORTS]


def _same(now: Reading, core: Sequence[int]) -> list[list[str]]:
    """Claims of one incident each, where some of them were asked for."""
    ids = {
        held
        for number in core
        if (at := now.columns.position(number)) is not None
        and (held := now.columns.incident(at)) is not None
    }
    rows = now.session.execute(
        select(IncidentClaim.incident_id, IncidentClaim.claim_id, Document.name)
        .join(Claim, Claim.id == IncidentClaim.claim_id)
        .join(Document, Document.id == Claim.document_id)
        .where(IncidentClaim.incident_id.in_(ids))
        .order_by(IncidentClaim.incident_id, IncidentClaim.number)
    )
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for incident, claim, name in rows:
        groups[incident].append(f"{name}:{claim}")
    return list(groups.values())


def _around(
    whole: Graph, core: Sequence[int], *, steps: int, within: set[int] | None, few: bool
) -> Graph:
    """The part of a graph that was asked for, with what hangs on it."""
    there = {claim.id: number_of(claim.id) for claim in whole.nodes}
    wanted = set(core)
    kept = {id_ for id_, number in there.items() if number in wanted}
    for step in range(steps):
        # Of an incident what its reports tell themselves; around a claim also what the days say.
        strong = [
            edge for edge in whole.edges
            if edge.basis == "text" or (edge.basis == "incident" and not few)
            or (not few and edge.basis == "days" and step == 0)
        ]  # fmt: skip
        kept |= {
            end
            for edge in strong
            if edge.source in kept or edge.target in kept
            for end in (edge.source, edge.target)
        }
        if few:
            break
    kept = {
        id_
        for id_ in kept
        if id_ in there and (within is None or there[id_] in within or there[id_] in wanted)
    }
    return _part(whole, kept)


def _part(whole: Graph, kept: Iterable[str]) -> Graph:
    there = set(kept)
    return Graph(
        tuple(claim for claim in whole.nodes if claim.id in there),
        tuple(edge for edge in whole.edges if {edge.source, edge.target} <= there),
        tuple(each for each in whole.contradictions if set(each.claims) <= there),
    )


def _cut(graph_: Graph, core: Sequence[int], notes: list[str]) -> Graph:
    if len(graph_.nodes) <= _NODES:
        return graph_
    wanted = set(core)
    order = sorted(graph_.nodes, key=lambda claim: number_of(claim.id) not in wanted)
    notes.append(f"{_NODES} of {len(graph_.nodes):,} claims.")
    return _part(graph_, {claim.id for claim in order[:_NODES]})


def _answer(now: Reading, graph_: Graph, notes: list[str]) -> GraphAnswer:
    columns = now.columns
    links = _links(now, [number_of(claim.id) for claim in graph_.nodes])
    spots = layered(graph_)
    wrong = {edge for each in graph_.contradictions for edge in each.edges}
    bad = {id_ for each in graph_.contradictions for id_ in each.claims}
    bad_numbers = {number_of(id_) for id_ in bad}
    bad_numbers |= {
        end for link in links if link.type == "contradicts" for end in (link.source, link.target)
    }
    nodes = []
    for claim in graph_.nodes:
        number = number_of(claim.id)
        at = columns.position(number)
        if at is None:
            continue
        event, spot = claim.event, spots[claim.id]
        told: dict[str, Any] = {"state": columns.text("state", at),
                                "sensitivity": columns.sensitivity(at)}  # fmt: skip
        own = claim.days if claim.days and claim.days.own else None
        nodes.append(
            GraphNode(
                id=number,
                document=int(columns.claims["document"][at]),
                document_name=claim.document,
                type=event.type,
                family=family_of(event.type),
                trigger=piece(event.trigger),
                sentence=piece(claim.sentence),
                polarity=event.polarity,
                certainty=event.certainty,
                attribution=event.attribution.text if event.attribution else None,
                when=days(own.earliest, own.latest) if own else days(None, None),
                place=columns.text("place", at),
                incident=columns.incident(at),
                contradicted=number in bad_numbers,
                layer=spot.layer,
                row=spot.row,
                **told,
            )
        )
    return GraphAnswer(
        nodes=nodes,
        edges=[*(_edge(edge, wrong) for edge in graph_.edges), *links],
        contradictions=[
            GraphProblem(
                kind=each.kind,
                claims=[number_of(id_) for id_ in each.claims],
                why=each.why,
            )
            for each in graph_.contradictions
        ],
        notes=notes,
    )


def _edge(edge: Edge, wrong: set[Edge]) -> GraphEdge:
    told: dict[str, Any] = {"type": edge.type, "basis": edge.basis}
    return GraphEdge(
        source=number_of(edge.source),
        target=number_of(edge.target),
        confidence=edge.confidence,
        why=None,
        contradicted=edge in wrong,
        **told,
    )


def _links(now: Reading, numbers: Sequence[int]) -> list[GraphEdge]:
    """What corroboration found that claims of one incident contradict or update."""
    rows = now.session.scalars(
        select(ClaimLink)
        .where(
            and_(ClaimLink.claim_id.in_(numbers), ClaimLink.other_id.in_(numbers)),
            ClaimLink.kind.in_(_LINKS),
        )
        .order_by(ClaimLink.id)
    )
    found: dict[tuple[int, int, str], list[str]] = {}
    for row in rows:
        told = f"{row.field}: {row.value} / {row.other_value}" if row.field else row.rule
        found.setdefault((row.claim_id, row.other_id, row.kind), []).append(told)
    return [
        GraphEdge(
            source=source,
            target=target,
            type=kind,
            basis="incident",
            confidence=None,
            why="; ".join(why),
            contradicted=kind == "contradicts",
        )
        for (source, target, kind), why in found.items()
    ]
