"""A case as lines: effective records, with the decisions that made them as `review`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin._version import __version__
from temoin.casefile.case import Case
from temoin.casefile.exchanging.pairs import pairs_told
from temoin.casefile.held import HeldClaim, HeldDocument, document_held, record_held
from temoin.casefile.privacy import Marks, Profile, Report, published, redact
from temoin.casefile.privacy.hiding import Names
from temoin.casefile.privacy.levels import marks_of
from temoin.casefile.schema import (
    CaseInfo,
    Claim,
    Decision,
    Document,
    FieldSensitivity,
    Producer,
)
from temoin.record import Record

__all__ = [
    "DECISION_COLUMNS",
    "DOCUMENT_COLUMNS",
    "FORMAT",
    "PRODUCER_COLUMNS",
    "Exported",
    "effective_record",
    "exported_records",
    "manifest",
]

#: Version of the lines: readers refuse a later one.
FORMAT = 2

#: Columns that lines carry, besides what the record has.
DOCUMENT_COLUMNS = ("archive_url", "author", "content_key", "licence", "sensitivity", "status")
PRODUCER_COLUMNS = ("kind", "name", "temoin", "model_sha256", "terms")
DECISION_COLUMNS = (
    "field", "verdict", "reviewer", "reason_code", "reason", "at", "claim_version", "batch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """One document of an export.

    Attributes:
        line: Its line of JSON without line end; None where a profile leaves it out.
        record: The record; None likewise.
        report: What the profile left out; None without a profile.
    """

    line: str | None
    record: Record | None
    report: Report | None


def exported_records(case: Case, *, profile: Profile | None = None) -> Iterator[Exported]:
    """All documents of a case, in their order, as lines.

    Args:
        case: The case.
        profile: What to leave out; hidden and removed documents are left out, too.
    """
    names = Names()
    with case.reading() as session:
        documents = select(Document.id).order_by(Document.id)
        if profile is not None:
            documents = documents.where(Document.status.in_(("active", "frozen")))
        for number in session.scalars(documents).all():
            exported = _exported(session, number, profile, names)
            session.expunge_all()
            if exported is not None:
                yield exported


def effective_record(session: Session, document_id: int) -> tuple[Record, Marks] | None:
    """What holds of a document now, and how sensitive it is; None where it has no record.

    Args:
        session: A transaction.
        document_id: The document.
    """
    found = document_held(session, document_id)
    if found is None:
        return None
    keys = {each.claim.id: each.key for each in found.claims}
    return record_held(found), marks_of(session, document_id, keys)


def manifest(case: Case, *, documents: int, sha256: str, profile: Profile | None) -> str:
    """What belongs beside a file of lines: from which state of which case it is."""
    with case.reading() as session:
        info = session.scalars(select(CaseInfo)).one()
        told = {
            "format": f"temoin-records/{FORMAT}",
            "case": info.uuid,
            "title": None if profile else info.title,
            "head": f"{info.head_seq}:{info.head_hash}",
            "documents": documents,
            "sha256": sha256,
            "profile": profile.model_dump() if profile else None,
            "temoin": __version__,
        }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _exported(
    session: Session, number: int, profile: Profile | None, names: Names
) -> Exported | None:
    found = document_held(session, number)
    if found is None:
        return None
    held = found.claims
    record = record_held(found)
    if profile is None:
        told = record.to_dict()
        told["review"] = _review(session, number, found)
        return Exported(_line(told), record, None)
    keys = {each.claim.id: each.key for each in held}
    redacted, report = redact(record, profile, marks=marks_of(session, number, keys), names=names)
    if redacted is None:
        return Exported(None, None, report)
    told = published(redacted, profile)
    there = {event.id for event in redacted.events}
    told["review"] = {
        "format": FORMAT,
        "profile": profile.name,
        "claims": [
            {"event": each.key, "state": each.claim.state} for each in held if each.key in there
        ],
    }
    return Exported(_line(told), redacted, report)


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _review(session: Session, number: int, held: HeldDocument) -> dict[str, Any]:
    machine, stored = held.record, held.stored
    document = session.get_one(Document, number)
    producer = session.get_one(Producer, stored.producer_id)
    marks: dict[int, list[FieldSensitivity]] = {}
    for mark in session.scalars(
        select(FieldSensitivity)
        .join(Claim, Claim.id == FieldSensitivity.claim_id)
        .where(Claim.document_id == number)
        .order_by(FieldSensitivity.field)
    ):
        marks.setdefault(mark.claim_id, []).append(mark)
    told = {
        "format": FORMAT,
        "document": _columns(document, DOCUMENT_COLUMNS),
        "producer": _columns(producer, PRODUCER_COLUMNS),
        "record_sha256": stored.sha256,
        "relations": [
            each.model_dump(mode="json", exclude_none=True) for each in machine.relations
        ],
        "claims": [_claim(each, marks.get(each.claim.id, [])) for each in held.claims],
    }
    pairs = pairs_told(session, number, {each.claim.id: each.key for each in held.claims})
    return {**told, "pairs": pairs} if pairs else told


def _claim(held: HeldClaim, marks: list[FieldSensitivity]) -> dict[str, Any]:
    claim = held.claim
    told: dict[str, Any] = {
        "event": held.key,
        "origin": claim.origin,
        "present": claim.present,
        "state": claim.state,
        "version": claim.version,
    }
    if held.machine is not None and not (held.holds and held.machine == held.event):
        told["machine"] = held.machine.model_dump(mode="json", exclude_none=True)
    places = {decision.id: place for place, decision in enumerate(held.decisions)}
    told["decisions"] = [_decision(each, places) for each in held.decisions]
    told["sensitivity"] = [_columns(each, ("field", "sensitivity", "at", "by")) for each in marks]
    return {name: value for name, value in told.items() if value != []}


def _decision(decision: Decision, places: dict[int, int]) -> dict[str, Any]:
    told = _columns(decision, DECISION_COLUMNS)
    for name in ("value", "machine"):
        value = getattr(decision, name)
        if value is not None:
            told[name] = json.loads(value)
    if decision.undoes is not None:
        # Numbers are another case's business: the place among the claim's own decisions.
        told["undoes"] = places[decision.undoes]
    return told


def _columns(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(row, name)) is not None}
