"""Alignment: where the words of a quote stand in the text.

First letter by letter, then with case, white space, apostrophes, quotation marks,
dashes and the composition of accents levelled. A quote that would cut a word is
not there: "pris" is no part of "entreprise". Offsets are those of the untouched
text, whatever was levelled.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Haystack", "Place"]

#: A half-open range of offsets.
Place = tuple[int, int]

#: Scripts before this code point (Latin, Greek, Cyrillic, Armenian) keep words apart. In
#: those after it, prefixes and articles are written on to a word, or there are no spaces.
_JOINED_SCRIPTS = 0x0590

_MARKS = {
    **dict.fromkeys(map(ord, "’‘ʼ‛`´′"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): "...",
    # Arabic vowel signs and the stretching line: models leave them out.
    **dict.fromkeys((0x0640, 0x0670, *range(0x064B, 0x0653)), None),
}


@dataclass(frozen=True, slots=True)
class _Levelled:
    """A text levelled, and for each of its characters the place it comes from."""

    text: str
    places: tuple[Place, ...]


class Haystack:
    """A text in which quotes are sought.

    Args:
        text: The untouched text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._levelled = _level(text)
        self._known: dict[str, tuple[Place, ...]] = {}

    def places(self, quote: str) -> tuple[Place, ...]:
        """Where a quote stands, in the order of the text; empty where it does not."""
        if quote not in self._known:
            self._known[quote] = self._sought(quote.strip())
        return self._known[quote]

    def within_words(self, quote: str) -> bool:
        """Whether a quote without places stands within longer words at least."""
        needle = _level(quote.strip()).text
        return any(_occurrences(self._levelled.text, needle))

    def _sought(self, quote: str) -> tuple[Place, ...]:
        if not any(char.isalnum() for char in quote):
            return ()
        exact = ((start, start + len(quote)) for start in _occurrences(self._text, quote))
        if found := self._whole(exact):
            return found
        needle = _level(quote).text
        levelled = (
            (self._levelled.places[start][0], self._levelled.places[start + len(needle) - 1][1])
            for start in _occurrences(self._levelled.text, needle)
        )
        return self._whole(levelled)

    def _whole(self, places: Iterator[Place]) -> tuple[Place, ...]:
        return tuple(place for place in places if not self._cuts(*place))

    def _cuts(self, start: int, end: int) -> bool:
        """Whether a word, or a letter and its accent, would be cut at either end."""
        text = self._text
        return (start > 0 and _joined(text[start - 1], text[start])) or (
            end < len(text) and _joined(text[end - 1], text[end])
        )


def _joined(left: str, right: str) -> bool:
    if unicodedata.combining(right):
        return True
    # An accent that stands alone is part of the word before it.
    return all(
        (char.isalnum() or unicodedata.combining(char)) and ord(char) < _JOINED_SCRIPTS
        for char in (left, right)
    )


def _occurrences(text: str, needle: str) -> Iterator[int]:
    if not needle:
        return
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def _level(text: str) -> _Levelled:
    letters: list[str] = []
    places: list[Place] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for letter in _levelled(text[start:end]):
            if letter == " " and letters and letters[-1] == " ":
                places[-1] = (places[-1][0], end)
                continue
            letters.append(letter)
            places.append((start, end))
        start = end
    return _Levelled("".join(letters), tuple(places))


def _levelled(cluster: str) -> str:
    """A letter with its accents, levelled; empty for what has no width."""
    if cluster.isascii():
        return " " if cluster.isspace() else cluster.lower()
    if cluster[0].isspace():
        return " "
    if unicodedata.category(cluster[0]) == "Cf":
        cluster = cluster[1:]
    composed = unicodedata.normalize("NFC", cluster).casefold()
    return unicodedata.normalize("NFC", composed).translate(_MARKS)
