"""Rows of a table, one at a time, each with its line and its own bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from temoin.casefile.importing.mapping import Mapping
from temoin.errors import ReadingError

__all__ = ["Row", "read_rows"]

#: No cell of a table is longer; without a limit one stray quote would read a whole file.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: Where it begins, 1 for the first line of the file.
        cells: Its filled cells by column, without space around them.
        raw: Its own bytes, without the line end.
        columns: The names of all columns.
    """

    line: int
    cells: dict[str, str]
    raw: bytes
    columns: tuple[str, ...]

    def get(self, column: str | None) -> str | None:
        """A cell; None where it is empty or there is no such column."""
        return self.cells.get(column) if column else None


class _Lines:
    """Lines of a file, remembering those that the row being read is made of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.taken: list[str] = []
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.taken.append(line)
            self.length += len(line)
            if self.length > _LONGEST:
                message = "a row of more than a million characters: is a quote not closed?"
                raise csv.Error(message)
            yield line

    def take(self) -> str:
        taken, self.taken, self.length = "".join(self.taken), [], 0
        return taken.rstrip("\r\n")


def read_rows(
    path: Path, mapping: Mapping, *, header: Sequence[str] | None = None
) -> Iterator[Row | ReadingError]:
    """The rows of a file; a row that cannot be read is an error with its line, and it goes on.

    Args:
        path: A file of comma- or tab-separated values in UTF-8.
        mapping: What its columns are.
        header: Names of the columns, where the file has none of its own.

    Raises:
        ReadingError: The whole file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _rows(stream, path, mapping, header)
    except OSError as error:
        raise ReadingError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise ReadingError(str(path), "is not UTF-8: convert it first") from error


def _rows(
    stream: TextIO, path: Path, mapping: Mapping, header: Sequence[str] | None
) -> Iterator[Row | ReadingError]:
    lines = _Lines(stream)
    if mapping.delimiter == "\t":
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=mapping.delimiter)
    columns = tuple(header or (() if mapping.header else mapping.columns))
    line = 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            lines.take()
            yield ReadingError(f"{path}:{line}", str(error))
            line = reader.line_num + 1
            continue
        if values is None:
            break
        raw, at, line = lines.take(), line, reader.line_num + 1
        if not columns:
            columns = _header(values, path, mapping)
            continue
        if not any(value.strip() for value in values):
            continue
        row = _row(values, columns, at, raw)
        if isinstance(row, str):
            yield ReadingError(f"{path}:{at}", row)
        elif row is not None:
            yield row
    if not columns:
        raise ReadingError(str(path), "is empty")


def _row(values: Sequence[str], columns: tuple[str, ...], line: int, raw: str) -> Row | str | None:
    """A row; the cause where it is none, None for one that says nothing."""
    if "\0" in raw:
        return "holds NUL characters"
    if len(values) != len(columns):
        return f"has {len(values)} columns, not {len(columns)}"
    stripped = (value.strip() for value in values)
    cells = {name: value for name, value in zip(columns, stripped, strict=True) if value}
    # An HXL row of tags may stand below the header.
    if all(value.startswith("#") for value in cells.values()):
        return None
    return Row(line, cells, raw.encode(), columns)


def _header(values: Sequence[str], path: Path, mapping: Mapping) -> tuple[str, ...]:
    """The names of the columns, if the first line has the ones that the mapping needs."""
    names = tuple(value.strip() for value in values)
    wanted = [name for name in mapping.needs if name not in names]
    if not set(mapping.id) & set(names):
        wanted.insert(0, " or ".join(mapping.id))
    if wanted:
        cause = (
            f"its first line lacks the columns {', '.join(wanted)} of {mapping.name}; "
            "if it has no header, give one with --header FILE"
        )
        raise ReadingError(str(path), cause)
    if len(set(names)) < len(names):
        raise ReadingError(str(path), "two of its columns have one name")
    return names
