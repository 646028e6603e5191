"""Adds reports to a case: what is there already is not read again.

One transaction a document: a run that is killed leaves whole documents and nothing else,
and the same command goes on where it stopped. Only what is being read is in memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from temoin.casefile.case import Case
from temoin.casefile.originals import Original, take
from temoin.casefile.schema import Document
from temoin.casefile.storing import Custody, is_acquired, store_acquisition, store_document
from temoin.errors import ReadingError
from temoin.record import Record

if TYPE_CHECKING:
    from temoin.pipeline import Reader
    from temoin.reading import Source

__all__ = ["Added", "Known", "Outcome", "add"]


@dataclass(frozen=True, slots=True)
class Added:
    """A document that is in the case now.

    Attributes:
        document_id: Its number.
        record: What it claims.
    """

    document_id: int
    record: Record


@dataclass(frozen=True, slots=True)
class Known:
    """A source whose content the case had already.

    Attributes:
        document_id: Number of the document.
        name: The source, as messages name it.
    """

    document_id: int
    name: str


#: What became of one source.
Outcome = Added | Known | ReadingError


def add(
    case: Case,
    sources: Iterable[Source],
    *,
    reader: Reader,
    actor: str,
    tell: Callable[[Outcome], None],
    custody: Custody | None = None,
    workers: int = 1,
) -> None:
    """Read sources and keep them in a case; what cannot be read is told, and the rest goes on.

    Args:
        case: The case.
        sources: What to read, one document each (`rows_per_source=1`).
        reader: Reads them.
        actor: Who adds them.
        tell: Called with what became of each source, when that is settled.
        custody: What is told of them.
        workers: Processes that read.

    Raises:
        CaseError: The case cannot be written.
        TemoinError: What keeps every source from being read.
    """
    adding = _Adding(case, actor, custody or Custody(), tell)
    # closing: an interrupted run ends its processes before it says goodbye.
    with closing(reader.read_many(adding.new_ones(sources), workers=workers)) as results:
        for result in results:
            tell(adding.settle(result))


@dataclass(slots=True)
class _Pending:
    """A source that was given to the reader, with its bytes."""

    source: Source
    original: Original


class _Adding:
    def __init__(
        self, case: Case, actor: str, custody: Custody, tell: Callable[[Outcome], None]
    ) -> None:
        self.case = case
        self.actor = actor
        self.custody = custody
        self.tell = tell
        self.pending: deque[_Pending] = deque()

    def new_ones(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The sources that the case does not have, with their bytes."""
        for source in sources:
            try:
                taken, original = take(source)
            except ReadingError as error:
                self.tell(error)
                continue
            known = self._known(original)
            if known is None:
                self.pending.append(_Pending(taken, original))
                yield taken
            else:
                self.tell(Known(known, source.name))

    def settle(self, result: Record | ReadingError) -> Outcome:
        """Keep what was read; let go of the bytes of what could not be."""
        if isinstance(result, Record):
            return self._keep(result)
        first = self.pending[0].source if self.pending else None
        if first and result.source in {first.name, first.id}:
            self.pending.popleft()
        return result

    def _known(self, original: Original) -> int | None:
        """The document with these bytes, if there is one; a new place of finding is noted."""
        with self.case.reading() as session:
            known = session.scalar(
                select(Document.id).where(Document.content_key == original.content_key)
            )
            if known is None or is_acquired(session, known, original):
                return known
        with self.case.writing(actor=self.actor) as work:
            store_acquisition(work, known, original, custody=self.custody)
        return known

    def _keep(self, record: Record) -> Outcome:
        pending = self._pending_of(record)
        if pending is None:
            name = record.document.path or record.document.id
            return ReadingError(name, "its bytes are not those that were taken (a defect)")
        if "\0" in record.document.text:
            return ReadingError(pending.source.name, "holds NUL characters: is it a text?")
        original = pending.original
        with self.case.writing(actor=self.actor) as work:
            # Another process, or an earlier copy in this run, may have been quicker.
            known = work.session.scalar(
                select(Document.id).where(Document.content_key == original.content_key)
            )
            if known is not None:
                store_acquisition(work, known, original, custody=self.custody)
                return Known(known, pending.source.name)
            number = store_document(work, record, original=original, custody=self.custody)
        return Added(number, record)

    def _pending_of(self, record: Record) -> _Pending | None:
        """The source of a record: results come in the order of sources, some give none."""
        while self.pending:
            first = self.pending.popleft()
            if first.original.sha256 == record.document.sha256:
                return first
        return None
