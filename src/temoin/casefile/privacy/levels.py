"""How sensitive documents and fields of claims are: set with an audit entry, read for exports."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.canonical import now
from temoin.casefile.case import Case
from temoin.casefile.documents import change_document
from temoin.casefile.effective import EVENT_FIELDS
from temoin.casefile.errors import CaseError
from temoin.casefile.privacy.profiles import Level
from temoin.casefile.privacy.redacting import Marks
from temoin.casefile.schema import Argument, Claim, Document, FieldSensitivity
from temoin.casefile.states import state

__all__ = ["marks_of", "set_document_level", "set_field_level"]


def set_document_level(
    case: Case, documents: list[int], level: Level, *, actor: str, reason: str | None = None
) -> int:
    """Set how sensitive documents are, all of them or none.

    Args:
        case: The case.
        documents: Their numbers.
        level: The level.
        actor: Who sets it.
        reason: Why.

    Returns:
        How many changed.

    Raises:
        CaseError: There is no such document.
    """
    with case.writing(actor=actor) as work:
        known = set(work.session.scalars(select(Document.id).where(Document.id.in_(documents))))
        for number in documents:
            if number not in known:
                raise CaseError(case.target.shown, f"there is no document {number}")
        return sum(
            change_document(work, number, reason=reason, sensitivity=level)
            for number in dict.fromkeys(documents)
        )


def set_field_level(
    case: Case,
    claim: int,
    field: str,
    level: Level,
    *,
    actor: str,
    reason: str | None = None,
) -> bool:
    """Set how sensitive one field of a claim is.

    Args:
        case: The case.
        claim: The claim's number.
        field: As in `decisions` (place, time, `actor:3-9`), or `*` for the whole claim.
        level: The level.
        actor: Who sets it.
        reason: Why.

    Returns:
        Whether it changed.

    Raises:
        CaseError: There is no such claim or field.
    """
    with case.writing(actor=actor) as work:
        session = work.session
        if session.get(Claim, claim) is None:
            raise CaseError(case.target.shown, f"there is no claim {claim}")
        if field != "*" and field not in EVENT_FIELDS:
            known = select(Argument.id).where(Argument.claim_id == claim, Argument.field == field)
            if session.scalar(known.limit(1)) is None:
                cause = f"claim {claim} has no field {field!r}"
                raise CaseError(case.target.shown, cause)
        mark = session.scalar(
            select(FieldSensitivity).where(
                FieldSensitivity.claim_id == claim, FieldSensitivity.field == field
            )
        )
        before = None
        if mark is None:
            mark = FieldSensitivity(claim_id=claim, field=field)
            session.add(mark)
        else:
            if mark.sensitivity == level:
                return False
            before = state(mark)
        mark.sensitivity, mark.at, mark.by = level, now(), actor
        session.flush()
        action = "add" if before is None else "update"
        after = state(mark)
        work.log.append(action, "field_sensitivity", mark.id, old=before, new=after, reason=reason)
        return True


def marks_of(session: Session, document_id: int, keys: dict[int, str]) -> Marks:
    """How sensitive a document and the fields of its claims are.

    Args:
        session: A transaction.
        document_id: The document.
        keys: The event's id in the record, by claim.
    """
    level = session.scalar(select(Document.sensitivity).where(Document.id == document_id))
    found = session.scalars(
        select(FieldSensitivity)
        .join(Claim, Claim.id == FieldSensitivity.claim_id)
        .where(Claim.document_id == document_id)
        .order_by(FieldSensitivity.id)
    )
    fields = {
        (keys[mark.claim_id], mark.field): mark.sensitivity
        for mark in found
        if mark.claim_id in keys
    }
    return Marks(level or "secret", fields)
