"""Words of the text with their offsets, elided articles cut off: l'|aéroport."""

from __future__ import annotations

import re
from dataclasses import dataclass

from temoin.grounding._folding import fold

__all__ = ["Token", "fold_phrase", "tokenize"]

_APOSTROPHES = "'’ʼ‘"
#: A word that loses its vowel before the next one: l', d', qu', jusqu'.
_ELIDED = re.compile(
    rf"(?:[ldcjmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{_APOSTROPHES}]", re.IGNORECASE
)
_WORD = re.compile(
    rf"\d+(?:[.,\u00a0\u202f ]\d{{3}})*(?:[.,]\d+)?%?"
    rf"|[^\W_]+(?:[-{_APOSTROPHES}.\u064b-\u0652](?=[^\W_])[^\W_]+)*\.?(?<=[^\W_])"
    rf"|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of the text.

    Args:
        start: Its first code point.
        end: One past its last code point.
        text: As it stands in the text.
        fold: In its levelled spelling.
        word: Whether it is a word or number and not a mark.
    """

    start: int
    end: int
    text: str
    fold: str
    word: bool

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def tokenize(text: str, *, elides: bool, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of text, with the offsets of the whole text."""
    tokens = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        at, stop = match.span()
        word = match.group()
        if elides:
            while (cut := _ELIDED.match(word)) and cut.end() < len(word):
                piece = cut.group()
                tokens.append(Token(at, at + len(piece), piece, fold(piece), word=True))
                at += len(piece)
                word = word[len(piece) :]
        tokens.append(Token(at, stop, word, fold(word), word=word[0].isalnum()))
        # An elided word that stands before a quotation mark: l'« opération ».
        if tokens[-1].text in _APOSTROPHES and len(tokens) > 1 and elides:
            before = tokens[-2]
            if before.end == tokens[-1].start and _ELIDED.fullmatch(before.text + tokens[-1].text):
                both = before.text + tokens[-1].text
                tokens[-2:] = [Token(before.start, stop, both, fold(both), word=True)]
    return tokens


def fold_phrase(phrase: str) -> str:
    """A phrase of a table or of the text in one spelling, single spaces between its tokens."""
    return " ".join(token.fold for token in tokenize(phrase, elides=True))
