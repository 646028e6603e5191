"""Records that a command reads back: what failed is told, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from temoin.cli._streams import tell
from temoin.errors import ReadingError

if TYPE_CHECKING:
    from temoin.record import Record

__all__ = ["Records"]


class Records:
    """The records of sources (files, folders, cases, `-`), told apart from failures.

    Args:
        sources: As the user gave them.
        document: Only the document of this id.
    """

    def __init__(self, sources: Sequence[str], *, document: str | None = None) -> None:
        self._sources = sources
        self._document = document
        self.documents = 0
        self.failures = 0

    def __iter__(self) -> Iterator[Record]:
        """The records; of two with one document id the first, and the other is told as failed."""
        from temoin.situation.sources import records_from

        seen: set[str] = set()
        for one in records_from(self._sources):
            if isinstance(one, ReadingError):
                self.failures += 1
                tell(str(one))
            elif self._document is not None and one.document.id != self._document:
                continue
            elif one.document.id in seen:
                self.failures += 1
                tell(f"{one.document.id}: two records of one document; the second is left out")
            else:
                seen.add(one.document.id)
                self.documents += 1
                yield one

    @property
    def exit_code(self) -> int:
        """0 all was read, 1 something failed, 2 nothing was read."""
        return 0 if not self.failures else 1 if self.documents else 2

    def summary(self) -> str:
        """`3 records, 1 failure`."""
        failed = f", {self.failures} failures" if self.failures else ""
        return f"{self.documents} records{failed}"
