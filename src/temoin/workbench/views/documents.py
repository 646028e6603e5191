"""Documents: a list, one with its text, its claims, changes to what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import select

from temoin.casefile import Case
from temoin.casefile.documents import change_document
from temoin.casefile.held import claims_held
from temoin.casefile.parts import parts_of
from temoin.casefile.schema import Acquisition, Document, Producer, StoredRecord
from temoin.casefile.searching import DocumentHit, search_documents
from temoin.workbench.api.models.common import Snippet
from temoin.workbench.api.models.documents import (
    Acquired,
    DocumentClaims,
    DocumentDetail,
    DocumentPage,
    DocumentRef,
    DocumentRow,
    RecordRef,
    StateCounts,
)
from temoin.workbench.api.models.review import DocumentUpdate
from temoin.workbench.problems import Problem
from temoin.workbench.views.details import full_claims, marks_left, relations
from temoin.workbench.views.selecting import Reading, reading

__all__ = ["claims_of", "document", "documents", "update"]

#: Claims of one document that are sent at most; a book has more.
_MOST_CLAIMS = 5_000

#: Other documents that one names.
_MOST_OTHERS = 100


def documents(
    case: Case, q: str, *, order: str | None, limit: int, after: str | None
) -> DocumentPage:
    """Documents that a query finds.

    Raises:
        QueryError: The query cannot be read.
        CaseError: `after` is of no page.
    """
    page = search_documents(case, q, order=order, limit=limit, after=after)
    with reading(case) as now:
        return DocumentPage(
            items=_rows(now, page.hits), total=page.total, next=page.next, notes=list(page.notes)
        )


def document(case: Case, number: int) -> DocumentDetail:
    """A document with its text.

    Raises:
        Problem: There is no such document.
    """
    with reading(case) as now:
        session = now.session
        row = session.get(Document, number)
        if row is None:
            raise Problem(404, f"there is no document {number}")
        stored = session.scalar(
            select(StoredRecord.id).where(StoredRecord.document_id == number, StoredRecord.current)
        )
        record = parts_of(session, stored).document if stored else None
        states = _states(now, [number])[number]
        told: dict[str, Any] = {
            name: getattr(row, name)
            for name in (
                "id", "name", "version", "title", "publisher", "author", "language", "published",
                "published_from", "url", "archive_url", "licence", "media_type", "size", "sha256",
                "text_sha256", "added_at", "added_by", "sensitivity", "status", "text",
            )
        }  # fmt: skip
        return DocumentDetail(
            **told,
            claims=sum(dict(states).values()),
            states=states,
            sentences=list(record.sentences) if record else [],
            notes=list(record.notes) if record else [],
            copies=_others(now, row, Document.near_duplicate_group == row.near_duplicate_group)
            if row.near_duplicate_group is not None
            else [],
            translation_of=next(iter(_others(now, row, Document.id == row.translation_of)), None),
            translations=_others(now, row, Document.translation_of == number),
            acquisitions=_acquisitions(now, number),
            records=_records(now, number),
        )


def claims_of(case: Case, number: int) -> DocumentClaims:
    """All claims of a document, in the order of its text.

    Raises:
        Problem: There is no such document.
    """
    with reading(case) as now:
        if now.session.scalar(select(Document.id).where(Document.id == number)) is None:
            raise Problem(404, f"there is no document {number}")
        held = claims_held(now.session, number)
        if held is None:
            notes = ["Nothing has read this document yet."]
            return DocumentClaims(
                document=number, items=[], relations=[], ungrounded=[], notes=notes
            )
        items = sorted(full_claims(now, held), key=lambda each: (each.trigger.start, each.id))
        notes = []
        if len(items) > _MOST_CLAIMS:
            notes.append(f"The first {_MOST_CLAIMS:,} of {len(items):,} claims.")
        return DocumentClaims(
            document=number,
            items=items[:_MOST_CLAIMS],
            relations=relations(now, held),
            ungrounded=marks_left(held),
            notes=notes,
        )


def update(case: Case, number: int, body: DocumentUpdate, *, actor: str) -> None:
    """Change what is known of a document.

    Raises:
        Problem: There is no such document, or somebody changed it since.
    """
    columns = {
        name: value
        for name, value in (("sensitivity", body.sensitivity), ("status", body.status))
        if value is not None
    }
    with case.writing(actor=actor) as work:
        row = work.session.get(Document, number)
        if row is None:
            raise Problem(404, f"there is no document {number}")
        if row.version != body.version:
            detail = f"document {number} was changed since you saw it: look at it again"
            raise Problem(409, detail, version=row.version)
        if row.status == "removed" and "status" in columns:
            raise Problem(422, f"document {number} was removed; that is not undone here")
        if columns:
            change_document(work, number, reason=body.comment, **columns)


def _rows(now: Reading, hits: Sequence[DocumentHit]) -> list[DocumentRow]:
    numbers = [hit.document_id for hit in hits]
    states = _states(now, numbers)
    groups = now.session.execute(
        select(Document.id, Document.near_duplicate_group).where(Document.id.in_(numbers))
    )
    group: dict[int, int | None] = {row[0]: row[1] for row in groups}
    return [
        DocumentRow(
            id=hit.document_id,
            name=hit.document,
            title=hit.title,
            publisher=hit.publisher,
            language=hit.language,
            published=hit.published,
            sensitivity=hit.sensitivity,
            status=hit.status,
            claims=sum(dict(states[hit.document_id]).values()),
            states=states[hit.document_id],
            copies=group.get(hit.document_id),
            snippet=Snippet(
                start=hit.snippet.start,
                end=hit.snippet.end,
                text=hit.snippet.text,
                marks=list(hit.snippet.marks),
            ),
        )
        for hit in hits
    ]


def _states(now: Reading, numbers: Sequence[int]) -> dict[int, StateCounts]:
    """How many claims each document has in each state; without those that a newer model lost."""
    columns = now.columns
    documents = columns.documents["id"]
    counted = now.memory.value_of("states", now.head, lambda: _counted(now))
    texts = columns.words["state"].texts
    found = {}
    for number in numbers:
        at = int(np.searchsorted(documents, number))
        row = counted[at] if at < len(documents) and documents[at] == number else []
        told = {str(texts[state]): int(count) for state, count in enumerate(row) if count}
        found[number] = StateCounts(**told)
    return found


def _counted(now: Reading) -> Any:  # noqa: ANN401 - an array
    """Claims by document and state, of all documents."""
    columns = now.columns
    states = len(columns.words["state"].texts)
    pending = columns.words["state"].number("pending")
    kept = columns.claims["present"] | (columns.claims["state"] != pending)
    cells = columns.claims["document_at"][kept] * states + columns.claims["state"][kept]
    return np.bincount(cells, minlength=len(columns.documents["id"]) * states).reshape(-1, states)


def _others(now: Reading, row: Document, which: Any) -> list[DocumentRef]:  # noqa: ANN401
    found = now.session.execute(
        select(Document.id, Document.name, Document.publisher, Document.published)
        .where(which, Document.id != row.id)
        .order_by(Document.id)
        .limit(_MOST_OTHERS)
    )
    return [
        DocumentRef(id=id_, name=name, publisher=publisher, published=published)
        for id_, name, publisher, published in found
    ]


def _acquisitions(now: Reading, number: int) -> list[Acquired]:
    found = now.session.scalars(
        select(Acquisition).where(Acquisition.document_id == number).order_by(Acquisition.id)
    )
    return [
        Acquired(
            location=each.location,
            collected_by=each.collected_by,
            at=each.at,
            retrieved_at=each.retrieved_at,
            note=each.note,
        )
        for each in found
    ]


def _records(now: Reading, number: int) -> list[RecordRef]:
    found = now.session.execute(
        select(StoredRecord.id, StoredRecord.added_at, StoredRecord.current, Producer)
        .join(Producer, Producer.id == StoredRecord.producer_id)
        .where(StoredRecord.document_id == number)
        .order_by(StoredRecord.number)
    )
    return [
        RecordRef(id=id_, producer=f"{made.name}, Témoin {made.temoin}", at=at, current=current)
        for id_, at, current, made in found
    ]
