"""Incidents of the last run of corroboration: a list of those of a filter, one side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select

from temoin.casefile import Case, CaseError
from temoin.casefile.incidents import incident_shown, incidents_listed, side_by_side
from temoin.casefile.schema import SENSITIVITIES, Incident
from temoin.record import EventType
from temoin.workbench.api.models.common import Piece
from temoin.workbench.api.models.incidents import (
    IncidentDetail,
    IncidentField,
    IncidentLink,
    IncidentMember,
    IncidentPage,
    IncidentRow,
    IncidentValue,
    Judged,
    Run,
)
from temoin.workbench.problems import Problem
from temoin.workbench.views.columns import Array
from temoin.workbench.views.paging import offset
from temoin.workbench.views.selecting import Reading, reading
from temoin.workbench.views.telling import point
from temoin.workbench.views.vocabulary import family_of, incident_field

__all__ = ["incident", "incidents"]

_RANK = {"contested": 0, "corroborated": 1, "single source": 2}


@dataclass(frozen=True, slots=True)
class _All:
    """What incidents are put in order by: arrays, one value an incident.

    Attributes:
        ids: Their ids.
        word: The number of each id among the words of the columns.
        rank: 0 contested, 1 corroborated, 2 single source.
        claims: How many claims.
        day: First day; the largest number where it is not known.
        run: The last run; None where there was none.
    """

    ids: list[str]
    word: Array
    rank: Array
    claims: Array
    day: Array
    run: Run | None


def incidents(
    case: Case,
    q: str,
    *,
    contested: bool,
    several: bool,
    order: str,
    limit: int,
    after: str | None,
) -> IncidentPage:
    """Incidents that have a claim which a query finds.

    Args:
        case: The case.
        q: The query.
        contested: Only contested ones.
        several: Leave out those of one claim.
        order: contested (those first), claims (the most first), or time (the newest first).
        limit: Most on a page.
        after: Where the page before ended.

    Raises:
        Problem: `after` is of no page.
        QueryError: The query cannot be read.
    """
    first = offset(after)
    with reading(case) as now:
        found = now.found(q)
        notes = list(found.notes)
        all_ = now.memory.value_of("incidents", now.head, lambda: _read(case, now))
        if all_.run is None:
            notes.append("Nobody has looked for incidents yet: corroborate first.")
        elif all_.run.since:
            notes.append(
                f"{all_.run.since:,} changes since the last run of corroboration are not in it."
            )
        words = np.unique(now.columns.claims["incident"][found.at])
        kept = np.isin(all_.word, words[words > 0])
        if contested:
            kept &= all_.rank == 0
        if several:
            kept &= all_.claims > 1
        at = np.nonzero(kept)[0]
        keys = {
            "contested": (all_.day[at], -all_.claims[at], all_.rank[at]),
            "claims": (all_.day[at], -all_.claims[at]),
            "time": (-all_.claims[at], -np.where(all_.day[at] < _LATE, all_.day[at], -1)),
        }[order]
        at = at[np.lexsort((at, *keys))]
        page = [all_.ids[number] for number in at[first : first + limit].tolist()]
        return IncidentPage(
            items=_rows(now, page),
            total=len(at),
            next=str(first + limit) if first + limit < len(at) else None,
            notes=notes,
            run=all_.run,
        )


def incident(case: Case, id_: str) -> IncidentDetail:
    """An incident side by side.

    Args:
        case: The case.
        id_: Its id, or the beginning of it, or the number of one of its claims.

    Raises:
        Problem: There is none, or no longer.
    """
    try:
        told = incident_shown(case, id_)
    except CaseError as error:
        raise Problem(404, error.cause) from error
    with reading(case) as now:
        rows = _rows(now, [told["incident"]["id"]])
        if not rows:
            raise Problem(404, f"there is no incident {id_!r}")
        return IncidentDetail(
            run=_run(told),
            incident=rows[0],
            title=side_by_side(told).title,
            claims=[_member(now, claim) for claim in told["claims"]],
            fields=[
                IncidentField(
                    field=each["field"],
                    label=incident_field(each["field"]),
                    contested=each["contested"],
                    values=[IncidentValue(**value) for value in each["values"]],
                )
                for each in told["fields"]
            ],
            links=[IncidentLink(**link) for link in told["links"]],
            decisions=[Judged(**each) for each in told["decisions"]],
            notes=[f"{told['since']:,} changes since the last run of corroboration are not in it."]
            if told["since"]
            else [],
        )


_LATE = 2**31 - 1


def _read(case: Case, now: Reading) -> _All:
    """All incidents that hold, as far as their order and filters need them."""
    rows = now.session.execute(
        select(Incident.id, Incident.support, Incident.claims, Incident.earliest)
        .where(Incident.retired.is_(None))
        .order_by(Incident.id)
    ).all()
    ids = [row.id for row in rows]
    try:
        run = _run(incidents_listed(case, limit=0))
    except CaseError:
        run = None  # there was none yet
    return _All(
        ids=ids,
        word=now.columns.words["incident"].numbers(ids),
        rank=np.array([_RANK[row.support] for row in rows], dtype=np.int8),
        claims=np.array([row.claims for row in rows], dtype=np.int32),
        day=np.array(
            [row.earliest.toordinal() if row.earliest else _LATE for row in rows], dtype=np.int64
        ),
        run=run,
    )


def _run(told: dict[str, Any]) -> Run:
    return Run(
        **{name: told["run"][name] for name in Run.model_fields if name in told["run"]},
        since=told["since"],
    )


def _rows(now: Reading, ids: Sequence[str]) -> list[IncidentRow]:
    found = {
        row.id: row for row in now.session.scalars(select(Incident).where(Incident.id.in_(ids)))
    }
    numbers = now.columns.words["incident"].numbers(ids)
    levels = {}
    for id_, number in zip(ids, numbers, strict=True):
        mine = now.columns.claims["sensitivity"][now.columns.claims["incident"] == number]
        levels[id_] = SENSITIVITIES[int(mine.max(initial=0))]
    return [
        IncidentRow(
            id=row.id,
            revision=row.revision,
            support=row.support,
            credibility=row.credibility,
            why=row.why,
            contested=row.contested.split(", ") if row.contested else [],
            claims=row.claims,
            documents=row.documents,
            origins=row.origins,
            denials=row.denials,
            type=EventType(row.type),
            family=family_of(row.type),
            types=row.types.split(", "),
            earliest=row.earliest,
            latest=row.latest,
            place=row.place,
            point=point(row.latitude, row.longitude, row.radius_km),
            sensitivity=levels[row.id],
        )
        for id_ in ids
        if (row := found.get(id_)) is not None
    ]


def _member(now: Reading, claim: dict[str, Any]) -> IncidentMember:
    at = now.columns.position(claim["claim"])
    columns = now.columns.claims
    told: dict[str, Any] = {
        "sensitivity": "internal" if at is None else now.columns.sensitivity(at),
        "language": "other" if at is None else now.columns.document_text("language", at),
    }
    spot = None
    if at is not None and not np.isnan(columns["latitude"][at]):
        radius = float(columns["radius_km"][at])
        spot = point(
            float(columns["latitude"][at]),
            float(columns["longitude"][at]),
            None if np.isnan(radius) else radius,
        )
    return IncidentMember(
        claim=claim["claim"],
        version=0 if at is None else int(columns["version"][at]),
        document=claim["document_id"],
        document_name=claim["document"],
        title=claim["title"],
        published=claim["published"],
        origin=claim["origin"],
        voice=claim["voice"],
        type=EventType(claim["type"]),
        family=family_of(claim["type"]),
        state=claim["state"],
        present=claim["present"],
        sentence=Piece(**claim["sentence"]),
        trigger_start=claim["trigger_start"],
        trigger_end=claim["trigger_end"],
        says=claim["says"],
        point=spot,
        **told,
    )
