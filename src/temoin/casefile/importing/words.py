"""Where the words of a cell stand in a note, if they stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from temoin.grounding.quantity import find_quantities
from temoin.record import Span

__all__ = ["find_killed", "find_words"]

_WORD = r"[^\W_]"


def find_words(text: str, words: str) -> Span | None:
    """The first place where these very words stand, whatever their case."""
    if not words:
        return None
    pattern = rf"(?<!{_WORD}){re.escape(words)}(?!{_WORD})"
    found = re.search(pattern, text, re.IGNORECASE)
    if found is None:
        return None
    return Span(start=found.start(), end=found.end(), text=found[0])


def find_killed(
    text: str,
    number: float,
    *,
    words: Sequence[str],
    sentences: Sequence[tuple[int, int]],
    language: str,
) -> Span | None:
    """That number of people, where a word for being killed stands right beside it.

    Args:
        text: The note.
        number: How many.
        words: The words for being killed.
        sentences: The note's sentences.
        language: Its language.
    """
    if not words:
        return None
    word = "|".join(map(re.escape, words))
    before = rf"(?<!{_WORD})(?:{word})\s+$"
    after = rf"\s+(?:(?:was|were|has|have|had|been|are|is)\s+){{0,2}}(?:{word})(?!{_WORD})"
    for start, end in sentences or ((0, len(text)),):
        sentence = text[start:end]
        if not re.search(rf"(?<!{_WORD})(?:{word})(?!{_WORD})", sentence, re.IGNORECASE):
            continue
        for each in find_quantities(sentence, language=language):
            same = each.quantity.unit == "people" and each.quantity.value == number
            if same and (
                re.search(before, sentence[: each.start], re.IGNORECASE)
                or re.match(after, sentence[each.end :], re.IGNORECASE)
            ):
                return Span(start=start + each.start, end=start + each.end, text=each.text)
    return None
