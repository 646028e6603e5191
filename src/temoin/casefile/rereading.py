"""Reads the documents of a case again with the present model; what people decided stays.

One transaction a document: a run that was stopped, even killed, goes on with the same
call, for documents whose current record is the present model's are not read again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile.case import Case, Work
from temoin.casefile.claims import machine_event, refresh_claim
from temoin.casefile.effective import active_ones, effective_event
from temoin.casefile.schema import Claim, Decision, Document, Producer, StoredRecord
from temoin.casefile.searching.compiling import Compiler
from temoin.casefile.searching.parsing import parse
from temoin.casefile.storing import load_record, store_newer_record
from temoin.casefile.tying import ClaimChange, FieldChange, Known, changed_fields, tie
from temoin.errors import ReadingError, TemoinError
from temoin.record import Document as RecordDocument
from temoin.record import Event, Provenance, Record

if TYPE_CHECKING:
    from temoin.pipeline import Reader
    from temoin.pipeline.reader import Extracts
    from temoin.reading import Source

__all__ = ["ClaimChange", "FieldChange", "Reread", "reread"]


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one document.

    Attributes:
        document_id, document: Its number and name.
        record: The record that was read.
        changes: What is otherwise now; empty where the newer model says the same.
    """

    document_id: int
    document: str
    record: Record
    changes: tuple[ClaimChange, ...]


@dataclass(frozen=True, slots=True)
class _Todo:
    """A document to be read again; stands for a source where processes share the work."""

    name: str
    document_id: int
    document: RecordDocument


class _Rereader:
    """Reads documents where a `Reader` reads sources."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def extractor(self) -> Extracts:
        """Loaded by each process before it reads."""
        return self._reader.extractor

    def read_source(self, todo: _Todo) -> Iterator[Record | ReadingError]:
        try:
            yield self._reader.read_document(todo.document)
        except ReadingError as error:
            yield error
        except TemoinError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad document must not end the batch
            yield ReadingError(todo.name, f"unexpected {type(error).__name__}: {error} (a defect)")


def reread(
    case: Case,
    *,
    reader: Reader,
    actor: str,
    tell: Callable[[Reread | ReadingError], None],
    where: str = "",
    workers: int = 1,
    dry_run: bool = False,
) -> int:
    """Read documents again and keep what the present model says of them.

    Documents whose current record came from an import, and those that are hidden or
    removed, are left alone unless `where` asks for their status.

    Args:
        case: The case.
        reader: Reads them.
        actor: Who has them read.
        tell: Called with what became of each document, when that is settled.
        where: Which documents, in the language of docs/searching.md.
        workers: Processes that read.
        dry_run: Only tell what would change.

    Returns:
        How many documents were passed over, for the present model had read them already.

    Raises:
        CaseError: The case cannot be written, or the query cannot be read.
        TemoinError: What keeps every document from being read.
    """
    numbers = _numbers(case, where)
    present = _Present(reader)
    passed = 0
    pending: deque[_Todo] = deque()

    def todo() -> Iterator[_Todo]:
        nonlocal passed
        for number in numbers:
            one, made = _load(case, number)
            if present.made(one.document, made):
                passed += 1
                continue
            pending.append(one)
            yield one

    with closing(_results(reader, todo(), workers)) as results:
        for result in results:
            one = pending.popleft()
            tell(
                result
                if isinstance(result, ReadingError)
                else _settled(case, one, result, actor=actor, dry_run=dry_run)
            )
    return passed


class _Present:
    """Knows what the present model calls itself, once it has read something."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._made: Provenance | None = None

    def made(self, document: RecordDocument, provenance: Provenance | None) -> bool:
        """Whether a record of this provenance would be made by the present model."""
        if self._made is None:
            try:
                # What it calls itself stands on whatever it reads.
                short = document.model_copy(
                    update={"text": document.text[:1], "sentences": ((0, 1),)}
                )
                self._made = self._reader.extractor.extract(short).provenance
            except TemoinError:
                raise
            except Exception:  # noqa: BLE001 - then the document itself will tell
                return False
        return self._made is not None and self._made == provenance


def _results(
    reader: Reader, todo: Iterator[_Todo], workers: int
) -> Generator[Record | ReadingError]:
    rereader = _Rereader(reader)
    if workers == 1:
        return (result for one in todo for result in rereader.read_source(one))
    from temoin.pipeline.pool import read_in_processes

    # The pool hands sources to a reader and looks at nothing else but their names.
    return read_in_processes(
        cast("Reader", rereader), cast("Iterator[Source]", todo), workers=workers
    )


