"""Rows of JSONL and CSV files: where each begins, and what it says.

A file is scanned once to find its rows (bytes are not kept) and read again row
by row, so that its size does not matter and work can be shared out. A broken
row is its own error; the next row goes on at the next line.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from temoin.reading.dates import as_day
from temoin.reading.decoding import decode
from temoin.reading.extracted import Extracted, Unreadable
from temoin.reading.formats import Format
from temoin.reading.limits import as_size

__all__ = [
    "COLUMNS",
    "Header",
    "Place",
    "extract_row",
    "find_rows",
    "parse_csv",
    "parse_json",
    "read_header",
]

#: The fields of a row; all but `text` may be absent.
COLUMNS = ("id", "text", "published", "source", "url", "language", "title")

_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands.

    Attributes:
        start: Its first byte.
        end: One past its last byte, line end included.
        line: Its first line, counted from 1 where the search began.
        problem: Why it cannot be read, where finding it showed that already.
    """

    start: int
    end: int
    line: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of a CSV file: names of columns and what is between them."""

    names: tuple[str, ...]
    delimiter: str


def find_rows(
    file: BinaryIO, kind: Format, *, header: Header | None = None, max_bytes: int
) -> Iterator[Place]:
    """Find the rows of a file from where it stands; blank lines are none.

    Args:
        file: The open file, seekable, in an encoding that extends ASCII.
        kind: JSONL or CSV.
        header: Of a CSV file; its line is taken as already read.
        max_bytes: Largest row; a larger one comes with its problem.
    """
    if kind is Format.CSV and header is not None:
        yield from _csv_places(file, header.delimiter, max_bytes)
    else:
        yield from _line_places(file, max_bytes)


def _too_long(size: int, max_bytes: int) -> str | None:
    if size <= max_bytes:
        return None
    return f"has {as_size(size)}, more than the {as_size(max_bytes)} that a row may have"


def _line_places(file: BinaryIO, max_bytes: int) -> Iterator[Place]:
    start, number = file.tell(), 0
    while True:
        number += 1
        end, blank = start, True
        while chunk := file.readline(_CHUNK):
            end += len(chunk)
            blank = blank and not chunk.strip()
            if chunk.endswith(b"\n"):
                break
        if end == start:
            return
        if not blank:
            yield Place(start, end, number, _too_long(end - start, max_bytes))
        start = end


class _Lines:
    """Lines of a file for `csv`, which counts neither bytes nor lines across errors.

    Latin-1 gives every byte a character: quotes and delimiters are found without
    knowing the encoding.
    """

    def __init__(self, file: BinaryIO, max_bytes: int) -> None:
        self.file = file
        self.max_bytes = max_bytes
        self.offset = file.tell()
        self.number = 0
        self.first_end = 0
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(self.max_bytes + 1)
        if not line:
            raise StopIteration
        self.offset += len(line)
        self.number += 1
        self.taken += 1
        if self.taken == 1:
            self.first_end = self.offset
        return line.decode("latin-1")


def _csv_places(file: BinaryIO, delimiter: str, max_bytes: int) -> Iterator[Place]:
    lines = _Lines(file, max_bytes)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    with _field_limit(max_bytes):
        while True:
            start, number, lines.taken = lines.offset, lines.number + 1, 0
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Place(start, lines.first_end, number, _csv_problem(error))
                file.seek(lines.first_end)
                lines.offset, lines.number = lines.first_end, number
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
                continue
            if any(field.strip() for field in fields):
                problem = _too_long(lines.offset - start, max_bytes)
                yield Place(start, lines.offset, number, problem)


@contextmanager
def _field_limit(max_bytes: int) -> Iterator[None]:
    """Let `csv` read texts longer than its 131,072 characters, for a while."""
    before = csv.field_size_limit(max_bytes)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _csv_problem(error: csv.Error) -> str:
    words = str(error)
    if "field larger" in words:
        return "has a field that is too long: is a quotation mark opened and never closed?"
    if "unexpected end" in words:
        return "a quotation mark is opened and never closed"
    if "expected after" in words:
        return 'its quotation marks do not pair: write "" for one inside a field'
    return f"is no row of a CSV file ({words})"


def read_header(file: BinaryIO, suffix: str, *, max_bytes: int) -> Header:
    """Read the first line of a CSV file and leave the file at the second.

    Args:
        file: The open file at its beginning, byte order mark passed.
        suffix: The file's extension; `.tsv` prefers tabs.
        max_bytes: Longest header.

    Raises:
        Unreadable: There is no column `text`.
    """
    line = file.readline(max_bytes)
    text = decode(line).text.rstrip("\r\n") if line.strip() else ""
    if not text:
        raise Unreadable("is empty: a CSV file begins with the names of its columns")
    best: list[str] = []
    for delimiter in "\t,;|" if suffix.lower() == ".tsv" else ",;\t|":
        try:
            names = next(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        names = [name.strip().lower() for name in names]
        if "text" in names:
            return Header(tuple(names), delimiter)
        best = max(best, names, key=len)
    found = ", ".join(f'"{name[:40]}"' for name in best[:20])
    message = f'has no column "text"; its columns are {found}'
    raise Unreadable(message)


def parse_json(text: str) -> dict[str, Any]:
    """The fields of a line of JSON.

    Raises:
        Unreadable: The line is no JSON object.
    """
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg[0].lower()}{error.msg[1:]} at character {error.colno}"
        raise Unreadable(message) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("is not JSON that can be read: it is nested too deep") from error
    if not isinstance(row, dict):
        kind = "array" if isinstance(row, list) else "value"
        message = f"is a JSON {kind}: each line must be an object with a text"
        raise Unreadable(message)
    return row


def parse_csv(text: str, header: Header, *, max_bytes: int) -> dict[str, Any]:
    """The fields of one row of CSV by the names of their columns.

    Raises:
        Unreadable: The row has more or fewer fields than the header.
    """
    with _field_limit(max_bytes):
        try:
            fields = next(
                csv.reader(io.StringIO(text, newline=""), delimiter=header.delimiter, strict=True)
            )
        except (csv.Error, StopIteration) as error:
            raise Unreadable(_csv_problem(csv.Error(str(error)))) from error
    if len(fields) != len(header.names):
        message = f"has {len(fields)} fields where the header has {len(header.names)}"
        raise Unreadable(message)
    return dict(zip(header.names, fields, strict=True))


def extract_row(
    row: Mapping[str, Any], kind: Format, *, dated: bool
) -> tuple[str | None, Extracted]:
    """Id and text with metadata of one row.

    Args:
        row: The row's fields; those not in `COLUMNS` are left alone.
        kind: JSONL or CSV.
        dated: Whether the caller gives the day: the row's is then not looked at.

    Raises:
        Unreadable: `text` is missing or empty, a field is no text, or
            `published` no date.
    """
    if row.get("text") is None:
        found = ", ".join(f'"{name[:40]}"' for name in list(row)[:20]) or "none"
        message = f'has no field "text"; its fields are {found}'
        raise Unreadable(message)
    fields: dict[str, str | None] = {}
    for name in COLUMNS:
        value = row.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            message = f'its field "{name}" is not text but {json.dumps(value)[:40]}'
            raise Unreadable(message)
        fields[name] = value if name == "text" or (value and value.strip()) else None
    text = fields["text"] or ""
    if not text.strip():
        raise Unreadable('its field "text" is empty')
    published = None if dated or fields["published"] is None else as_day(fields["published"])
    extracted = Extracted(
        text=text,
        media_type=kind.value,
        title=fields["title"],
        url=fields["url"],
        source=fields["source"],
        published=published,
        published_from="row" if published else None,
        language=fields["language"],
    )
    return fields["id"], extracted
