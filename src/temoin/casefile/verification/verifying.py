"""Verifies a whole case, in one transaction that sees one state of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from temoin.casefile.case import Case
from temoin.casefile.schema import Document
from temoin.casefile.verification.chain import Told, check_chain
from temoin.casefile.verification.faults import Fault, Head
from temoin.casefile.verification.guards import check_guards, check_search
from temoin.casefile.verification.incidents import check_incidents
from temoin.casefile.verification.rows import check_document
from temoin.casefile.verification.told import check_originals, check_told

__all__ = ["Report", "verify"]


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found.

    Attributes:
        faults: Every fault, in the order in which they were found; none if all is well.
        entries: Entries of the audit log.
        documents: Documents.
        head: The last entry; worth noting somewhere else.
    """

    faults: tuple[Fault, ...]
    entries: int
    documents: int
    head: Head


def verify(
    case: Case,
    *,
    tell: Callable[[Fault], None] | None = None,
    heads: Sequence[Head] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check everything in a case.

    Args:
        case: The case.
        tell: Called with each fault as soon as it is found.
        heads: Entries of the audit log that were noted elsewhere: whoever computed the whole
            log anew is found out by them.
        progress: Called with how many documents of how many are done.

    Raises:
        CaseError: The case cannot be read.
    """
    told, faults = Told(), list[Fault]()
    with case.reading() as session:
        documents = session.scalar(select(func.count()).select_from(Document)) or 0
        for fault in _all_faults(session, told, heads, documents, progress):
            faults.append(fault)
            if tell:
                tell(fault)
    return Report(faults=tuple(faults), entries=told.entries, documents=documents, head=told.head)


def _all_faults(
    session: Session,
    told: Told,
    heads: Sequence[Head],
    documents: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Fault]:
    yield from _check_file(session)
    yield from check_guards(session)
    yield from check_chain(session, told, heads=heads)
    yield from check_told(session, told)
    yield from check_originals(session)
    yield from check_incidents(session)
    yield from check_search(session)
    numbers = session.scalars(select(Document.id).order_by(Document.id)).all()
    for done, number in enumerate(numbers, 1):
        yield from check_document(session, number)
        session.expunge_all()
        if progress:
            progress(done, documents)


def _check_file(session: Session) -> Iterator[Fault]:
    """SQLite's own check of its file; PostgreSQL keeps checksums of its own."""
    if session.get_bind().dialect.name == "sqlite":
        for said in session.scalars(text("PRAGMA quick_check(20)")):
            if said != "ok":
                yield Fault("file", None, f"is damaged: {said}")
        for table, row in session.execute(
            text('SELECT "table", rowid FROM pragma_foreign_key_check')
        ):
            yield Fault(table, row, "refers to a row that is gone")
