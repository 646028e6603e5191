"""Which words of a text are marked, and how overlapping marks are laid over it.

Marks may nest, coincide and cross. For a page they become a tree (`nested`): what
crosses is cut in pieces, so that every element lies within its parent. For a
terminal, which has no tree, they become a flat run of segments (`segments`).
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from temoin.record import Event, Record, Role, Span

__all__ = ["KINDS", "LABELS", "Mark", "Piece", "marks", "nested", "of_event", "segments"]

#: What a mark may be, in the order in which legends show them and marks are laid.
KINDS = ("trigger", *(str(role) for role in Role), "attribution", "antecedent")

#: How people call them.
LABELS = {
    "trigger": "event",
    "actor": "who",
    "target": "whom, what",
    "place": "where",
    "origin": "from",
    "destination": "to",
    "instrument": "with",
    "time": "when",
    "quantity": "how many",
    "attribution": "according to",
    "antecedent": "stands for",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked as one kind, for one or several events."""

    start: int
    end: int
    kind: str
    events: tuple[str, ...]


@dataclass(slots=True)
class Piece:
    """A mark, or a piece of one, with what lies within it."""

    start: int
    end: int
    mark: Mark
    first: bool = True
    children: list[Piece] = field(default_factory=list)


def of_event(event: Event) -> Iterator[tuple[str, Span]]:
    """The spans of an event with their kinds: trigger, arguments, attribution, antecedents."""
    yield "trigger", event.trigger
    for argument in event.arguments:
        yield str(argument.role), argument
        if argument.antecedent:
            yield "antecedent", argument.antecedent
    if event.attribution:
        yield "attribution", event.attribution
        if event.attribution.antecedent:
            yield "antecedent", event.attribution.antecedent


def marks(record: Record) -> list[Mark]:
    """The marks of a record, from left to right, the longer first; equal ones are one."""
    events: defaultdict[tuple[int, int, str], dict[str, None]] = defaultdict(dict)
    for event in record.events:
        for kind, span in of_event(event):
            events[span.start, span.end, kind][event.id] = None
    found = [Mark(start, end, kind, tuple(ids)) for (start, end, kind), ids in events.items()]
    return sorted(found, key=_outermost_first)


def nested(marked: Iterable[Mark]) -> list[Piece]:
    """The marks as a forest of pieces, in the order of the text.

    A mark that crosses the end of one that began before it is cut there; of its
    pieces only the leftmost is `first`.
    """
    waiting = [
        (mark.start, -mark.end, index, Piece(mark.start, mark.end, mark))
        for index, mark in enumerate(sorted(marked, key=_outermost_first))
    ]
    heapq.heapify(waiting)
    roots: list[Piece] = []
    open_pieces: list[Piece] = []
    while waiting:
        start, _, index, piece = heapq.heappop(waiting)
        while open_pieces and open_pieces[-1].end <= start:
            open_pieces.pop()
        if open_pieces and open_pieces[-1].end < piece.end:
            cut = open_pieces[-1].end
            rest = Piece(cut, piece.end, piece.mark, first=False)
            heapq.heappush(waiting, (cut, -piece.end, index, rest))
            piece.end = cut
        (open_pieces[-1].children if open_pieces else roots).append(piece)
        open_pieces.append(piece)
    return roots


def segments(start: int, end: int, marked: Iterable[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """The text between two offsets cut wherever a mark begins or ends, with the marks of each part.

    The parts are in order and without gaps. Marks that reach over `start` or `end` are cut.
    """
    here = [mark for mark in marked if mark.start < end and start < mark.end]
    cuts = {start, end}
    for mark in here:
        cuts.update((max(start, mark.start), min(end, mark.end)))
    edges = sorted(cuts)
    for left, right in itertools.pairwise(edges):
        yield left, right, [mark for mark in here if mark.start <= left and right <= mark.end]


def _outermost_first(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, KINDS.index(mark.kind)
