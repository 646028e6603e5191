"""Mend the edges of spans: halves of hyphened words, dangling prepositions, split phrases.

The model labels word by word; now and then it stops within "Pétion-Ville" or after
"treize missiles de". What is mended here holds whatever the words mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

__all__ = ["joined", "mended"]

_HYPHENS = "-\u2010\u2011"
_OUTSIDE = " \t\n\r\u00a0\u202f,;:.!?'’\"«»“”()[]…–—"
_LAST_WORD = re.compile(r"\w+['’]?$")

Range = tuple[int, int]


@cache
def _dangling(language: str) -> frozenset[str]:
    file = resources.files("temoin.extraction") / "data" / "edges.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(table.get(language, ()))


def joined(text: str, spans: Iterable[Range], *, language: str) -> list[Range]:
    """Spans of one role, those that are one phrase in two pieces made one.

    Args:
        text: The untouched text.
        spans: Half-open offsets that do not overlap.
        language: Language of the text.

    Returns:
        The spans in the order of the text.
    """
    out: list[Range] = []
    for start, end in sorted(spans):
        if out and _goes_on(text, out[-1], start, language):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def mended(text: str, start: int, end: int, *, language: str) -> Range:
    """The span without dangling words and marks, and with the whole of hyphened words."""
    while start > 0 and _in_word(text, start):
        start -= 1
    while end < len(text) and _in_word(text, end):
        end += 1
    low, high = start, end
    while low < high:
        while low < high and text[high - 1] in _OUTSIDE + _HYPHENS:
            high -= 1
        last = _LAST_WORD.search(text, low, high)
        word = last[0].rstrip("'’").lower() if last else ""
        if not last or word not in _dangling(language) or last.start() <= low:
            break
        high = last.start()
    while low < high and text[low] in _OUTSIDE:
        low += 1
    return (low, high) if low < high else (start, end)


def _goes_on(text: str, before: Range, start: int, language: str) -> bool:
    gap = text[before[1] : start]
    if gap.strip():
        return False
    last = _LAST_WORD.search(text, *before)
    cut_off = last is not None and last[0].rstrip("'’").lower() in _dangling(language)
    return cut_off or (not gap and text[before[1] - 1] in _HYPHENS)


def _in_word(text: str, at: int) -> bool:
    """Whether an edge at `at` lies within a word or a hyphened compound."""
    left, right = text[at - 1], text[at]
    if left.isalnum() and right.isalnum():
        return True
    beyond = text[at + 1 : at + 2]
    if right in _HYPHENS:
        return left.isalnum() and beyond.isalnum()
    return left in _HYPHENS and right.isalnum() and text[at - 2 : at - 1].isalnum()
