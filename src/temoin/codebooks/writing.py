"""Rows of a codebook as CSV, JSON lines, or text for people; with the reasons where asked."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import TextIO

from temoin.codebooks.book import Codebook
from temoin.codebooks.model import Code, Coding, NotCoded, Row
from temoin.exporting.structured import spreadsheet_safe
from temoin.record import Span

__all__ = ["WHY_COLUMNS", "CodesCsvWriter", "CodesJsonLinesWriter", "CodesTextWriter"]

#: What `--why` adds to a CSV file after the codebook's own columns.
WHY_COLUMNS = ("temoin_events", "temoin_rules", "temoin_words", "temoin_undecided", "temoin_notes")

_BOM = "\ufeff"


class CodesCsvWriter:
    """The codebook's columns, exactly and in order; UTF-8 with a mark, safe in spreadsheets.

    Args:
        stream: Where to write; it must not translate line ends.
        book: The codebook.
        why: Whether to add `WHY_COLUMNS`.
    """

    def __init__(self, stream: TextIO, book: Codebook, *, why: bool = False) -> None:
        self._columns = tuple(book.columns)
        self._why = why
        stream.write(_BOM)
        self._writer = csv.writer(stream)
        self._writer.writerow((*self._columns, *(WHY_COLUMNS if why else ())))

    def write(self, coding: Coding) -> None:
        """Write the rows of one report."""
        for row in coding.rows:
            cells = [row.cells[column] for column in self._columns]
            if self._why:
                cells += _reasons(row)
            self._writer.writerow([spreadsheet_safe(cell) for cell in cells])

    def close(self) -> None:
        """Nothing remains to be written."""


class CodesJsonLinesWriter:
    """One row a line, with its codebook, version and events.

    Args:
        stream: Where to write.
        book: The codebook.
        why: Whether to add rules, words and what is undecided, and a line for each
            incident that gives no row.
    """

    def __init__(self, stream: TextIO, book: Codebook, *, why: bool = False) -> None:
        self._stream = stream
        self._book = book
        self._why = why

    def write(self, coding: Coding) -> None:
        """Write the rows of one report."""
        for row in coding.rows:
            given: dict[str, object] = {"row": dict(row.cells)}
            if self._why:
                given["why"] = {c.field: _why(c) for c in row.codes}
                given["undecided"] = {
                    u.field: {"reason": u.reason, "rule": u.rule} for u in row.undecided
                }
                given["notes"] = list(row.notes)
            self._line(row.document, row.events, given)
        if self._why:
            for one in coding.not_coded:
                given = {"type": one.type, "not_coded": {"reason": one.reason, "rule": one.rule,
                         "words": [_span(span) for span in one.words]}}  # fmt: skip
                self._line(one.document, one.events, given)

    def close(self) -> None:
        """Nothing remains to be written."""

    def _line(self, document: str, events: tuple[str, ...], given: dict[str, object]) -> None:
        line = {"codebook": self._book.name, "version": self._book.version,
                "document": document, "events": list(events), **given}  # fmt: skip
        self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")


class CodesTextWriter:
    """Rows for people: one cell a line, with its rule and words where asked.

    Args:
        stream: Where to write.
        book: The codebook.
        why: Whether to show rules, words, what is undecided, and what gives no row.
    """

    def __init__(self, stream: TextIO, book: Codebook, *, why: bool = False) -> None:
        self._stream = stream
        self._book = book
        self._why = why
        self._rows = 0
        self._not_coded = 0

    def write(self, coding: Coding) -> None:
        """Write the rows of one report."""
        for row in coding.rows:
            self._rows += 1
            self._row(row)
        self._not_coded += len(coding.not_coded)
        if self._why:
            for one in coding.not_coded:
                self._none(one)

    def close(self) -> None:
        """Say how much there was."""
        self._say(
            f"{self._book.title}, {self._book.version}: {_count(self._rows, 'row')}, "
            f"{_count(self._not_coded, 'incident')} not coded"
            + ("" if self._why or not self._not_coded else " (--why tells why)")
        )

    def _row(self, row: Row) -> None:
        self._say(f"{row.document}  {', '.join(row.events)}")
        width = max(map(len, row.cells))
        for code in row.codes:
            if not self._why and code.rule.endswith(".constant"):
                continue
            line = f"  {code.field:<{width}}  {code.value}"
            if self._why:
                line += f"   <- {code.rule}{_quoted(code.words)}"
            self._say(line)
        if self._why:
            for open_ in row.undecided:
                self._say(f"  {open_.field:<{width}}  ?   <- {open_.reason} ({open_.rule})")
        for note in row.notes:
            self._say(f"  note: {note}")
        self._say("")

    def _none(self, one: NotCoded) -> None:
        events = ", ".join(one.events)
        self._say(f"{one.document}  {events}  {one.type}: no row; {one.reason} ({one.rule})")
        self._say("")

    def _say(self, line: str) -> None:
        # A report's words must not steer the terminal.
        shown = "".join(char if char.isprintable() else " " for char in line)
        self._stream.write(shown.rstrip() + "\n")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _quoted(words: Iterable[Span]) -> str:
    return "".join(f" “{span.text}” [{span.start}-{span.end}]" for span in words)


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _why(code: Code) -> dict[str, object]:
    return {"rule": code.rule, "words": [_span(span) for span in code.words]}


def _reasons(row: Row) -> list[str | float | None]:
    """The cells of `WHY_COLUMNS`."""
    ruled = [code for code in row.codes if not code.rule.endswith(".constant")]
    words = [f"{c.field}:{_quoted(c.words)}" for c in ruled if c.words]
    return [
        "; ".join(row.events),
        "; ".join(f"{code.field}={code.rule}" for code in ruled),
        "; ".join(words),
        "; ".join(f"{one.field}: {one.reason}" for one in row.undecided),
        "; ".join(row.notes),
    ]
