"""Lists of words that rules may name, each a set of patterns in all languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

from temoin.record import Span

__all__ = ["WordLists", "occurrences", "shared_words", "word_lists"]

#: By name of the list, its words as one pattern.
WordLists = Mapping[str, re.Pattern[str]]

_DATA = resources.files("temoin.codebooks") / "data"


@lru_cache(maxsize=1)
def shared_words() -> WordLists:
    """The lists that every codebook has."""
    return word_lists(tomllib.loads((_DATA / "words.toml").read_text(encoding="utf-8")))


def word_lists(data: object) -> WordLists:
    """Lists from a table: name to a list of beginnings of words.

    A word of the text that starts with one of them is found; one that ends in `.` must
    be the whole word. Spaces match any white space, `'` either apostrophe.

    Raises:
        TypeError: A list is not a list of texts.
    """
    if not isinstance(data, dict):
        raise TypeError("needs a table of lists")
    found = {}
    for name, words in data.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            message = f"{name} needs a list of texts"
            raise TypeError(message)
        found[name] = re.compile(
            r"(?<!\w)(?:" + "|".join(map(_pattern, words)) + ")", re.IGNORECASE
        )
    return found


def occurrences(words: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Where a list's words stand between two offsets of a text."""
    for match in words.finditer(text, start, end):
        if match.end() > match.start():
            yield Span(start=match.start(), end=match.end(), text=match.group())


def _pattern(word: str) -> str:
    whole = word.endswith(".")
    plain = re.escape(word.rstrip(".")).replace(r"\ ", r"\s+").replace("'", "['’]")
    return plain + (r"(?!\w)" if whole else r"\w*")
