"""Words of a phrase, levelled so that a name matches however it is inflected.

A word is cut where letters meet digits ("F16" and "F-16" are the same two words),
articles and elisions are dropped, and each word has the forms under which a table
may hold it: without the endings of Russian and Ukrainian cases, without the plural
s, without the article and the particles that Arabic writes with a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from temoin.grounding._folding import fold

__all__ = ["Word", "starts", "stems", "words", "words_of"]

_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
_WORD = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+|\d+")
#: Articles and prepositions that hold a name together, in six languages.
_GLUE = frozenset(
    {"d", "de", "del", "den", "der", "des", "du", "el", "l", "la", "las", "le", "les", "los", "of"}
    | {"qu", "the", "al", "ad", "ash", "ach", "ed", "ul", "и", "і", "й", "та", "из", "з", "від"}
)
_ARTICLES = frozenset({"al", "el", "ar", "an", "as", "ash", "ach", "ad", "ed", "at", "ul"})
#: Case endings of Russian and Ukrainian, longest first.
_ENDINGS = (
    *("ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ові", "еві", "ией", "ією"),
    *("ов", "ев", "ей", "ой", "ах", "ях", "ам", "ям", "ом", "ем", "ый", "ий", "ая", "яя", "ое"),
    *("ее", "ую", "юю", "ые", "ие", "ых", "их", "ым", "им", "ію", "ія", "ії", "ій", "їв", "ів"),
    *("ою", "ею", "єю", "а", "я", "о", "е", "у", "ю", "ы", "и", "і", "ї", "є", "й", "ь"),
)
_ARABIC_ARTICLES = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال")
_ARABIC_PARTICLES = "ولبفك"
_ARABIC_SUFFIXES = ("هما", "كم", "هم", "ها", "نا", "ه", "ي")
_SHORTEST_STEM = 3
_HYPHENS = ("-", "‑")
_JOINTS = ("", "-", "‑", "/", ".")


class Word(NamedTuple):
    """A word of a phrase.

    Attributes:
        start: Its first code point.
        end: One past its last.
        text: The word as it stands.
        fold: Its levelled spelling.
        forms: Under which a table may hold it, the likeliest first.
        glued: Whether it touches the word before (only "-", "/" or nothing between).
    """

    start: int
    end: int
    text: str
    fold: str
    forms: tuple[str, ...]
    glued: bool = False

    @property
    def capital(self) -> bool:
        """Whether it may be a name: a capital first, or a script without capitals."""
        return self.text[0] != self.text[0].lower() or self.text[0].upper() == self.text[0].lower()

    @property
    def acronym(self) -> bool:
        """Whether it is written like an acronym: at least two capitals, or all capitals."""
        capitals = sum(letter.isupper() for letter in self.text)
        return capitals > 1 or capitals == len(self.text)


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a short text, remembered: a phrase is read for several things."""
    return tuple(words(text))


def words(text: str) -> list[Word]:
    """The words of `text`, without articles and elisions."""
    found: list[Word] = []
    last = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        folded, forms = _levelled(word)
        if (folded in _GLUE or folded in _ARTICLES or folded == "s") and _is_glue(
            text, start, end, folded
        ):
            continue
        glued = last >= 0 and text[last:start] in _JOINTS
        found.append(Word(start, end, word, folded, forms, glued))
        last = end
    return found


def _is_glue(text: str, start: int, end: int, folded: str) -> bool:
    """Whether a word only holds others together: an article, an elision, a possessive."""
    after, number = text[end : end + 1], text[end + 1 : end + 2].isdigit()
    capitals = text[start:end].isupper()
    if folded in _ARTICLES:
        # "al-Hol", "ash-Shaddadi", but "An-26"; "as" and "an" are words of their own.
        joined = after in _HYPHENS or folded in ("al", "el")
        return joined and not capitals and not number
    if folded == "s":
        return text[start - 1 : start] in ("'", "’")
    # "S-300" and "D-30" keep their letter: a number follows.
    return not (capitals and (after.isdigit() or (after in _HYPHENS and number)))


@lru_cache(maxsize=65536)
def _levelled(word: str) -> tuple[str, tuple[str, ...]]:
    if word[0].isdecimal():
        return (_number(word), (_number(word),))
    return (_fold(word), stems(word))


def _fold(word: str) -> str:
    """The levelled spelling; a word that is but an ending stays as it is."""
    return fold(word) or word


def _number(word: str) -> str:
    """Digits of whatever script in ASCII, without leading zeros."""
    return "".join(str(unicodedata.decimal(digit)) for digit in word).lstrip("0") or "0"


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """The forms of one word under which a table may hold it, the likeliest first."""
    if word[0].isdecimal():
        return (_number(word),)
    folded = _fold(word)
    if "\u0400" <= folded[0] <= "\u04ff":
        return (folded,) if word.isupper() else (_without_case(folded),)
    if "\u0600" <= folded[0] <= "\u06ff":
        return tuple(dict.fromkeys(_arabic(folded)))
    if len(folded) > _SHORTEST_STEM and folded.endswith("s") and not folded.endswith("ss"):
        # The plural of a name, "Hezbollahs"; but "Hamas" in a table is not "Hama".
        return (folded, folded[:-1])
    return (folded,)


def starts(word: str) -> tuple[str, ...]:
    """The spellings of a word whose beginnings a stem with `*` may match."""
    folded = _fold(word)
    if "\u0600" <= folded[0] <= "\u06ff":
        return stems(word)
    return (folded,)


def _without_case(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _arabic(word: str) -> Iterable[str]:
    """A word as it stands, without its article, its particles, its possessive."""
    base = word
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) > 1:
            base = word[len(article) :]
            break
    yield base
    bases = [base]
    if base is word and len(word) > _SHORTEST_STEM and word[0] in _ARABIC_PARTICLES:
        bases.append(word[1:])
        yield word[1:]
    for stem in bases:
        for suffix in _ARABIC_SUFFIXES:
            if stem.endswith(suffix) and len(stem) - len(suffix) >= _SHORTEST_STEM:
                bare = stem[: -len(suffix)]
                yield bare
                # The feminine ending turns to an open t before a possessive.
                if bare.endswith("ت"):
                    yield bare[:-1] + "ة"
                break
