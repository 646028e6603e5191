"""What coding works with and what it gives: facts in, rows with their reasons out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from temoin.record import Event, Span
from temoin.rows import Cell

__all__ = [
    "Code",
    "Coding",
    "Fact",
    "Facts",
    "Incident",
    "NotCoded",
    "Row",
    "Undecided",
    "fold_spans",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a rule may ask for, with the words of the report that say so.

    Attributes:
        value: e.g. air_strike, civilians, mortar.
        words: Where the report says it; empty where nothing is quoted.
    """

    value: str
    words: tuple[Span, ...] = ()


#: By name of the fact (`temoin.codebooks.facts.NAMES`), all its values.
Facts = Mapping[str, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Incident:
    """Events of one report that are one thing to a codebook.

    Attributes:
        lead: The event that names it best.
        events: All of them in the order of the text, the lead among them.
        links: Why they are one: a rule and the two events that it joined.
    """

    lead: Event
    events: tuple[Event, ...]
    links: tuple[tuple[str, str, str], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its events."""
        return tuple(event.id for event in self.events)


@dataclass(frozen=True, slots=True)
class Code:
    """One cell of a row: its value, the rule that gave it and the words that it rests on."""

    field: str
    value: Cell
    rule: str
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """One cell that stays empty, and why."""

    field: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a codebook.

    Attributes:
        document: Id of the report.
        events: Ids of the record's events that it codes.
        cells: A value for each column, in order; None where there is none.
        codes: Each cell that has a value, with its rule and words.
        undecided: Each cell that has none, with the reason.
        notes: What a reader must know of it: doubts, attributions, how events were joined.
    """

    document: str
    events: tuple[str, ...]
    cells: Mapping[str, Cell]
    codes: tuple[Code, ...]
    undecided: tuple[Undecided, ...]
    notes: tuple[str, ...] = ()

    def why(self, column: str) -> Code | Undecided | None:
        """What gave a cell, or why it is empty."""
        found: tuple[Code | Undecided, ...] = (*self.codes, *self.undecided)
        return next((one for one in found if one.field == column), None)


@dataclass(frozen=True, slots=True)
class NotCoded:
    """Events that give no row, and why."""

    document: str
    events: tuple[str, ...]
    type: str
    reason: str
    rule: str
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """All of a report in one codebook."""

    rows: tuple[Row, ...] = ()
    not_coded: tuple[NotCoded, ...] = field(default=())


def fold_spans(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Each span once, in the order of the text."""
    unique = {(span.start, span.end): span for span in spans}
    return tuple(Span(start=s, end=e, text=unique[s, e].text) for s, e in sorted(unique))
