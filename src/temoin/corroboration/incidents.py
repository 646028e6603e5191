"""Claims to incidents: the whole way, in one call.

    found = corroborate(claims_of_all(records), texts=[(d.id, d.text) for d in documents])

Nothing is stored and nothing is fetched; the same claims and decisions give the same
incidents. Ids come from the content of an incident's earliest claim, so that they stay
when reports are added; `carry_over` keeps them, and counts revisions, where they would not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from temoin.corroboration.blocking import candidate_pairs
from temoin.corroboration.claims import Claim
from temoin.corroboration.clustering import EASE, close_pairs, cluster
from temoin.corroboration.comparing import (
    CAUSE,
    FIT,
    compare,
    compare_causes,
    compare_fit,
    kilometres,
)
from temoin.corroboration.copies import Copy, copy_groups, find_copies
from temoin.corroboration.decisions import Constraints, Decision, constraints
from temoin.corroboration.grading import Grade, grade
from temoin.corroboration.linking import Link, links_of
from temoin.corroboration.model import FieldWeight, Model, shipped_model
from temoin.corroboration.origins import origins
from temoin.corroboration.table import Ints, Table, tabulate

__all__ = [
    "Corroboration",
    "Incident",
    "PairScore",
    "carry_over",
    "cluster_table",
    "corroborate",
    "gathered",
    "id_of",
]

#: How often effects are compared anew by the incidents of their causes.
_ROUNDS = 2
#: From here on, place and days together tell two events apart.
_FAR_KM, _FAR_DAYS = 100.0, 2


@dataclass(frozen=True, slots=True)
class PairScore:
    """How much speaks for two claims being of one incident, field by field."""

    a: str
    b: str
    weight: float
    fields: tuple[FieldWeight, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims that speak of one event.

    Attributes:
        id: Stable id, from the content of the earliest claim.
        claims: Its claims, the earliest first.
        links: What they are to one another.
        origin_of: The origin of each claim.
        grade: How well it is supported.
        revision: How often its claims have changed.
    """

    id: str
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    origin_of: Mapping[str, str]
    grade: Grade
    revision: int = 1

    @property
    def claim_ids(self) -> frozenset[str]:
        """Ids of its claims."""
        return frozenset(claim.id for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What linking found.

    Attributes:
        incidents: All incidents, also those of one claim, in the order of their claims.
        pairs: The compared pairs with their weights and reasons.
        copies: Documents that were found to share text.
        constraints: What people decided.
    """

    incidents: tuple[Incident, ...]
    pairs: tuple[PairScore, ...] = field(repr=False)
    copies: tuple[Copy, ...]
    constraints: Constraints

    def incident_of(self, claim: str) -> Incident:
        """The incident of a claim; `KeyError` where there is no such claim."""
        for incident in self.incidents:
            if claim in incident.claim_ids:
                return incident
        raise KeyError(claim)


def corroborate(
    claims: Iterable[Claim],
    *,
    texts: Iterable[tuple[str, str]] = (),
    copies: Iterable[Copy] = (),
    decisions: Iterable[Decision] = (),
    model: Model | None = None,
) -> Corroboration:
    """Group claims into incidents, link and grade them.

    Args:
        claims: Claims of grounded records.
        texts: Id and text of the documents, to find copies.
        copies: Copies that are known besides: translations share no words.
        decisions: What people decided, in the order they did.
        model: The match model; the shipped one by default.
    """
    listed = list(claims)
    documents = list(texts)
    found = find_copies(documents)
    ids = dict.fromkeys([id_ for id_, _ in documents] + [claim.document for claim in listed])
    groups = copy_groups(ids, [*found, *copies])
    decided = constraints(decisions)
    table = tabulate(listed, groups=groups)
    model = model or shipped_model()
    rows, pairs = cluster_table(table, model, decided=decided)
    return Corroboration(
        tuple(gathered(listed, rows.tolist(), groups)), pairs, tuple(found), decided
    )


def gathered(
    claims: Iterable[Claim], rows: Iterable[int], groups: Mapping[str, str]
) -> list[Incident]:
    """The incidents of clustered claims, in the order of their claims.

    Args:
        claims: The claims.
        rows: A number for each, the same for those of one incident (`cluster_table`).
        groups: Copy group of each document.
    """
    members: dict[int, list[Claim]] = {}
    for claim, row in zip(claims, rows, strict=True):
        members.setdefault(row, []).append(claim)
    taken: set[str] = set()
    return [_incident(group, groups, taken) for group in members.values()]


def cluster_table(
    table: Table,
    model: Model,
    *,
    decided: Constraints | None = None,
    explain: bool = True,
    pairs: tuple[Ints, Ints] | None = None,
) -> tuple[Ints, tuple[PairScore, ...]]:
    """The incident of each row of a table of claims, and the pairs that led there.

    Args:
        table: The claims in columns.
        model: The match model.
        decided: What people decided.
        explain: Whether pairs are explained; a million claims have too many.
        pairs: Rows of the claims to compare, where they were found before: of a part of
            many claims, blocking (`candidate_pairs`) must have seen all.
    """
    a, b = candidate_pairs(table) if pairs is None else pairs
    denied = table["denied"].astype(np.bool_)
    needed = model.threshold - EASE * (denied[a] != denied[b])
    strong = model.weigh(compare(table, a, b), without=FIT) >= needed
    a, b = close_pairs(table, (a, b), strong)
    levels = compare(table, a, b)
    at = {id_: row for row, id_ in enumerate(table.ids)}
    together = _rows(decided.together, at) if decided else []
    apart = _rows(decided.apart, at) if decided else []
    apart += _never(table, a, b)
    rounds = _ROUNDS if (table["cause"] >= 0).any() else 0
    for round_ in range(rounds + 1):
        levels[:, FIT] = compare_fit(table, a, b, model.weigh(levels, without=FIT))
        weights = model.weigh(levels)
        rows = cluster(
            len(table),
            (a, b),
            weights,
            threshold=model.threshold,
            denied=denied,
            apart=apart,
            together=together,
        )
        if round_ < rounds:
            levels[:, CAUSE] = compare_causes(table, a, b, rows)
    if not explain:
        return rows, ()
    # Many pairs have the same levels, and thereby the same reasons.
    reasons: dict[bytes, tuple[FieldWeight, ...]] = {}
    scored = []
    for x, y, weight, level in zip(a.tolist(), b.tolist(), weights.tolist(), levels, strict=True):
        key = level.tobytes()
        if key not in reasons:
            reasons[key] = model.explain(level)
        scored.append(PairScore(table.ids[x], table.ids[y], round(weight, 3), reasons[key]))
    return rows, tuple(scored)


def _rows(pairs: Iterable[tuple[str, str]], at: Mapping[str, int]) -> list[tuple[int, int]]:
    """Pairs of ids as pairs of rows; a claim that is gone takes its decisions with it."""
    return [(at[x], at[y]) for x, y in pairs if x in at and y in at]


def _never(table: Table, a: Ints, b: Ints) -> list[tuple[int, int]]:
    """Claims that cannot be of one incident, whatever else they share.

    Those of one document and one type, each with a place or days of its own that differ:
    a report that tells of two strikes means two. Those of any documents that are told both
    far apart and days apart: one of the two may be a slip, not both.
    """
    one = (table["document"][a] == table["document"][b]) & (table["type"][a] == table["type"][b])
    placed = (table["placed"][a] == 2) & (table["placed"][b] == 2)
    named = (table["place_id"][a] != 0) & (table["place_id"][b] != 0)
    elsewhere = placed & named & (table["place_id"][a] != table["place_id"][b])
    small = np.maximum(table["radius"][a], table["radius"][b]) < 5.0
    dated = table["days_own"][a] & table["days_own"][b]
    gap = np.maximum(table["first"][a], table["first"][b]) - np.minimum(
        table["last"][a], table["last"][b]
    )
    radii = table["radius"][a] + table["radius"][b]
    far = placed & (kilometres(table, a, b) > radii + _FAR_KM) & dated & (gap >= _FAR_DAYS)
    never = far | (one & ((elsewhere & small) | (dated & (gap > 0))))
    return list(zip(a[never].tolist(), b[never].tolist(), strict=True))


def _incident(claims: Sequence[Claim], groups: Mapping[str, str], taken: set[str]) -> Incident:
    ordered = sorted(claims, key=_order)
    origin_of = origins(ordered, groups)
    found = links_of(ordered, origin_of)
    id_ = id_of(ordered[0])
    # Two claims of one sentence with one trigger (two types on it) start two incidents.
    while id_ in taken:
        id_ = f"{id_}x"
    taken.add(id_)
    return Incident(id_, tuple(ordered), tuple(found), origin_of, grade(ordered, found, origin_of))


def _order(claim: Claim) -> tuple[str, str, int, str]:
    day = claim.published.isoformat() if claim.published else "9999"
    return (day, claim.document, claim.start, claim.id)


def id_of(claim: Claim) -> str:
    """The id of an incident that this claim is the earliest of."""
    said = (claim.document, str(claim.type), str(claim.start), claim.trigger, claim.sentence)
    return "i" + hashlib.sha256("\0".join(said).encode("utf-8")).hexdigest()[:12]


def carry_over(
    incidents: Iterable[Incident], before: Mapping[str, tuple[int, frozenset[str]]]
) -> list[Incident]:
    """Incidents with the ids and revisions they had before.

    An incident takes the id of the former one that it shares most claims with, once; its
    revision goes up by one where its claims have changed.

    Args:
        incidents: What linking found now.
        before: Id to revision and claims, as they were.
    """
    now = list(incidents)
    had: dict[str, list[str]] = {}
    for id_, (_, claims) in before.items():
        for claim in claims:
            had.setdefault(claim, []).append(id_)
    shared = Counter(
        (id_, at)
        for at, incident in enumerate(now)
        for claim in incident.claim_ids
        for id_ in had.get(claim, ())
    )
    kept: dict[int, str] = {}
    used: set[str] = set()
    for (id_, at), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if at not in kept and id_ not in used:
            kept[at] = id_
            used.add(id_)
    carried: list[Incident] = []
    for at, incident in enumerate(now):
        if at in kept:
            revision, claims = before[kept[at]]
            step = 0 if claims == incident.claim_ids else 1
            carried.append(replace(incident, id=kept[at], revision=revision + step))
            continue
        id_ = incident.id
        while id_ in used or id_ in before:
            id_ = f"{id_}x"  # its earliest claim was another incident's before
        used.add(id_)
        carried.append(replace(incident, id=id_))
    return carried
