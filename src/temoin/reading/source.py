"""A source: one thing to read, found but not yet read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from temoin.reading.documents import Options
from temoin.reading.formats import Format
from temoin.reading.rows import Header

__all__ = ["Page", "Rows", "Source"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a file: bytes `start` to `end`, from line `line` (the first is 1).

    Attributes:
        kind: JSONL or CSV.
        start: First byte.
        end: One past the last byte.
        line: Line of the first row.
        count: How many rows.
        header: Of a CSV file.
        encoding: Encoding of a file in UTF-16 or UTF-32, whose rows are kept in
            `Source.data` as UTF-8; None where each row is decoded by itself.
    """

    kind: Format
    start: int
    end: int
    line: int
    count: int = 1
    header: Header | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a web page before it is read.

    Attributes:
        charset: Encoding that the server declared, where the page was fetched.
        title: Title that a feed gives it.
        published: Day that a feed gives it.
    """

    charset: str | None = None
    title: str | None = None
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read; small, immutable and picklable, for sharing out work.

    Attributes:
        location: Path, address, or `-` for standard input.
        id: Id of its document, or the beginning of its rows' ids.
        options: What the caller says about everything that is read.
        rows: Which rows of a JSONL or CSV file; None for a whole file.
        page: Of a web page.
        data: Its bytes, where they could not be read again (standard input).
        problem: Why it cannot be read, where finding it showed that already.
    """

    location: str
    id: str
    options: Options
    rows: Rows | None = None
    page: Page | None = None
    data: bytes | None = field(default=None, repr=False)
    problem: str | None = None

    @property
    def name(self) -> str:
        """The source as messages name it: `a.pdf`, `b.jsonl, line 3`, `standard input`."""
        return self.name_of_line(self.rows.line if self.rows else None)

    def name_of_line(self, line: int | None) -> str:
        """Name of one of its rows, or of the whole where `line` is None."""
        location = "standard input" if self.location == "-" else self.location
        return location if line is None else f"{location}, line {line}"
