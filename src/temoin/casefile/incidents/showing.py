"""Incidents of a case as plain data: a list of them, and one side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy import case as choice
from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.errors import CaseError
from temoin.casefile.evidence import evidence
from temoin.casefile.incidents.freshness import last_run
from temoin.casefile.incidents.pairs import active_pairs
from temoin.casefile.incidents.suggested import suggested
from temoin.casefile.schema import (
    Claim,
    ClaimLink,
    Document,
    Incident,
    IncidentClaim,
)
from temoin.corroboration.fields import Difference
from temoin.corroboration.grading import Grade, Support
from temoin.corroboration.linking import Link, LinkKind
from temoin.corroboration.view import FIELDS, Row, View, graded, notes

__all__ = ["incident_shown", "incidents_listed", "side_by_side"]

_RUN = ("id", "at", "by", "query", "claims", "documents", "incidents", "single", "corroborated",
        "contested", "copies", "decisions", "clashes")  # fmt: skip


def incidents_listed(
    case: Case, *, support: str | None = None, several: bool = False, limit: int | None = None
) -> dict[str, Any]:
    """The incidents of the last run: contested ones first, then by how many claims they have.

    Args:
        case: The case.
        support: Only those of this grade.
        several: Leave out those of one claim.
        limit: The first so many.

    Returns:
        The run, whether it is out of date, how many there are, and a row for each.

    Raises:
        CaseError: There was no run yet.
    """
    with case.reading() as session:
        run = _last_run(case, session)
        conditions: list[ColumnElement[bool]] = [Incident.retired.is_(None)]
        if support is not None:
            conditions.append(Incident.support == support)
        if several:
            conditions.append(Incident.claims > 1)
        wanted = and_(*conditions)
        rank = choice({"contested": 0, "corroborated": 1}, value=Incident.support, else_=2)
        rows = session.scalars(
            select(Incident)
            .where(wanted)
            .order_by(rank, Incident.claims.desc(), Incident.earliest, Incident.id)
            .limit(limit)
        )
        return {
            **run,
            "total": session.scalar(select(func.count()).select_from(Incident).where(wanted)),
            "incidents": [_columns(row) for row in rows],
        }


def incident_shown(case: Case, id_: str) -> dict[str, Any]:
    """An incident side by side: each claim with its sentence, what it says, its links.

    `suggestions` has the incidents that may be the same one and were not joined, with what
    their claims would disagree in.

    Args:
        case: The case.
        id_: The incident's id or the beginning of it, or the number of one of its claims.

    Raises:
        CaseError: There is none, or no longer.
    """
    with case.reading() as session:
        run = _last_run(case, session)
        incident = _found(case, session, id_)
        members = session.execute(
            select(IncidentClaim, Claim, Document.name, Document.title, Document.published)
            .join(Claim, Claim.id == IncidentClaim.claim_id)
            .join(Document, Document.id == Claim.document_id)
            .where(IncidentClaim.incident_id == incident.id)
            .order_by(IncidentClaim.number)
        ).all()
        numbers = [claim.id for _, claim, *_ in members]
        sentences = evidence(session, numbers)
        claims = [
            {
                "claim": claim.id,
                "document": name,
                "document_id": claim.document_id,
                "title": title,
                "published": published,
                "origin": member.origin,
                "voice": member.voice,
                "type": claim.type,
                "state": claim.state,
                "present": claim.present,
                "sentence": asdict(sentences[claim.id]),
                "trigger_start": claim.trigger_start,
                "trigger_end": claim.trigger_end,
                "says": json.loads(member.told),
            }
            for member, claim, name, title, published in members
        ]
        links = session.scalars(
            select(ClaimLink).where(ClaimLink.incident_id == incident.id).order_by(ClaimLink.id)
        )
        return {
            **run,
            "incident": _columns(incident),
            "claims": claims,
            "fields": _fields(claims, incident.contested),
            "links": [_link(row) for row in links],
            "decisions": _decisions(session, set(numbers)),
            "suggestions": suggested(session, incident.id),
        }


def side_by_side(told: Mapping[str, Any]) -> View:
    """What `incident_shown` tells, laid out as corroboration lays an incident out."""
    incident, claims = told["incident"], told["claims"]
    ids = [str(claim["claim"]) for claim in claims]
    return View(
        incident=f"{incident['id']}, revision {incident['revision']}",
        title=_title(incident),
        grade=_grade(incident),
        voices={str(claim["claim"]): _voice(claim) for claim in claims},
        origins={str(claim["claim"]): claim["origin"] for claim in claims},
        rows=tuple(
            Row(
                field["field"],
                field["heading"],
                {
                    id_: next((v["value"] for v in field["values"] if int(id_) in v["claims"]), "")
                    for id_ in ids
                },
                field["contested"],
            )
            for field in told["fields"]
        ),
        quotes={
            str(claim["claim"]): " ".join(claim["sentence"]["text"].split()) for claim in claims
        },
        notes=tuple(notes(_links(told["links"]), ids)),
    )


def _last_run(case: Case, session: Session) -> dict[str, Any]:
    """The last run, and how much was done since that may matter."""
    found = last_run(session)
    if found is None:
        cause = f"no incidents yet: temoin corroborate {case.target.shown}"
        raise CaseError(case.target.shown, cause)
    run, since = found
    return {"run": {name: getattr(run, name) for name in _RUN}, "since": since}


def _found(case: Case, session: Session, id_: str) -> Incident:
    """The incident that an id, the beginning of one, or a claim's number means."""
    if id_.isascii() and id_.isdigit() and len(id_) < 10:
        held = session.scalar(
            select(Incident)
            .join(IncidentClaim, IncidentClaim.incident_id == Incident.id)
            .where(IncidentClaim.claim_id == int(id_))
        )
        if held is None:
            raise CaseError(case.target.shown, f"claim {id_} is in no incident of the last run")
        return held
    exact = session.get(Incident, id_)
    if exact is None:
        begins = Incident.id.startswith(id_, autoescape=True)
        found = session.scalars(
            select(Incident).where(begins, Incident.retired.is_(None)).limit(2)
        ).all()
        if not found or not id_:
            raise CaseError(case.target.shown, f"there is no incident {id_!r}")
        if len(found) > 1:
            raise CaseError(case.target.shown, f"several incidents begin with {id_!r}")
        return found[0]
    if exact.retired is not None:
        now = _successor(session, exact)
        where = f"most of its claims are in {now} now" if now else "none of its claims is left"
        cause = f"incident {id_} is no more since run {exact.retired}: {where}"
        raise CaseError(case.target.shown, cause)
    return exact


