"""Words of a text with their offsets, as place phrases need them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from temoin.grounding.place.names import script

__all__ = ["Token", "tokenise"]

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_ELISION = re.compile(r"(?:[ldjsmtcnLDJSMTCN]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]s$")

_ARTICLES = frozenset({
    "al", "el", "ad", "ed", "ar", "er", "as", "es", "ash", "ach", "esh", "ech", "at", "et", "az",
    "ez", "an", "en", "ul",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `text[start:end]`.

    Attributes:
        start: Its first code point.
        end: One past its last.
        text: The word.
        name: Whether it may begin a name: a capital, or a script without capitals.
    """

    start: int
    end: int
    text: str
    name: bool


def tokenise(text: str, *, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of `text[start:end]`, French elisions and English possessives taken off."""
    found: list[Token] = []

    def add(first: int, last: int) -> None:
        word = text[first:last]
        named = word[0].isupper() or word[0].isdigit() or script(word) == "arabic"
        # "al-Hol", "ash-Shaddadi": the article belongs to the name.
        if not named and word in _ARTICLES and text[last : last + 1] in {"-", "‑"}:
            named = text[last + 1 : last + 2].isupper()
        found.append(Token(first, last, word, named))

    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        elided = _ELISION.match(text, first, last)
        if elided:
            add(first, elided.end() - 1)
            first = elided.end()
        possessive = _POSSESSIVE.search(text[first:last])
        if possessive and last - first > 2:
            last = first + possessive.start()
        add(first, last)
    return found
