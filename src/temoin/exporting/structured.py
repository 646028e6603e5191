"""Records for programs: JSON, JSON lines, CSV. Each writer streams, one record at a time."""

from __future__ import annotations

import csv
from typing import TextIO

from temoin.record import Record
from temoin.rows import COLUMNS, Cell, rows

__all__ = ["CsvWriter", "JsonLinesWriter", "JsonWriter", "spreadsheet_safe"]

#: A cell that begins so may be run as a formula by a spreadsheet (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_BOM = "\ufeff"


class JsonLinesWriter:
    """One record a line, as `Record.to_json` has it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, record: Record) -> None:
        """Write one record."""
        self._stream.write(record.to_json() + "\n")

    def close(self) -> None:
        """Nothing remains to be written."""


class JsonWriter:
    """One JSON array of all records; `[]` where there are none."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = False

    def write(self, record: Record) -> None:
        """Write one record."""
        self._stream.write((",\n" if self._begun else "[\n") + record.to_json())
        self._begun = True

    def close(self) -> None:
        """End the array."""
        self._stream.write("\n]\n" if self._begun else "[]\n")


class CsvWriter:
    """One event a row (`temoin.rows`), UTF-8 with a byte order mark, safe in spreadsheets.

    Line ends are CRLF (RFC 4180): the stream must not translate them.
    """

    def __init__(self, stream: TextIO) -> None:
        stream.write(_BOM)
        self._writer = csv.writer(stream)
        self._writer.writerow(COLUMNS)

    def write(self, record: Record) -> None:
        """Write the events of one record."""
        for row in rows(record):
            self._writer.writerow([spreadsheet_safe(row[column]) for column in COLUMNS])

    def close(self) -> None:
        """Nothing remains to be written."""


def spreadsheet_safe(cell: Cell) -> Cell:
    """Text that a spreadsheet might take for a formula gets a `'` before it; numbers stay."""
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