def _successor(session: Session, gone: Incident) -> str | None:
    """What holds most claims of a retired incident, over as many runs as it takes."""
    seen, at = set[str](), gone
    while at.retired is not None and at.successor is not None and at.id not in seen:
        seen.add(at.id)
        after = session.get(Incident, at.successor)
        if after is None:
            return None
        at = after
    return at.id if at.retired is None else None


def _columns(row: Incident) -> dict[str, Any]:
    left_out = {"retired", "successor", "former"}
    names = [column.key for column in Incident.__table__.columns if column.key not in left_out]
    return {name: getattr(row, name) for name in names}


def _fields(claims: Sequence[Mapping[str, Any]], contested: str | None) -> list[dict[str, Any]]:
    """Field by field, each value with the claims that give it."""
    quarrels = (contested or "").split(", ")
    fields = []
    for name, heading in FIELDS.items():
        values: dict[str, list[int]] = {}
        for claim in claims:
            if name in claim["says"]:
                values.setdefault(claim["says"][name], []).append(claim["claim"])
        if values:
            told = [{"value": value, "claims": who} for value, who in values.items()]
            fields.append(
                {"field": name, "heading": heading, "contested": name in quarrels, "values": told}
            )
    return fields


def _link(row: ClaimLink) -> dict[str, Any]:
    return {
        "claim": row.claim_id,
        "other": row.other_id,
        "kind": row.kind,
        "field": row.field,
        "value": row.value,
        "other_value": row.other_value,
        "agreed": row.agreed.split(", ") if row.agreed else [],
        "rule": row.rule,
    }


def _links(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """Links as corroboration has them: one for two claims, with all their differences."""
    found: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["claim"], row["other"]), []).append(row)
    return [
        Link(
            str(a),
            str(b),
            LinkKind(each[0]["kind"]),
            tuple(
                Difference(row["field"], row["value"], row["other_value"])
                for row in each
                if row["field"]
            ),
            tuple(each[0]["agreed"]),
            each[0]["rule"],
        )
        for (a, b), each in found.items()
    ]


def _decisions(session: Session, claims: set[int]) -> list[dict[str, Any]]:
    """The verdicts that hold on its claims."""
    return [
        {
            "claims": [row.claim_id, row.other_id],
            "verdict": row.verdict,
            "reviewer": row.reviewer,
            "reason": row.reason,
            "at": row.at,
        }
        for row in active_pairs(session)
        if {row.claim_id, row.other_id} & claims
    ]


def _title(incident: Mapping[str, Any]) -> str:
    types = incident["types"].replace("_", " ").replace(", ", " / ")
    days = "..".join(
        dict.fromkeys(str(day) for day in (incident["earliest"], incident["latest"]) if day)
    )
    return ", ".join(each for each in (types, incident["place"], days) if each)


def _voice(claim: Mapping[str, Any]) -> str:
    by = claim["voice"]
    where = "" if claim["document"] in by else f" ({claim['document']})"
    state = "" if claim["state"] == "pending" else f", {claim['state']}"
    return f"claim {claim['claim']}, {by}{where}{state}"


def _grade(incident: Mapping[str, Any]) -> str:
    return graded(
        Grade(
            Support(incident["support"]),
            incident["origins"],
            incident["denials"],
            (),
            incident["credibility"],
            incident["why"],
        )
    )
