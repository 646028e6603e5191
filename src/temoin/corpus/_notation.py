"""The compiler of the `.gold` notation, which `corpus/README.md` describes.

A file is a head of `key: value` lines, a line `---`, then lines that start with
S (a sentence), P (a new paragraph), E (an event of the sentence above) or R (a
relation between events). Every fault is a `CorpusError` that names file and line.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from temoin.corpus._gold import (
    ATTRIBUTION,
    DEFAULT_WITHIN_KM,
    GoldArgument,
    GoldDocument,
    GoldEvent,
    GoldRelation,
    GoldReport,
    GoldRole,
    GoldSpan,
)
from temoin.errors import CorpusError
from temoin.record import Certainty, EventType, Polarity, RelationType, Role

__all__ = ["compile_gold", "fault", "read_gold"]

_SPAN: Final = r'"((?:[^"\\]|\\.)*)"(?:\[(\d+)\])?'
_SPANS: Final = re.compile(_SPAN)
_ARGUMENT: Final = re.compile(
    r"(?P<role>[a-z]+)=(?P<spans>" + _SPAN + r"(?:\|" + _SPAN + r")*)"
    r"(?:@(?P<lat>-?[\d.]+),(?P<lon>-?[\d.]+)(?:~(?P<km>\d+))?)?"
    r"(?:=(?P<day>\d{4}-\d\d-\d\d)(?:/(?P<last>\d{4}-\d\d-\d\d))?)?"
    r"(?:#(?P<value>-?[\d.]+))?"
)
_FLAG: Final = re.compile(r"(?P<name>polarity|certainty)=(?P<value>[a-z]+)")
_EVENT: Final = re.compile(r"E (?P<id>\w+) (?P<type>\w+) " + _SPAN + r"\s*(?P<rest>.*)$")
_RELATION: Final = re.compile(r"R (\w+) (\w+) (\w+)\s*$")
_ESCAPED: Final = re.compile(r"\\(.)")

#: Keys that every head must have, and the one that it may have.
_REQUIRED: Final = ("doc", "lang", "published")

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(slots=True)
class _Text:
    """The text as far as it has been put together, and where its sentences lie."""

    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraph: bool = False

    def add(self, sentence: str) -> None:
        if self.text:
            self.text += "\n\n" if self.paragraph else " "
        self.paragraph = False
        start = len(self.text)
        self.text += sentence
        self.sentences.append((start, len(self.text)))


def fault(where: Path | str, cause: str, *, line: int | None = None) -> CorpusError:
    """The error for a cause in a file, or at `file:line`."""
    place = where if line is None else f"{where}:{line}"
    return CorpusError(f"{place}: {cause}")


def read_gold(path: Path | str) -> GoldReport:
    """Read and compile one `.gold` file.

    Args:
        path: The file, UTF-8.

    Raises:
        CorpusError: The file cannot be read or breaks the notation; the message
            starts with `file:line`.
    """
    path = Path(path)
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise fault(path, f"cannot be read: {error}") from error
    return compile_gold(source, name=str(path), path=path)


def compile_gold(source: str, *, name: str = "<text>", path: Path | None = None) -> GoldReport:
    """Compile the notation of one report.

    Args:
        source: What a `.gold` file holds.
        name: What messages call it.
        path: Where it was read from, kept on the report.

    Raises:
        CorpusError: The text breaks the notation.
    """
    head, separator, body = source.partition("\n---\n")
    if not separator:
        raise fault(name, "no line `---` between head and report", line=1)
    meta = _head(head, name)
    text = _Text()
    annotations: list[tuple[int, str, int]] = []
    for number, line in enumerate(body.split("\n"), head.count("\n") + 3):
        if not line.strip() or line.startswith("#"):
            continue
        if line == "P":
            text.paragraph = True
        elif line.startswith("S "):
            text.add(line[2:])
        elif line.startswith(("E ", "R ")):
            annotations.append((number, line, len(text.sentences) - 1))
        else:
            raise fault(name, f"neither S, E, R nor P: {line[:40]}", line=number)
    events: list[GoldEvent] = []
    relations: list[tuple[int, GoldRelation]] = []
    for number, line, index in annotations:
        where = f"{name}:{number}"
        if line.startswith("R "):
            relations.append((number, _relation(line, where)))
            continue
        if index < 0:
            raise fault(where, "an event before the first sentence")
        events.append(_event(line, text.text, text.sentences[index], where, number))
    _check_ids(events, relations, name)
    return GoldReport(
        document=GoldDocument(
            id=meta["doc"],
            language=meta["lang"],
            published=_day(meta["published"], f"{name}: published"),
            source=meta.get("source", ""),
            text=text.text,
        ),
        sentences=tuple(text.sentences),
        events=tuple(events),
        relations=tuple(relation for _, relation in relations),
        path=path,
    )


def _head(head: str, name: str) -> dict[str, str]:
    meta = {}
    for number, line in enumerate(head.strip().split("\n"), 1):
        key, separator, value = line.partition(": ")
        if not separator:
            raise fault(name, f"not `key: value`: {line[:40]}", line=number)
        meta[key] = value
    missing = [key for key in _REQUIRED if key not in meta]
    if missing:
        raise fault(name, f"the head has no {' and no '.join(missing)}", line=1)
    return meta


def _relation(line: str, where: str) -> GoldRelation:
    match = _RELATION.match(line)
    if not match:
        raise fault(where, f"not a relation `R source type target`: {line[:60]}")
    source, kind, target = match.groups()
    return GoldRelation(_choice(RelationType, kind, "relation", where), source, target)


def _event(line: str, text: str, sentence: tuple[int, int], where: str, number: int) -> GoldEvent:
    match = _EVENT.match(line)
    if not match:
        raise fault(where, f'not an event `E id type "trigger" ...`: {line[:60]}')
    kind = _choice(EventType, match["type"], "type", where)
    trigger = _locate(text, match[3], match[4], sentence, where)
    arguments: list[GoldArgument] = []
    attribution: GoldArgument | None = None
    polarity, certainty = Polarity.AFFIRMED, Certainty.CERTAIN
    rest = match["rest"].strip()
    while rest:
        found = _FLAG.match(rest)
        if found and found["name"] == "polarity":
            polarity = _choice(Polarity, found["value"], "polarity", where)
        elif found:
            certainty = _choice(Certainty, found["value"], "certainty", where)
        else:
            found = _ARGUMENT.match(rest)
            if not found:
                raise fault(where, f"cannot read {rest[:60]}")
            argument = _argument(found, text, sentence, where)
            if argument.role == ATTRIBUTION:
                attribution = argument
            else:
                arguments.append(argument)
        rest = rest[found.end() :].strip()
    return GoldEvent(
        id=match["id"],
        type=kind,
        trigger=trigger,
        arguments=tuple(arguments),
        polarity=polarity,
        certainty=certainty,
        attribution=attribution,
        line=number,
    )


def _argument(
    match: re.Match[str], text: str, sentence: tuple[int, int], where: str
) -> GoldArgument:
    role: GoldRole = ATTRIBUTION
    if match["role"] != ATTRIBUTION:
        role = _choice(Role, match["role"], "role", where)
    # The first mention is in the event's own sentence, the others anywhere.
    spans: list[GoldSpan] = []
    for quoted, nth in _SPANS.findall(match["spans"]):
        within = (0, len(text)) if spans else sentence
        spans.append(_locate(text, quoted, nth, within, where))
    placed = match["lat"] is not None
    first = _day(match["day"], where) if match["day"] else None
    last = _day(match["last"], where) if match["last"] else first
    return GoldArgument(
        role=role,
        spans=tuple(spans),
        latitude=_number(match["lat"], where) if placed else None,
        longitude=_number(match["lon"], where) if placed else None,
        within_km=int(match["km"] or DEFAULT_WITHIN_KM) if placed else None,
        earliest=first,
        latest=last,
        value=_number(match["value"], where) if match["value"] else None,
    )


def _locate(
    text: str, quoted: str, nth: str | None, within: tuple[int, int], where: str
) -> GoldSpan:
    """Find the n-th occurrence of quoted words between two offsets."""
    words = _ESCAPED.sub(r"\1", quoted)
    count = int(nth or 1)
    if not words or not count:
        raise fault(where, "an empty span or occurrence 0")
    start, end = within
    at = found = start
    for _ in range(count):
        found = text.find(words, at, end)
        if found < 0:
            raise fault(where, f"{words!r} is not there")
        at = found + 1
    return GoldSpan(found, found + len(words), words)


def _check_ids(
    events: list[GoldEvent], relations: list[tuple[int, GoldRelation]], name: str
) -> None:
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            raise fault(name, f"the id {event.id} stands twice", line=event.line)
        seen.add(event.id)
    for number, relation in relations:
        for end in (relation.source, relation.target):
            if end not in seen:
                raise fault(name, f"relation with an unknown event: {end}", line=number)


def _choice(kind: type[_Choice], value: str, what: str, where: str) -> _Choice:
    try:
        return kind(value)
    except ValueError as error:
        raise fault(where, f"unknown {what} {value}") from error


def _day(value: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise fault(where, f"{value} is no day of the calendar") from error


def _number(value: str, where: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise fault(where, f"{value} is no number") from error
