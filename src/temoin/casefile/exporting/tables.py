"""Claims as CSV: Témoin's own columns, or a codebook's."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.table_columns import chosen, table_rows
from temoin.casefile.exporting.withholding import coded_cells, spoken_words
from temoin.codebooks import code, load
from temoin.exporting.structured import spreadsheet_safe

__all__ = ["CodesWriter", "TableWriter"]

_BOM = "\ufeff"


class TableWriter:
    """One claim a row: the columns of `temoin.rows`, `claim` and `review` after them, or others.

    Args:
        stream: Where to write; it must not translate line ends.
        columns: Those that were chosen.

    Raises:
        ExportError: There is no such column.
    """

    def __init__(self, stream: TextIO, columns: Sequence[str] | None = None) -> None:
        self._columns = chosen("csv", columns)
        stream.write(_BOM)
        self._writer = csv.writer(stream)
        self._writer.writerow(self._columns)

    def write(self, selected: Selected) -> int:
        """Write the claims of one document."""
        count = 0
        for row in table_rows(selected):
            self._writer.writerow([spreadsheet_safe(row[column]) for column in self._columns])
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
