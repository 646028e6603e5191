"""Cuts a text into the tokens that numbers are read from, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from temoin.grounding._folding import fold

__all__ = ["SPACES", "Token", "tokenize"]

#: Spaces that part groups of three digits: plain, no-break, figure, thin, narrow no-break.
SPACES = " \u00a0\u2007\u2009\u202f"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_APOSTROPHES = "'\u2019\u02bc`"

_TOKEN = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,\u066b]\d+)?"
    r"|\d+(?:[.,'\u2019\u066b\u066c]\d+)*)"
    # An Arabic particle written against digits: و40.
    r"|(?P<particle>[\u0648\u0628\u0644\u0641\u0643](?=\d))"
    rf"|(?P<word>[^\W\d_](?:[\w{_MARKS}]|[{_APOSTROPHES}](?=[^\W\d_]))*)"
    r"|(?P<mark>\S)"
)
_ELIDED = re.compile(rf"([^\W\d_]+)[{_APOSTROPHES}](?=[^\W\d_])")
_AND = "\u0648"
_HYPHENS = "-\u2010\u2011"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word or a mark of the text.

    Attributes:
        word: Its folded spelling; a number's is its text.
        kind: number, word or mark.
        start: Offset of its first code point in the text.
        end: One past its last.
        glued: Whether a hyphen joins it to the token before, as in "vingt-trois" or "T-72".
        raw: Its spelling in the text.
    """

    word: str
    kind: Literal["number", "word", "mark"]
    start: int
    end: int
    glued: bool
    raw: str


def tokenize(
    text: str,
    *,
    elides: bool = False,
    prefixes: tuple[str, ...] = (),
    vocabulary: Container[str] = frozenset(),
) -> list[Token]:
    """The tokens of `text`, in order.

    Args:
        text: Any text; offsets of the tokens are offsets into it.
        elides: Whether an apostrophe ends a word ("d'environ"), as in French.
        prefixes: Folded prefixes written without a space (Arabic و, ب, ال), longest first;
            و becomes a token of its own, the others are dropped.
        vocabulary: Folded words; a prefix is cut off only where the rest is one of them.
    """
    tokens: list[Token] = []
    end = -1
    hyphen = False
    for match in _TOKEN.finditer(text):
        start, raw = match.start(), match[0]
        touches = start == end
        if match["mark"]:
            inside = raw in _HYPHENS and touches and text[match.end() : match.end() + 1].isalnum()
            hyphen = inside
            end = match.end()
            if not inside:
                tokens.append(Token(raw, "mark", start, end, glued=False, raw=raw))
            continue
        glued = hyphen and touches
        hyphen = False
        end = match.end()
        if match["particle"] and raw != _AND:
            continue
        if match["number"]:
            tokens.append(Token(raw, "number", start, end, glued=glued, raw=raw))
            continue
        while elides and (elided := _ELIDED.match(raw)):
            head = elided[0]
            stop = start + len(head)
            tokens.append(Token(fold(head), "word", start, stop, glued=glued, raw=head))
            start, raw, glued = stop, raw[len(head) :], False
        tokens.extend(_without_prefixes(raw, start, end, glued, prefixes, vocabulary))
    return tokens


def _without_prefixes(
    raw: str,
    start: int,
    end: int,
    glued: bool,  # noqa: FBT001 - private, called once
    prefixes: tuple[str, ...],
    vocabulary: Container[str],
) -> list[Token]:
    """The word as one token, or as prefix and word where the word is known without it."""
    word = fold(raw)
    whole = [Token(word, "word", start, end, glued=glued, raw=raw)]
    if not prefixes or word in vocabulary:
        return whole
    for prefix in prefixes:
        if not word.startswith(prefix) or word[len(prefix) :] not in vocabulary:
            continue
        cut = _raw_length(raw, len(prefix))
        rest = Token(word[len(prefix) :], "word", start + cut, end, glued=False, raw=raw[cut:])
        if prefix[0] != _AND:
            return [rest]
        return [Token(_AND, "word", start, start + 1, glued=glued, raw=raw[0]), rest]
    return whole


def _raw_length(raw: str, letters: int) -> int:
    """How many code points of `raw` its first `letters` folded letters take."""
    taken = 0
    for index, character in enumerate(raw):
        taken += len(fold(character))
        if taken > letters:
            return index
    return len(raw)
