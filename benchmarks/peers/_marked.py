"""Texts whose gold marks events by offsets: TimeML files and CAT files.

Both become a `Marked`: the text without tags, events with their attributes as the
file has them, and the links between events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _running import GoldError
from lxml import etree

from temoin.record import Event, Span

__all__ = ["Link", "Mark", "Marked", "matches", "read_cat", "read_timeml"]

#: Written without a blank before them, or after them.
_CLOSING = frozenset(".,;:!?)]}%'’") | {"''", "'s", "’s", "n't", "n’t", "...", "-"}
_OPENING = frozenset("([{$£€") | {"``", "-"}


@dataclass(frozen=True)
class Mark:
    """Words that the gold marks, with the attributes that it gives them."""

    id: str
    start: int
    end: int
    text: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A relation of the gold between two marks, by their ids."""

    kind: str
    type: str
    source: str
    target: str


@dataclass(frozen=True)
class Marked:
    """A text of the gold."""

    name: str
    text: str
    created: dt.date | None
    events: tuple[Mark, ...]
    values: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    #: How far the text is annotated: what stands behind it says nothing.
    until: int = 0


def matches(events: Sequence[Event], marks: Sequence[Mark]) -> list[tuple[Event, Mark]]:
    """Events whose trigger overlaps a mark, one to one; the longest overlap goes first.

    Several types on one trigger are one finding: the first of them is taken.
    """
    pairs = sorted(
        (
            (-_shared(event.trigger, mark), mark.start, event.trigger.start, i, j)
            for i, event in enumerate(events)
            for j, mark in enumerate(marks)
            if _shared(event.trigger, mark) > 0
        )
    )
    events_left, marks_left = set(range(len(events))), set(range(len(marks)))
    taken = []
    for _, _, _, i, j in pairs:
        if i in events_left and j in marks_left:
            events_left.discard(i)
            marks_left.discard(j)
            taken.append((i, j))
    return [(events[i], marks[j]) for i, j in sorted(taken, key=lambda pair: marks[pair[1]].start)]


def _shared(trigger: Span, mark: Mark) -> int:
    return min(trigger.end, mark.end) - max(trigger.start, mark.start)


def _root(path: Path) -> etree._Element:
    secure = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.parse(path, secure).getroot()
    except etree.XMLSyntaxError as error:
        message = f"{path} is not XML: {error}"
        raise GoldError(message) from error


def read_timeml(path: Path) -> Marked:
    """Read a TimeML file: its text, EVENTs and SLINKs.

    Raises:
        GoldError: It is no TimeML.
    """
    root = _root(path)
    if root.tag != "TimeML":
        message = f"{path} is not TimeML: its root is <{root.tag}>"
        raise GoldError(message)
    created = None
    for tag in root.iter("TIMEX3"):
        if tag.get("functionInDocument") == "CREATION_TIME":
            created = _day(tag.get("value"))
    body = root.find(".//TEXT")
    pieces: list[str] = []
    events: list[Mark] = []
    _walk(root if body is None else body, pieces, events)
    text = "".join(pieces)
    names = {mark.given.get("eiid", mark.id): mark.id for mark in events}
    links = []
    for tag in root.iter("SLINK"):
        source = tag.get("eventInstanceID") or tag.get("eventID") or ""
        target = tag.get("subordinatedEventInstance") or tag.get("subordinatedEvent") or ""
        links.append(
            Link(
                "SLINK",
                tag.get("relType") or "",
                names.get(source, source),
                names.get(target, target),
            )
        )
    return Marked(path.stem, text, created, tuple(events), links=tuple(links), until=len(text))


def _walk(element: etree._Element, pieces: list[str], events: list[Mark]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, pieces, events)
        pieces.append(child.tail or "")
    if element.tag != "EVENT":
        return
    text = "".join(pieces)[start:]
    if text.strip():
        given = {str(name): str(value) for name, value in element.attrib.items()}
        events.append(Mark(given.get("eid", ""), start, start + len(text), text, given))


def read_cat(path: Path) -> Marked:
    """Read a CAT file of the MEANTIME corpus: events, values, TLINKs and CLINKs.

    Its tokens are joined as they are usually written; a sentence is a line.

    Raises:
        GoldError: It is no CAT file.
    """
    root = _root(path)
    tokens = list(root.iter("token"))
    if root.tag != "Document" or not tokens:
        message = f"{path} is not a CAT file: no <Document> with <token>s"
        raise GoldError(message)
    text, places = _joined(tokens)
    marks: dict[str, list[Mark]] = {"EVENT_MENTION": [], "VALUE": []}
    created, last = None, 0
    for tag in root.iterfind("Markables/*"):
        if tag.get("functionInDocument") in {"CREATION_TIME", "PUBLICATION_TIME"}:
            created = _day(tag.get("value"))
        ids = [anchor.get("t_id") or "" for anchor in tag.iter("token_anchor")]
        spans = sorted(places[each] for each in ids if each in places)
        if not spans:
            continue
        last = max(last, spans[-1][1])
        if tag.tag in marks:
            start, end = spans[0][0], spans[-1][1]
            given = {str(name): str(value) for name, value in tag.attrib.items()}
            marks[str(tag.tag)].append(
                Mark(given.get("m_id", ""), start, end, text[start:end], given)
            )
    links = [
        Link(str(tag.tag), tag.get("reltype") or "", source, target)
        for tag in root.iterfind("Relations/*")
        if tag.tag in {"TLINK", "CLINK"}
        for source in _ends(tag.iter("source"))
        for target in _ends(tag.iter("target"))
    ]
    return Marked(
        path.stem,
        text,
        created,
        tuple(marks["EVENT_MENTION"]),
        values=tuple(marks["VALUE"]),
        links=tuple(links),
        until=(text.find("\n", last) + 1 or len(text)) if last else 0,
    )


def _ends(tags: Iterable[etree._Element]) -> list[str]:
    return [tag.get("m_id") or "" for tag in tags]


def _joined(tokens: Sequence[etree._Element]) -> tuple[str, dict[str, tuple[int, int]]]:
    """Tokens as text, and where each stands in it."""
    pieces: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    length, before, sentence = 0, "", ""
    for token in tokens:
        words = token.text or ""
        number = token.get("sentence") or ""
        if pieces and number != sentence:
            gap = "\n"
        elif not pieces or words in _CLOSING or before in _OPENING:
            gap = ""
        else:
            gap = " "
        start = length + len(gap)
        pieces += [gap, words]
        length = start + len(words)
        places[token.get("t_id") or ""] = (start, length)
        before, sentence = words, number
    return "".join(pieces), places


def _day(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
