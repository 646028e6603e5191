"""Puts the rows of a data set into a case, some hundred in one transaction.

A row is one document by its data set, its id and its words: a row that is there is left
alone, a later revision with the same words becomes a newer record of the same document, and
one whose words changed becomes a new document while the old one is hidden (a document's
text never changes). Only one number a document is kept in memory, besides one batch.
"""

from __future__ import annotations

import datetime as dt
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import select, update

from temoin._version import __version__
from temoin.casefile.canonical import digest, sha256
from temoin.casefile.case import Case, Work
from temoin.casefile.claims import machine_event, refresh_claim
from temoin.casefile.documents import change_document
from temoin.casefile.importing.building import Built, build, revision_note
from temoin.casefile.importing.mapping import Mapping
from temoin.casefile.importing.rows import Row, read_rows
from temoin.casefile.importing.values import BadValueError
from temoin.casefile.originals import Original
from temoin.casefile.schema import Claim, Document, Producer, StoredRecord
from temoin.casefile.schema import Event as EventTable
from temoin.casefile.storing import (
    Custody,
    load_record,
    store_acquisition,
    store_document,
    store_newer_record,
)
from temoin.errors import ReadingError
from temoin.record import Record

__all__ = ["Imported", "import_rows"]

#: Rows in one transaction.
_BATCH = 200


@dataclass(slots=True)
class Imported:
    """What became of the rows of a file.

    Attributes:
        added: New documents.
        claims: Of these and of newer records, how many have a claim.
        revised: Documents that got a newer record.
        replaced: Documents whose words changed: hidden, with a new one in their place.
        known: Rows that were there, or of which a later revision is.
        failed: Rows that could not be read.
        untyped: Reasons why rows have no type of event, with how many.
    """

    added: int = 0
    claims: int = 0
    revised: int = 0
    replaced: int = 0
    known: int = 0
    failed: int = 0
    untyped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Ready:
    built: Built
    row: Row
    key: str


def import_rows(
    case: Case,
    path: Path,
    mapping: Mapping,
    *,
    actor: str,
    custody: Custody,
    tell: Callable[[ReadingError], None],
    header: Sequence[str] | None = None,
) -> Imported:
    """Import a file of rows; a row that cannot be read is told, and the rest goes on.

    Args:
        case: The case.
        path: The file.
        mapping: What its columns are.
        actor: Who imports it.
        custody: What is told of its documents.
        tell: Called with each row that cannot be read.
        header: Names of the columns, where the file has none.

    Raises:
        ReadingError: The whole file cannot be read.
        CaseError: The case cannot be written.
    """
    done = Imported()
    importing = _Importing(case, path, mapping, custody, done)
    for batch in _batches(
        _ready(read_rows(path, mapping, header=header), path, mapping, tell, done)
    ):
        with case.writing(actor=actor) as work:
            importing.store(work, batch)
    return done


def _ready(
    rows: Iterable[Row | ReadingError],
    path: Path,
    mapping: Mapping,
    tell: Callable[[ReadingError], None],
    done: Imported,
) -> Iterator[_Ready]:
    for row in rows:
        problem: ReadingError
        if isinstance(row, ReadingError):
            problem = row
        else:
            try:
                built = build(row, mapping)
                key = digest(["import", mapping.name, built.id, built.record.document.text])
                yield _Ready(built, row, key)
                continue
            except BadValueError as error:
                problem = ReadingError(f"{path}:{row.line}", str(error))
        done.failed += 1
        tell(problem)


def _batches(ready: Iterator[_Ready]) -> Iterator[list[_Ready]]:
    while batch := list(islice(ready, _BATCH)):
        yield batch