def _numbers(case: Case, where: str) -> list[int]:
    """The documents that are asked for and that a model has read."""
    with case.reading() as session:
        condition = Compiler(session).documents(parse(where))
        statement = (
            select(Document.id)
            .join(StoredRecord, StoredRecord.document_id == Document.id)
            .join(Producer, Producer.id == StoredRecord.producer_id)
            .where(StoredRecord.current, Producer.kind == "model", condition)
            .order_by(Document.id)
        )
        return list(session.scalars(statement))


def _load(case: Case, number: int) -> tuple[_Todo, Provenance | None]:
    """A document as its current record has it, with what is known of it now."""
    from temoin.reading import split_sentences

    with case.reading() as session:
        row = session.get_one(Document, number)
        record = load_record(_current(session, number))
        told = {
            "language": row.language,
            "published": row.published,
            "title": row.title,
            "source": row.publisher,
            "sentences": split_sentences(row.text, row.language),
        }
        document = record.document.model_copy(update=told)
        return _Todo(row.name, number, document), record.provenance


def _settled(
    case: Case, todo: _Todo, record: Record, *, actor: str, dry_run: bool
) -> Reread | ReadingError:
    if record.document.text != todo.document.text:
        return ReadingError(todo.name, "the record is about another text (a defect)")
    if dry_run:
        with case.reading() as session:
            known = _known(session, todo.document_id)
        claims = tie(record.events, known)
        changes = _changes(record, claims, known)
        return Reread(todo.document_id, todo.name, record, changes)
    with case.writing(actor=actor) as work:
        known = _known(work.session, todo.document_id)
        if load_record(_current(work.session, todo.document_id)).provenance == record.provenance:
            return Reread(todo.document_id, todo.name, record, ())  # another run was quicker
        changes = _stored(work, todo.document_id, record, known)
    return Reread(todo.document_id, todo.name, record, changes)


def _stored(
    work: Work, document_id: int, record: Record, known: Sequence[Known]
) -> tuple[ClaimChange, ...]:
    tied = tie(record.events, known)
    claims = store_newer_record(work, document_id, record, claims=tied)
    events = dict(zip(claims, record.events, strict=True))
    changes = _changes(record, claims, known)
    changed = {change.claim for change in changes}
    for each in known:
        event = events.get(each.claim, each.machine)
        present = each.claim in events or each.machine is None
        if each.claim in changed:
            claim = work.session.get_one(Claim, each.claim)
            claim.version += 1
        refresh_claim(work.session, each.claim, machine=event, present=present)
    told = {
        kind: [change.claim for change in changes if change.kind == kind]
        for kind in ("added", "lost", "found", "changed")
    }
    work.log.append("reread", "document", document_id, field="claims", new=told)
    return changes


def _changes(
    record: Record, claims: Sequence[int | None], known: Sequence[Known]
) -> tuple[ClaimChange, ...]:
    """What a record changes, given the claim of each of its events."""
    by_number = {each.claim: each for each in known}
    changes = []
    for event, claim in zip(record.events, claims, strict=True):
        before = by_number.pop(claim, None) if claim is not None else None
        if before is None:
            changes.append(ClaimChange(claim, "added", str(event.type), event.trigger.text))
            continue
        fields = changed_fields(before, event)
        if fields or not before.present:
            kind = "changed" if before.present else "found"
            changes.append(_change(before, kind, fields))
    changes += [
        _change(each, "lost", ())
        for each in by_number.values()
        if each.present and each.machine is not None
    ]
    return tuple(changes)


def _change(known: Known, kind: str, fields: tuple[FieldChange, ...]) -> ClaimChange:
    held = known.held
    return ClaimChange(known.claim, kind, str(held.type), held.trigger.text, known.state, fields)


def _known(session: Session, document_id: int) -> list[Known]:
    """All claims of a document, lost ones too."""
    known = []
    claims = select(Claim).where(Claim.document_id == document_id).order_by(Claim.id)
    for claim in session.scalars(claims):
        decisions = session.scalars(
            select(Decision).where(Decision.claim_id == claim.id).order_by(Decision.id)
        ).all()
        active = active_ones(decisions)
        machine: Event | None = machine_event(session, claim.id)
        known.append(
            Known(
                claim=claim.id,
                present=claim.present,
                state=claim.state,
                machine=machine,
                held=effective_event(machine, active).event,
                decided=frozenset(decision.field for decision in active),
            )
        )
    return known


def _current(session: Session, document_id: int) -> StoredRecord:
    return session.scalars(
        select(StoredRecord).where(StoredRecord.document_id == document_id, StoredRecord.current)
    ).one()
