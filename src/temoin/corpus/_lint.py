"""Look for slips that compile: spans that cut words, days off the calendar."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from temoin.corpus._gold import GoldArgument, GoldEvent, GoldReport, GoldSpan
from temoin.record import Role

__all__ = ["Slip", "lint"]

_WORD: Final = re.compile(r"\w")

#: Days between a report and a day it speaks of beyond which the year is doubted.
_FAR_DAYS: Final = 60 * 365

#: Languages that write particles ("and", "the", "in") onto the word that follows:
#: there a span may start within a written word.
_PREFIXING: Final = frozenset({"ar"})

#: Characters either side of a span that a message shows.
_CONTEXT: Final = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """A doubtful annotation.

    Args:
        document: Id of the report.
        event: Id of the event.
        message: What is doubtful.
        path: The file, if the report was read from one.
        line: The event's line there.
    """

    document: str
    event: str
    message: str
    path: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        """`file:line: event: message`, or the document's id where there is no file."""
        place = str(self.path or self.document)
        if self.line is not None:
            place = f"{place}:{self.line}"
        return f"{place}: {self.event}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Weekdays:
    days: tuple[re.Pattern[str], ...]
    eve: tuple[str, ...]


@cache
def _weekdays(language: str) -> _Weekdays | None:
    table = tomllib.loads(
        files("temoin.corpus").joinpath("data/weekdays.toml").read_text(encoding="utf-8")
    )
    if language not in table:
        return None
    entry = table[language]
    return _Weekdays(
        days=tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in entry["days"]),
        eve=tuple(entry["eve"]),
    )


def lint(report: GoldReport) -> list[Slip]:
    """Doubtful annotations of a compiled report, in the order of its events."""
    return [
        Slip(report.id, event.id, f"{event.type}: {message}", report.path, event.line)
        for event in report.events
        for message in _doubts(report, event)
    ]


def _doubts(report: GoldReport, event: GoldEvent) -> Iterator[str]:
    for role, span in _spans(event):
        if report.document.language not in _PREFIXING and _cuts(report.document.text, span):
            around = report.document.text[max(0, span.start - _CONTEXT) : span.end + _CONTEXT]
            yield f"{role} cuts a word: {around!r}"
    for argument in event.arguments:
        yield from _time_doubts(report, argument)
        if argument.value is not None and argument.role != Role.QUANTITY:
            yield f"a value on {argument.role}"
        if argument.latitude is not None and argument.longitude is not None:
            on_earth = abs(argument.latitude) <= 90 and abs(argument.longitude) <= 180
            if not on_earth:
                yield f"coordinates {argument.latitude},{argument.longitude}"


def _time_doubts(report: GoldReport, argument: GoldArgument) -> Iterator[str]:
    first, last = argument.earliest, argument.latest
    if first is None or last is None:
        return
    if first > last:
        yield "time runs backwards"
    words = argument.primary.text
    named = _named_weekday(words.lower(), report.document.language)
    if named is not None and first == last and first.weekday() != named:
        yield f"{words!r} is {first:%A} {first}"
    if abs((first - report.document.published).days) > _FAR_DAYS:
        yield f"{first} is far from {report.document.published}"


def _named_weekday(words: str, language: str) -> int | None:
    """The one weekday that an expression names as its own day, Monday 0."""
    table = _weekdays(language)
    if table is None or any(eve in words for eve in table.eve):
        return None
    named = [day for day, pattern in enumerate(table.days) if pattern.search(words)]
    return named[0] if len(named) == 1 else None


def _spans(event: GoldEvent) -> Iterator[tuple[str, GoldSpan]]:
    yield "trigger", event.trigger
    for argument in event.arguments:
        for span in argument.spans:
            yield str(argument.role), span
    if event.attribution:
        for span in event.attribution.spans:
            yield str(event.attribution.role), span


def _cuts(text: str, span: GoldSpan) -> bool:
    before = text[span.start - 1 : span.start] if span.start else ""
    after = text[span.end : span.end + 1]
    return bool(
        (_WORD.match(before) and _WORD.match(span.text[0]))
        or (_WORD.match(after) and _WORD.match(span.text[-1]))
    )
