"""The audit log, the newest entries first."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, and_, func, or_, select

from temoin.casefile import Case
from temoin.casefile.schema import AuditEntry as Row
from temoin.casefile.schema import CaseInfo, Decision, Document, StoredRecord
from temoin.workbench.api.models.audit import AuditEntry, AuditPage, HeadAnswer
from temoin.workbench.problems import Problem

__all__ = ["audit"]


def audit(
    case: Case,
    *,
    claim: int | None,
    document: int | None,
    actor: str | None,
    action: str | None,
    kind: str | None,
    limit: int,
    after: str | None,
) -> AuditPage:
    """Entries of the log.

    Args:
        case: The case.
        claim: Only decisions on this claim.
        document: Only what was done to this document, its records and its claims.
        actor: Only what this person did.
        action: Only this.
        kind: Only what was done to such things.
        limit: Most on a page.
        after: Where the page before ended.

    Raises:
        Problem: `after` is of no page.
    """
    wanted = []
    if claim is not None:
        wanted.append(_of_claim(claim))
    if document is not None:
        wanted.append(_of_document(document))
    for column, value in ((Row.actor, actor), (Row.action, action), (Row.kind, kind)):
        if value is not None:
            wanted.append(column == value)
    with case.reading() as session:
        info = session.execute(select(CaseInfo.head_seq, CaseInfo.head_hash)).one()
        total = session.scalar(select(func.count()).select_from(Row).where(*wanted)) or 0
        page = list(wanted)
        if after is not None:
            if not (after.isascii() and after.isdigit() and len(after) < 18):
                raise Problem(422, "the place where the next page begins is none of this list")
            page.append(Row.seq < int(after))
        rows = session.scalars(
            select(Row).where(*page).order_by(Row.seq.desc()).limit(limit + 1)
        ).all()
        decisions = [row.target for row in rows if row.kind == "decision"]
        claims = dict(
            session.execute(
                select(Decision.id, Decision.claim_id).where(Decision.id.in_(decisions))
            ).all()
        )
        records = [row.target for row in rows if row.kind == "record"]
        documents = dict(
            session.execute(
                select(StoredRecord.id, StoredRecord.document_id).where(
                    StoredRecord.id.in_(records)
                )
            ).all()
        )
        items = [
            AuditEntry(
                **{
                    name: getattr(row, name)
                    for name in (
                        "seq", "at", "actor", "tool", "action", "kind", "target", "field",
                        "reason", "prev_hash", "hash",
                    )
                },
                old=_told(row.old),
                new=_told(row.new),
                claim=claims.get(row.target) if row.kind == "decision" else None,
                document=row.target if row.kind == "document"
                else documents.get(row.target) if row.kind == "record" else None,
            )
            for row in rows[:limit]
        ]  # fmt: skip
        return AuditPage(
            items=items,
            total=total,
            next=str(rows[limit - 1].seq) if len(rows) > limit else None,
            head=HeadAnswer(seq=info.head_seq, hash=info.head_hash),
        )


def _told(state: str | None) -> object:
    return None if state is None else json.loads(state)


def _of_claim(claim: int) -> ColumnElement[bool]:
    decisions = select(Decision.id).where(Decision.claim_id == claim)
    return and_(Row.kind == "decision", Row.target.in_(decisions))


def _of_document(document: int) -> ColumnElement[bool]:
    records = select(StoredRecord.id).where(StoredRecord.document_id == document)
    from temoin.casefile.schema import Acquisition, Claim

    decisions = (
        select(Decision.id)
        .join(Claim, Claim.id == Decision.claim_id)
        .where(Claim.document_id == document)
    )
    found = select(Acquisition.id).where(Acquisition.document_id == document)
    return or_(
        and_(
            Row.kind == "document",
            Row.target.in_(select(Document.id).where(Document.id == document)),
        ),
        and_(Row.kind == "record", Row.target.in_(records)),
        and_(Row.kind == "acquisition", Row.target.in_(found)),
        and_(Row.kind == "decision", Row.target.in_(decisions)),
    )
