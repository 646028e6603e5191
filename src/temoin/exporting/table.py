"""Records for people: one event a line, grouped by document.

Three layouts, by the width there is: from `COLUMNS_FROM` characters on columns
(the event, who → whom, the circumstances), below that one flowing line an event,
wrapped with a hanging indent, and one unwrapped line an event where there is no
width at all (a pipe, a file). Nothing is ever cut.
"""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from temoin.exporting.wording import (
    LEGEND,
    Line,
    entity_names,
    gaps,
    line,
    links,
    notes,
    title,
)
from temoin.record import Record

__all__ = ["COLUMNS_FROM", "TableWriter", "terminal_console"]

#: Fewer characters than this leave columns too narrow to read.
COLUMNS_FROM = 120

#: Stands for "no limit" where rich wants a width.
_UNLIMITED = 1_000_000

_FLAG_STYLES = {"✗": "bold red", "≈": "yellow", "?": "bold yellow", "»": "bold magenta", "~": "dim"}

#: Between the fields of a line.
_SEPARATOR = " | "

#: What stands before a field in a flowing line.
_LABELS = {
    "where": "where",
    "when": "when",
    "instrument": "with",
    "quantity": "how many",
    "source": "according to",
}


class TableWriter:
    """Writes records as a table that an analyst reads.

    Args:
        stream: Where to write.
        width: Columns of the terminal; None for one unwrapped line an event.
        colour: Whether to use colours.
    """

    def __init__(self, stream: TextIO, *, width: int | None = None, colour: bool = False) -> None:
        self._console = terminal_console(stream, width=width, colour=colour)
        self._width = width
        self._flags: set[str] = set()
        self._bracketed = False
        self._begun = False

    def write(self, record: Record) -> None:
        """Write one document's events under its title."""
        if self._begun:
            self._print(Text())
        self._begun = True
        self._print(self._title(record))
        for note in notes(record):
            self._print(Text(f"note: {note}", style="yellow"))
        names = entity_names(record)
        lines = [line(record, event, names=names) for event in record.events]
        if self._width is not None and self._width >= COLUMNS_FROM:
            self._write_columns(lines)
        else:
            self._write_flowing(lines)
        for reason, words in gaps(record).items():
            self._print(Text(f"not resolved ({reason}): {', '.join(words)}", style="yellow"))
        if record.relations:
            self._print(Text(f"links: {'; '.join(links(record))}", style="dim"))
        self._remember(lines)

    def close(self) -> None:
        """Explain the marks that occurred."""
        parts = [f"{mark}: {meaning}" for mark, meaning in LEGEND.items() if mark in self._flags]
        if self._bracketed:
            parts.append("[…]: whom or what the words stand for")
            parts.append("(…): worked out by Témoin")
        if parts:
            self._print(Text())
            for part in parts:
                self._print(Text(part, style="dim"))

    def _print(self, content: Text | Table) -> None:
        self._console.print(content, soft_wrap=self._width is None)

    def _remember(self, lines: list[Line]) -> None:
        for entry in lines:
            self._flags.update(entry.flags.split(", "))
            self._bracketed |= any("[" in words or "(" in words for words in _fields(entry))

    def _title(self, record: Record) -> Text:
        first, *rest = title(record)
        text = Text(first, style="bold")
        for part in rest:
            text.append(" · ", style="not bold dim")
            text.append(part, style="bold yellow" if part.startswith("no pub") else "not bold")
        return text

    def _write_flowing(self, lines: list[Line]) -> None:
        indent = max((len(entry.id) for entry in lines), default=0) + 2
        for entry in lines:
            text = _flowing(entry, indent)
            if self._width is None:
                self._print(text)
                continue
            # A hanging indent keeps the ids in a column of their own.
            body = Table.grid(padding=0)
            body.add_column(width=indent, no_wrap=True)
            body.add_column(ratio=1, overflow="fold")
            body.add_row(text[:indent], text[indent:])
            self._print(body)

    def _write_columns(self, lines: list[Line]) -> None:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=5, overflow="fold")
        table.add_column(ratio=6, overflow="fold")
        table.add_column(ratio=8, overflow="fold")
        for entry in lines:
            table.add_row(
                Text(entry.id, style="dim"), _what(entry), Text(entry.who), _circumstances(entry)
            )
        self._print(table)


def terminal_console(stream: TextIO, *, width: int | None, colour: bool) -> Console:
    """A console that writes to `stream` and adds nothing of its own (no emoji, no markup)."""
    return Console(
        file=stream,
        width=width or _UNLIMITED,
        force_terminal=colour,
        color_system="auto" if colour else None,
        no_color=not colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def _fields(entry: Line) -> list[str]:
    return [entry.who, *(getattr(entry, name) for name in _LABELS)]


def _what(entry: Line) -> Text:
    """Marks, type and trigger: `✗ not capture “pris”`."""
    text = Text()
    if entry.flags:
        text.append(f"{entry.flags}: ", style=_FLAG_STYLES[entry.flags[0]])
    text.append(entry.type, style="bold")
    text.append(f" “{entry.trigger}”", style="dim")
    return text


def _circumstances(entry: Line) -> Text:
    """Where, when, with what, how many, according to whom."""
    parts = [
        Text.assemble((f"{label}: ", "dim"), getattr(entry, name))
        for name, label in _LABELS.items()
        if getattr(entry, name)
    ]
    return Text(_SEPARATOR).join(parts)


def _flowing(entry: Line, indent: int) -> Text:
    """The whole event as one line, its id padded to `indent`."""
    parts = [_what(entry), Text(entry.who), _circumstances(entry)]
    return Text(entry.id.ljust(indent)) + Text(_SEPARATOR).join(part for part in parts if part)
