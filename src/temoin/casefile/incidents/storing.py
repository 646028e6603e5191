"""Keeps what a run found: incidents with the ids they had, and what changed since the last.

An incident that is found no more stays as a retired row that names its successor: its id
may stand in somebody's notes. If its claims are found together again, it comes back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from temoin.casefile.canonical import canonical
from temoin.casefile.incidents.rows import incident_row, link_rows, member_rows, suggestion_rows
from temoin.casefile.schema import ClaimLink, Document, IncidentClaim, IncidentSuggestion
from temoin.casefile.schema import Incident as IncidentTable
from temoin.corroboration import Incident, Suggestion, carry_over

__all__ = ["Before", "Changes", "before", "carried", "changes", "store"]

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Before:
    """Incidents as the last run left them.

    Attributes:
        held: Id to revision and claims of those that held.
        retired: The same of those that were retired.
        support: Id to grade of those that held.
        rows: The rows of all.
    """

    held: dict[str, tuple[int, frozenset[str]]]
    retired: dict[str, tuple[int, frozenset[str]]]
    support: dict[str, str]
    rows: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last run.

    Attributes:
        new: Ids of incidents that were not there.
        changed: Ids of those whose claims changed.
        grades: Id to the grade before and now, of those that were there.
        retired: Id of those that are gone, to the one that has most of their claims now.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    grades: dict[str, tuple[str, str]]
    retired: dict[str, str | None]


def before(session: Session) -> Before:
    """What the last run left."""
    members: dict[str, set[str]] = {}
    for claim, incident in session.execute(
        select(IncidentClaim.claim_id, IncidentClaim.incident_id)
    ):
        members.setdefault(incident, set()).add(str(claim))
    found = Before({}, {}, {}, {})
    for row in session.execute(select(IncidentTable.__table__)).mappings():
        id_, revision = row["id"], row["revision"]
        found.rows[id_] = dict(row)
        if row["retired"] is None:
            found.held[id_] = (revision, frozenset(members.get(id_, ())))
            found.support[id_] = row["support"]
        else:
            former = frozenset(str(claim) for claim in json.loads(row["former"] or "[]"))
            found.retired[id_] = (revision, former)
    return found


def carried(incidents: Iterable[Incident], last: Before) -> list[Incident]:
    """Incidents with the ids they had; one that was retired may come back."""
    kept = carry_over(incidents, last.held)
    fresh = [at for at, incident in enumerate(kept) if incident.id not in last.held]
    taken = {incident.id for incident in kept if incident.id in last.held}
    for at, incident in zip(
        fresh, carry_over([kept[at] for at in fresh], last.retired), strict=True
    ):
        id_ = incident.id
        while id_ in taken or id_ in last.held:
            id_ = f"{id_}x"
        taken.add(id_)
        kept[at] = replace(incident, id=id_)
    return kept


def changes(incidents: Sequence[Incident], last: Before) -> Changes:
    """What changed since the last run."""
    now = {incident.id: incident for incident in incidents}
    holder = {claim: incident.id for incident in incidents for claim in incident.claim_ids}
    both = [id_ for id_ in now if id_ in last.held]
    return Changes(
        new=tuple(id_ for id_ in now if id_ not in last.held),
        changed=tuple(id_ for id_ in both if last.held[id_][1] != now[id_].claim_ids),
        grades={
            id_: (last.support[id_], str(now[id_].grade.support))
            for id_ in both
            if last.support[id_] != now[id_].grade.support
        },
        retired={
            id_: _successor(claims, holder)
            for id_, (_, claims) in last.held.items()
            if id_ not in now
        },
    )


def store(
    session: Session,
    incidents: Sequence[Incident],
    last: Before,
    changed: Changes,
    *,
    run: int,
    suggested: Iterable[Suggestion],
    groups: Mapping[int, tuple[int | None, int | None]],
) -> None:
    """Put the rows of a run in the place of those of the last one.

    Args:
        session: A transaction that writes.
        incidents: What was found, with the ids they have from now on.
        last: What the last run left.
        changed: What changed since.
        run: Number of the run.
        suggested: Incidents that may be one, by the ids they have from now on.
        groups: Of each document, its copies' and its origin's group.
    """
    now = {incident.id for incident in incidents}
    gone = [row for id_, row in last.rows.items() if id_ not in now]
    for row in gone:
        if row["retired"] is None:
            claims = sorted(int(claim) for claim in last.held[row["id"]][1])
            row |= {
                "retired": run,
                "successor": changed.retired[row["id"]],
                "former": canonical(claims),
            }
    for table in (IncidentSuggestion, ClaimLink, IncidentClaim, IncidentTable):
        session.execute(delete(table))
    _insert(session, IncidentTable, [*gone, *(incident_row(each) for each in incidents)])
    _insert(session, IncidentClaim, (row for each in incidents for row in member_rows(each)))
    _insert(session, ClaimLink, link_rows(incidents))
    _insert(session, IncidentSuggestion, suggestion_rows(suggested, incidents))
    _group(session, groups)


def _successor(claims: Iterable[str], holder: Mapping[str, str]) -> str | None:
    found = Counter(holder[claim] for claim in sorted(claims, key=int) if claim in holder)
    return found.most_common(1)[0][0] if found else None


def _insert(session: Session, table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            session.execute(insert(table.__table__), batch)
            batch = []
    if batch:
        session.execute(insert(table.__table__), batch)


def _group(session: Session, groups: Mapping[int, tuple[int | None, int | None]]) -> None:
    """Write the groups of documents, where they are others than before."""
    columns = (Document.id, Document.near_duplicate_group, Document.origin_group)
    rows = [
        {"document": id_, "near": near, "origin": origin}
        for id_, *old in session.execute(select(*columns))
        for near, origin in [groups.get(id_, (None, None))]
        if (near, origin) != tuple(old)
    ]
    if rows:
        session.connection().execute(
            update(Document)
            .where(Document.id == bindparam("document"))
            .values(near_duplicate_group=bindparam("near"), origin_group=bindparam("origin")),
            rows,
        )
