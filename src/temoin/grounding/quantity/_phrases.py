"""A book of phrases: which entry of a table do the tokens at this place spell?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from temoin.grounding.quantity._tokens import Token, tokenize

__all__ = ["PhraseBook"]

Value = TypeVar("Value")

#: How the last word of a phrase is written before a vowel: "plus de", "plus d'".
_ELIDED = {"de": "d'", "que": "qu'", "le": "l'", "la": "l'"}


class PhraseBook(Generic[Value]):
    """Phrases of one or more words, each with a value; the longest that fits wins.

    A single word may end in `*` ("kilomètre*"): it then matches every word that
    begins so, after all phrases that match exactly.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]] = (), *, elides: bool = False) -> None:
        self._elides = elides
        self._exact: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._stems: dict[str, Value] = {}
        for phrase, value in entries:
            self.add(phrase, value)

    @classmethod
    def of(
        cls, table: Mapping[str, Iterable[str]] | None, *, elides: bool = False
    ) -> PhraseBook[str]:
        """A book from a table of value → phrases."""
        pairs = ((phrase, key) for key, phrases in (table or {}).items() for phrase in phrases)
        return PhraseBook(pairs, elides=elides)

    def add(self, phrase: str, value: Value) -> None:
        """Add one phrase; of two values for one phrase the first stays."""
        words = self._words(phrase.rstrip("*"))
        if not words:
            return
        elided = _ELIDED.get(words[-1]) if self._elides and len(words) > 1 else None
        if elided:
            self._add((*words[:-1], elided), value)
        if phrase.endswith("*") and len(words) == 1:
            self._stems.setdefault(words[0], value)
            return
        self._add(words, value)

    def _words(self, phrase: str) -> tuple[str, ...]:
        """The folded words of a phrase; a final apostrophe elides as it does in a text."""
        elided = self._elides and phrase.endswith("'")
        tokens = tokenize(f"{phrase}a" if elided else phrase, elides=self._elides)
        return tuple(token.word for token in tokens[: -1 if elided else None])

    def _add(self, words: tuple[str, ...], value: Value) -> None:
        bucket = self._exact.setdefault(words[0], [])
        if all(rest != words[1:] for rest, _ in bucket):
            bucket.append((words[1:], value))
            bucket.sort(key=_length, reverse=True)

    def match(self, tokens: Sequence[Token], at: int) -> tuple[Value, int] | None:
        """The value of the phrase that begins at token `at`, and the token after it."""
        if not at < len(tokens):
            return None
        word = tokens[at].word
        for rest, value in self._exact.get(word, ()):
            end = at + 1 + len(rest)
            if end <= len(tokens) and all(
                token.word == wanted
                for token, wanted in zip(tokens[at + 1 : end], rest, strict=True)
            ):
                return value, end
        if self._stems and tokens[at].kind == "word":
            for length in range(len(word), 2, -1):
                stem = self._stems.get(word[:length])
                if stem is not None:
                    return stem, at + 1
        return None

    def words(self) -> Iterator[str]:
        """The first words of all phrases, and the words after them."""
        for first, bucket in self._exact.items():
            yield first
            for rest, _ in bucket:
                yield from rest

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)


def _length(entry: tuple[tuple[str, ...], object]) -> int:
    return len(entry[0])
