"""Claims as CSV: Témoin's own columns, or a codebook's."""

from __future__ import annotations

import csv
from typing import TextIO

from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import told
from temoin.casefile.exporting.withholding import coded_cells, spoken_words
from temoin.codebooks import code, load
from temoin.exporting.structured import spreadsheet_safe
from temoin.rows import COLUMNS

__all__ = ["CodesWriter", "TableWriter"]

_BOM = "\ufeff"


class TableWriter:
    """One claim a row: the columns of `temoin.rows`, `claim` and `review` after them.

    Args:
        stream: Where to write; it must not translate line ends.
    """

    def __init__(self, stream: TextIO) -> None:
        stream.write(_BOM)
        self._writer = csv.writer(stream)
        self._writer.writerow((*COLUMNS, "claim", "review"))

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        count = 0
        for claim in told(selected):
            cells = [*(claim.cells[column] for column in COLUMNS), claim.reviewed.claim,
                     claim.reviewed.state]  # fmt: skip
            self._writer.writerow([spreadsheet_safe(cell) for cell in cells])
            count += 1
        return count

    def close(self) -> None:
        """Nothing remains to be written."""


class CodesWriter:
    """The rows and columns of a codebook, exactly.

    Args:
        stream: Where to write; it must not translate line ends.
        book: The codebook's name.
    """

    def __init__(self, stream: TextIO, book: str) -> None:
        self._book = load(book)
        stream.write(_BOM)
        self._writer = csv.writer(stream)
        self._writer.writerow(self._book.columns)

    def write(self, selected: Selected) -> int:
        """Write the rows of one document."""
        record = selected.worded()
        if record is None or selected.record is None:
            return 0
        quotes = selected.profile.quotes
        spoken = None if quotes else spoken_words(record, selected.record)
        rows = code(record, self._book).rows
        for row in rows:
            cells = coded_cells(row, self._book, spoken)
            self._writer.writerow([spreadsheet_safe(cell) for cell in cells])
        return len(rows)

    def close(self) -> None:
        """Nothing remains to be written."""
