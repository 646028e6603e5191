"""The text of a record with its spans marked, for a terminal or a pipe.

Each sentence is followed by the events it claims, with every argument, its
offsets and what it was resolved to. With colours, the words take the colour of
their kind (doubly underlined where several kinds overlap); without, only the
words that name an event are bracketed: `⟦bombardé⟧e1`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TextIO

from rich.padding import Padding
from rich.text import Text

from temoin.exporting.marks import KINDS, LABELS, Mark, marks, segments
from temoin.exporting.table import terminal_console
from temoin.exporting.wording import (
    LEGEND,
    clean,
    entity_names,
    flags,
    gaps,
    harmless,
    links,
    notes,
    resolution,
    title,
    type_words,
)
from temoin.record import Argument, Attribution, Event, Record, Span

__all__ = ["TerminalExplainer"]

_STYLES = {
    "trigger": "bold reverse",
    "actor": "underline bright_blue",
    "target": "underline red",
    "place": "underline green",
    "origin": "underline green",
    "destination": "underline green",
    "instrument": "underline magenta",
    "time": "underline cyan",
    "quantity": "underline yellow",
    "attribution": "underline italic",
    "antecedent": "",
}

_SEVERAL = "underline2"


class TerminalExplainer:
    """Writes marked texts.

    Args:
        stream: Where to write.
        width: Columns of the terminal; None wraps nothing.
        colour: Whether to use colours.
    """

    def __init__(self, stream: TextIO, *, width: int | None = None, colour: bool = False) -> None:
        self._console = terminal_console(stream, width=width, colour=colour)
        self._width = width
        self._colour = colour
        self._kinds: set[str] = set()
        self._flags: set[str] = set()

    def write(self, record: Record) -> None:
        """Write one document."""
        self._print(Text(" · ".join(title(record)), style="bold"))
        for note in notes(record):
            self._print(Text(f"note: {note}", style="yellow"))
        marked = marks(record)
        names = entity_names(record)
        self._kinds.update(mark.kind for mark in marked)
        for part in _parts(record, marked):
            start, end = part.start, part.end
            text = record.document.text[start:end]
            if not text.strip():
                if "\n" in text.strip(" ").removeprefix("\n").removeprefix("\r\n"):
                    self._print(Text())
                continue
            self._print(self._marked(record.document.text, part))
            for event in part.events:
                self._write_event(event, names)
        for reason, words in gaps(record).items():
            self._print(Text(f"not resolved ({reason}): {', '.join(words)}", style="yellow"))
        if record.relations:
            self._print(Text(f"links: {'; '.join(links(record))}"))
        self._print(Text())

    def close(self) -> None:
        """Explain the colours and marks that occurred."""
        if self._colour and self._kinds:
            legend = [
                Text(LABELS[kind], style=_STYLES[kind])
                for kind in KINDS
                if kind in self._kinds and _STYLES[kind]
            ]
            legend.append(Text("several at once", style=_SEVERAL))
            self._print(Text("  ").join(legend))
        elif "trigger" in self._kinds:
            self._print(Text("⟦…⟧e1: the words that name event e1; numbers are offsets"))
        for mark, meaning in LEGEND.items():
            if mark in self._flags:
                self._print(Text(f"{mark}: {meaning}", style="dim"))

    def _print(self, text: Text, *, indent: int = 0) -> None:
        if self._width is None:
            self._console.print(Text(" " * indent) + text, soft_wrap=True)
        else:
            self._console.print(Padding(text, (0, 0, 0, indent), expand=False))

    def _marked(self, text: str, part: _Part) -> Text:
        line = Text()
        for left, right, here in segments(part.start, part.end, part.marks):
            words = harmless(text[left:right])
            triggers = [mark for mark in here if mark.kind == "trigger"]
            if not self._colour and any(mark.start == left for mark in triggers):
                line.append("⟦")
            line.append(words, style=_style(here))
            ending = [mark for mark in triggers if mark.end == right]
            if ending:
                ids = ",".join(dict.fromkeys(id_ for mark in ending for id_ in mark.events))
                line.append(ids if self._colour else f"⟧{ids}", style="dim")
        return line

    def _write_event(self, event: Event, names: dict[str, str]) -> None:
        marks_of_event = flags(event)
        self._flags.update(marks_of_event)
        head = Text.assemble((f"{event.id} ", "dim"))
        if marks_of_event:
            head.append(f"{', '.join(marks_of_event)}: ", style="bold red")
        head.append(type_words(event), style="bold")
        head.append(f" “{clean(event.trigger.text)}”")
        head.append(f" {_offsets(event.trigger)}{_percent(event.confidence)}", style="dim")
        self._print(head, indent=4)
        for argument in event.arguments:
            self._write_span(str(argument.role), argument, resolution(argument), names)
        if event.attribution:
            self._write_span("attribution", event.attribution, None, names)

    def _write_span(
        self, kind: str, span: Argument | Attribution, resolved: str | None, names: dict[str, str]
    ) -> None:
        line = Text.assemble((f"{LABELS[kind]:<12} ", "dim"))
        line.append(clean(span.text), style=_STYLES[kind] if self._colour else "")
        if span.antecedent:
            line.append(f" [{clean(span.antecedent.text)} {_offsets(span.antecedent)}]")
        known = names.get(span.entity or "")
        added = [words for words in (known and clean(known), resolved) if words]
        if added:
            line.append(f" ({', '.join(added)})")
        line.append(f" {_offsets(span)}{_percent(span.confidence)}", style="dim")
        self._print(line, indent=7)


@dataclass(slots=True)
class _Part:
    """A sentence or what lies between two, with its marks and the events it names."""

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def _parts(record: Record, marked: list[Mark]) -> list[_Part]:
    """The sentences and what lies between them, in order, covering the whole text."""
    cuts = {0, len(record.document.text)}
    for sentence in record.document.sentences:
        cuts.update(sentence)
    starts = sorted(cuts)
    parts = [_Part(start, end) for start, end in itertools.pairwise(starts)]
    for mark in marked:
        first, last = bisect_right(starts, mark.start) - 1, bisect_left(starts, mark.end)
        for part in parts[first:last]:
            part.marks.append(mark)
    for event in sorted(record.events, key=_trigger_start):
        parts[bisect_right(starts, event.trigger.start) - 1].events.append(event)
    return parts


def _trigger_start(event: Event) -> int:
    return event.trigger.start


def _style(here: list[Mark]) -> str:
    kinds = [kind for kind in KINDS if any(mark.kind == kind for mark in here)]
    shown = [kind for kind in kinds if _STYLES[kind]]
    if not shown:
        return ""
    style = _STYLES[shown[0]]
    if len(shown) > 1:
        style = f"{style} {_SEVERAL}"
    return style


def _offsets(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _percent(confidence: float | None) -> str:
    return "" if confidence is None else f" {confidence:.0%}"