class _Importing:
    def __init__(
        self, case: Case, path: Path, mapping: Mapping, custody: Custody, done: Imported
    ) -> None:
        self.path = path.absolute()
        self.mapping = mapping
        self.custody = custody
        self.done = done
        self.made_by: dict[str, str | None] = {
            "kind": "import",
            "name": mapping.name,
            "temoin": __version__,
            "model_sha256": None,
            "terms": mapping.terms,
        }
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        self.modified_at = changed.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        # Numbers instead of ids: some ten bytes a document, for a hundred thousand of them.
        self.by_id = dict(self._known_ids(case))

    def store(self, work: Work, batch: Sequence[_Ready]) -> None:
        """Store a batch within one transaction."""
        keys = [each.key for each in batch]
        found = work.session.execute(
            select(Document.content_key, Document.id, Document.sha256).where(
                Document.content_key.in_(keys)
            )
        )
        known = {key: (number, sha) for key, number, sha in found}
        for ready in batch:
            if ready.key in known:
                number, sha = known[ready.key]
                if sha == ready.built.record.document.sha256 or not self._revise(
                    work, number, ready
                ):
                    self.done.known += 1
                continue
            added = self._add(work, ready)
            if added is not None:
                known[ready.key] = (added, ready.built.record.document.sha256)

    def _add(self, work: Work, ready: _Ready) -> int | None:
        """A new document; None where a later revision of the row is there with other words."""
        older = self.by_id.get(hash(ready.built.id))
        if older is not None:
            stored = _current(work, older)
            before = _revision(load_record(stored)) if stored else None
            if _is_older(ready.built.revision, before):
                self.done.known += 1
                return None
        record = ready.built.record
        number = store_document(
            work,
            record,
            original=self._original(ready),
            custody=self.custody,
            made_by=self.made_by,
        )
        self.by_id[hash(ready.built.id)] = number
        if older is None:
            self.done.added += 1
        else:
            self._hide(work, older, number)
            self.done.replaced += 1
        self._count(record)
        return number

    def _revise(self, work: Work, number: int, ready: _Ready) -> bool:
        """A newer record of a document whose words are the same; False where it is not newer."""
        stored = _current(work, number)
        if stored is None:
            return False
        before, record = load_record(stored), ready.built.record
        if before.document.sha256 == record.document.sha256:
            return False
        if _is_older(ready.built.revision, _revision(before)):
            return False
        _store_newer(work, number, record, self.made_by)
        original = self._original(ready)
        note = f"a later revision of the row, SHA-256 {original.sha256}; the words are the same"
        at = f"{original.location} ({revision_note(ready.built.revision) or original.sha256[:12]})"
        found = Original(
            data=original.data,
            sha256=original.sha256,
            content_key=original.content_key,
            location=at,
            host=original.host,
            modified_at=original.modified_at,
            retrieved_at=None,
        )
        custody = Custody(collected_by=self.custody.collected_by, note=note)
        store_acquisition(work, number, found, custody=custody)
        self.done.revised += 1
        self._count(record)
        return True

    def _hide(self, work: Work, older: int, newer: int) -> None:
        why = f"a later revision of the row has other words: document {newer}"
        change_document(work, older, reason=why, status="hidden")

    def _original(self, ready: _Ready) -> Original:
        return Original(
            data=ready.row.raw,
            sha256=sha256(ready.row.raw),
            content_key=ready.key,
            location=f"{self.path}:{ready.row.line}",
            host=platform.node(),
            modified_at=self.modified_at,
            retrieved_at=None,
        )

    def _count(self, record: Record) -> None:
        if record.events:
            self.done.claims += 1
        else:
            reason = next(each.reason for each in record.ungrounded if each.field == "e1.type")
            self.done.untyped[reason] += 1

    def _known_ids(self, case: Case) -> Iterator[tuple[int, int]]:
        """Numbers of the documents that this data set gave, by their row's id."""
        statement = (
            select(Document.name, Document.id)
            .join(StoredRecord, StoredRecord.document_id == Document.id)
            .join(Producer, Producer.id == StoredRecord.producer_id)
            .where(Producer.kind == "import", Producer.name == self.mapping.name)
            .order_by(Document.id)
        )
        with case.reading() as session:
            for name, number in session.execute(statement, execution_options={"yield_per": 500}):
                yield hash(name), number


def _current(work: Work, number: int) -> StoredRecord | None:
    return work.session.scalar(
        select(StoredRecord).where(StoredRecord.document_id == number, StoredRecord.current)
    )


def _revision(record: Record) -> float | None:
    """Which revision of its row a record is."""
    for note in record.document.notes:
        word, _, number = note.partition(" ")
        if word == "revision" and number.isdigit():
            return float(number)
    return None


def _is_older(revision: float | None, there: float | None) -> bool:
    return revision is not None and there is not None and revision <= there


def _store_newer(work: Work, number: int, record: Record, made_by: dict[str, str | None]) -> None:
    """Store a newer record of a row; it keeps the claim that is there."""
    session = work.session
    theirs = select(EventTable.claim_id).join(StoredRecord, StoredRecord.id == EventTable.record_id)
    there = session.scalar(theirs.where(StoredRecord.document_id == number).limit(1))
    if there is not None:
        raised = update(Claim).where(Claim.id == there).values(version=Claim.version + 1)
        session.execute(raised.values(present=bool(record.events)))
    claims = [there for _ in record.events]
    tied = store_newer_record(work, number, record, claims=claims, made_by=made_by)
    for claim, event in zip(tied, record.events, strict=True):
        refresh_claim(session, claim, machine=event, present=True)
    if there is not None and not tied:
        refresh_claim(session, there, machine=machine_event(session, there), present=False)
