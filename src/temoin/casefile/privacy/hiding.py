"""What is left out of the words of a record, and where each remaining piece goes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from temoin.casefile.privacy.coarsening import is_fine
from temoin.casefile.privacy.finding import (
    find_contacts,
    find_facilities,
    find_persons,
    plain_name,
)
from temoin.casefile.privacy.profiles import Profile
from temoin.record import Argument, Event, Mention, Record

__all__ = ["Hiding", "Names", "Removed"]

#: Parts of a name that are too short, or too common, to stand for the person alone.
_SHORTEST_PART = 3


_CYRILLIC = re.compile(r"[\u0400-\u04ff'’ʼ-]+")
_ENDINGS = "аяоеєиіїйьуюы"


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of text that is left out.

    Attributes:
        kind: person, email, hospital, ... or the field that was marked.
        start: Its first code point in the untouched text.
        end: One past its last.
        text: What stood there.
        placeholder: What stands there instead.
    """

    kind: str
    start: int
    end: int
    text: str
    placeholder: str


@dataclass(slots=True)
class Names:
    """Numbers of persons and places, the same throughout an export."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def placeholder(self, kind: str, name: str) -> str:
        """`[person 3]`: a number for each name of a kind."""
        key = (kind, plain_name(name) if kind == "person" else name.casefold())
        last = sum(1 for known, _ in self.numbers if known == kind)
        return f"[{kind} {self.numbers.setdefault(key, last + 1)}]"


class Hiding:
    """Leaves words out of the texts of one record.

    Args:
        record: The record.
        profile: What to leave out.
        names: Numbers given so far.
    """

    def __init__(self, record: Record, profile: Profile, names: Names) -> None:
        self._record = record
        self._profile = profile
        self._names = names
        self._words: dict[str, tuple[str, str]] = {}
        self._longest: list[str] = []
        self._ranges: list[tuple[int, int]] = []
        self._pattern: re.Pattern[str] | None = None
        self._pieces: list[Removed] | None = None
        self.text = ""
        self._find(record.document.text)
        for said in self._said():
            self._find(said)

    def numbered(self, kind: str, name: str) -> str:
        """`document-3`: a number instead of a name that may tell something."""
        return self._names.placeholder(kind, name).strip("[]").replace(" ", "-")

    def hide_words(self, words: str, placeholder: str, *, kind: str) -> None:
        """Leave words out wherever they stand."""
        if words.strip():
            self._words[words] = (placeholder, kind)
            self._pattern = None

    def hide_sentence(self, event: Event) -> None:
        """Leave out the sentence that claims an event."""
        at = event.trigger.start
        sentences = self._record.document.sentences
        around = next((each for each in sentences if each[0] <= at < each[1]), None)
        start, end = around or (0, len(self._record.document.text))
        self._ranges.append((start, max(end, event.trigger.end)))

    def hide_places(self) -> None:
        """Leave out the names of all places that are smaller than a first-order unit."""
        arguments = [each for event in self._record.events for each in event.arguments]
        spans: list[Argument | Mention] = [*arguments, *self._record.mentions]
        for span in spans:
            if span.place and is_fine(span.place.feature):
                self.hide_words(span.text, "[place]", kind="place")
                self.hide_words(span.place.name, "[place]", kind="place")
        for event in self._record.events:
            if event.place and is_fine(event.place.feature):
                self.hide_words(event.place.name, "[place]", kind="place")

    def suppressed(self) -> set[str]:
        """What must not occur any more."""
        text = self._record.document.text
        return {*self._words, *(text[start:end] for start, end in self._ranges)}

    def pieces(self, text: str) -> list[Removed]:
        """What is left out of the document's text, in its order."""
        found = self._found(text)
        found += [Removed("claim", s, e, text[s:e], "[withheld]") for s, e in self._ranges]
        self._pieces = _merged(found, text)
        self.text = _filled(text, self._pieces)
        return self._pieces

    def written(self, text: str) -> str:
        """A text without what is left out."""
        if text == self._record.document.text and self._pieces is not None:
            return self.text
        return _filled(text, _merged(self._found(text), text))

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the untouched text is in the new one; it grows to whole placeholders."""
        return self._moved(start, after=False), self._moved(end, after=True)

    def _moved(self, at: int, *, after: bool) -> int:
        shift = 0
        for piece in self._pieces or ():
            if piece.end <= at:
                shift += len(piece.placeholder) - (piece.end - piece.start)
            elif piece.start < at:
                return piece.start + shift + (len(piece.placeholder) if after else 0)
            else:
                break
        return at + shift

    def _find(self, text: str) -> None:
        """Note the persons and places that a text names."""
        if self._profile.persons:
            for person in find_persons(text):
                label = self._names.placeholder("person", self._whole(person.text))
                self.hide_words(person.text, label, kind="person")
                for part in _parts(person.text):
                    self._words.setdefault(part, (label, "person"))
                self._pattern = None
        if self._profile.facilities:
            for place in find_facilities(text):
                label = self._names.placeholder(place.kind, place.text)
                self.hide_words(place.text, label, kind=place.kind)

    def _whole(self, name: str) -> str:
        """The full name that a part of it stands for, where the text had one before."""
        if len(name.split()) > 1:
            return name
        label = self._words.get(name)
        for known, (placeholder, _) in self._words.items():
            if label and placeholder == label[0] and len(known.split()) > 1:
                return known
        return name

    def _said(self) -> Iterable[str]:
        document = self._record.document
        yield from filter(None, (document.title, document.source))
        yield from (each.value for each in self._record.ungrounded)

    def _found(self, text: str) -> list[Removed]:
        found = []
        if self._pattern is None and self._words:
            self._longest = sorted(self._words, key=lambda word: (-len(word), word))
            either = "|".join(f"({_inflected(word)})" for word in self._longest)
            self._pattern = re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")
        if self._pattern is not None and self._words:
            for match in self._pattern.finditer(text):
                label, kind = self._words[self._longest[(match.lastindex or 1) - 1]]
                found.append(Removed(kind, match.start(), match.end(), match[0], label))
        if self._profile.contacts:
            found += [
                Removed(each.kind, each.start, each.end, each.text, f"[{each.kind}]")
                for each in find_contacts(text)
                if each.kind != "coordinates"
            ]
        if self._profile.coordinates != "exact":
            found += [
                Removed(each.kind, each.start, each.end, each.text, "[coordinates]")
                for each in find_contacts(text)
                if each.kind == "coordinates"
            ]
        return found


def _inflected(words: str) -> str:
    """A pattern for words and, of Cyrillic ones, their other cases."""
    return r"\s+".join(
        rf"{re.escape(word[:-1] if word[-1] in _ENDINGS else word)}[а-яёіїєґ]{{0,3}}"
        if len(word) > _SHORTEST_PART and _CYRILLIC.fullmatch(word)
        else re.escape(word)
        for word in words.split()
    )


def _parts(name: str) -> list[str]:
    """Parts of a name that may stand for the whole: each capitalised word of some length."""
    words = name.split()
    if len(words) < 2:
        return []
    return [
        word
        for word in words
        if len(word) >= _SHORTEST_PART and (word[0].isupper() or not word.isascii())
    ]


def _merged(found: list[Removed], text: str) -> list[Removed]:
    """Pieces that overlap become one, with the placeholder of the longest."""
    merged: list[Removed] = []
    for each in sorted(found, key=lambda piece: (piece.start, -piece.end)):
        last = merged[-1] if merged else None
        if last is None or each.start >= last.end:
            merged.append(each)
        elif each.end > last.end:
            longer = max(last, each, key=lambda piece: piece.end - piece.start)
            merged[-1] = Removed(
                longer.kind, last.start, each.end, text[last.start : each.end], longer.placeholder
            )
    return merged


def _filled(text: str, pieces: list[Removed]) -> str:
    parts, at = [], 0
    for piece in pieces:
        parts += [text[at : piece.start], piece.placeholder]
        at = piece.end
    return "".join([*parts, text[at:]])
