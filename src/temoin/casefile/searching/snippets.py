"""Snippets: a piece of the untouched text, with offsets of the words that were found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from temoin.casefile.searching.words import Words

__all__ = ["Snippet", "around", "marks"]

_BEFORE = 60
_LENGTH = 200

#: A word is sought in this much of a text: a snippet is a help, not a search.
_SOUGHT = 200_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a document's text; all offsets are those of the document.

    Attributes:
        start: First code point.
        end: One past the last.
        text: The text between them, untouched.
        marks: The words that were found, each from a first to one past a last code point.
    """

    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


def around(text: str, said: Sequence[Words]) -> Snippet:
    """The piece of a text that has the first words sought; its beginning if it has none."""
    found = marks(text[:_SOUGHT], said)
    start = max(0, found[0][0] - _BEFORE) if found else 0
    if start:
        space = text.find(" ", start, start + _BEFORE // 2)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + _LENGTH)
    if end < len(text):
        space = text.rfind(" ", start + _LENGTH // 2, end)
        end = space if space >= 0 else end
    inside = tuple((first, last) for first, last in found if start <= first and last <= end)
    return Snippet(start, end, text[start:end], inside)


def marks(text: str, said: Iterable[Words], *, offset: int = 0) -> list[tuple[int, int]]:
    """Where words stand in a text, in its own offsets plus `offset`; overlaps are left out."""
    pattern = "|".join(_pattern(each) for each in said)
    if not pattern:
        return []
    pieces = [_FOLDED[char] for char in text]
    folded = "".join(pieces)
    at: Sequence[int] = range(len(text) + 1)
    if len(folded) != len(text) or any(len(piece) != 1 for piece in pieces):
        at = [place for place, piece in enumerate(pieces) for _ in piece] + [len(text)]
    return [
        (offset + at[found.start()], offset + at[found.end() - 1] + 1)
        for found in re.finditer(rf"(?<![^\W_])(?:{pattern})", folded)
    ]


def _pattern(said: Words) -> str:
    end = r"[^\W_]*" if said.prefix else r"(?![^\W_])"
    return r"[\W_]+".join(re.escape(word) for word in said.words) + end


class _Folded(dict[str, str]):
    """Each character as `search.words_of` folds it; learnt as they come."""

    def __missing__(self, char: str) -> str:
        folded = unicodedata.normalize("NFKD", char).casefold()
        self[char] = kept = "".join(each for each in folded if unicodedata.category(each) != "Mn")
        return kept


_FOLDED = _Folded()
