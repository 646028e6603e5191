"""Cut sentences into units: the words that labels are put on, each with its subwords.

A unit is a word or a mark of punctuation. Where one subword covers two words
("l'" in "l'armée") these two become one unit, so that a label never falls
between subwords. Units carry offsets into the untouched text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["UnitSentence", "cut"]

# \w leaves out combining marks, the soft hyphen and the joiners, which are parts of words.
_MARKS = "\u00ad\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u200b-\u200f\ufeff"
_WORD = re.compile(rf"(?:\w[{_MARKS}]*)+|[^\w\s]")

# The encoder's subwords know the straight apostrophe best. One code point for one: offsets stay.
_SAME_TO_THE_MODEL = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class UnitSentence:
    """A sentence, or a piece of a very long one, as the model takes it.

    Attributes:
        start: Offset of its first code point in the text.
        end: One past its last code point.
        units: Half-open offsets of each unit in the text.
        pieces: Subword ids, without the special ones.
        unit_of: For each subword the index of its unit.
    """

    start: int
    end: int
    units: tuple[tuple[int, int], ...]
    pieces: tuple[int, ...]
    unit_of: tuple[int, ...]

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """Half-open range of the units that the offsets touch, None where they touch none."""
        touched = [i for i, (a, b) in enumerate(self.units) if a < end and start < b]
        return (touched[0], touched[-1] + 1) if touched else None


def cut(
    text: str, start: int, end: int, *, tokenizer: Tokenizer, max_pieces: int = 320
) -> list[UnitSentence]:
    """Cut `text[start:end]`, a sentence, into units.

    Args:
        text: The whole text.
        start: Offset of the sentence.
        end: One past its last code point.
        tokenizer: The model's own tokenizer, without special tokens added.
        max_pieces: A longer sentence is cut into several parts of at most so many subwords.

    Returns:
        One part, or several of a very long sentence, or none of a sentence without words.
    """
    sentence = text[start:end]
    words = [(m.start(), m.end()) for m in _WORD.finditer(sentence)]
    if not words:
        return []
    encoding = tokenizer.encode(sentence.translate(_SAME_TO_THE_MODEL), add_special_tokens=False)
    word_of = _word_at(words, len(sentence))
    first: list[int] = []  # the first and the last word that each subword touches
    last: list[int] = []
    for a, b in encoding.offsets:
        touched = [w for w in word_of[a:b] if w >= 0]
        first.append(touched[0] if touched else -1)
        last.append(touched[-1] if touched else -1)
    # A subword of white space alone belongs to the word that follows it.
    following = len(words) - 1
    for i in range(len(first) - 1, -1, -1):
        if first[i] < 0:
            first[i] = last[i] = following
        following = first[i]
    return _parts(start, words, encoding.ids, first, last, max_pieces)


def _word_at(words: list[tuple[int, int]], length: int) -> list[int]:
    at = [-1] * length
    for i, (a, b) in enumerate(words):
        at[a:b] = [i] * (b - a)
    return at


def _parts(
    offset: int,
    words: list[tuple[int, int]],
    ids: list[int],
    first: list[int],
    last: list[int],
    max_pieces: int,
) -> list[UnitSentence]:
    unit_of_word = _merge(len(words), first, last)
    out: list[UnitSentence] = []
    units: dict[int, tuple[int, int]] = {}
    pieces: list[int] = []
    owners: list[int] = []
    seen: set[int] = set()

    def close() -> None:
        if pieces:
            order = {unit: i for i, unit in enumerate(units)}
            spans = tuple(units.values())
            out.append(
                UnitSentence(
                    spans[0][0], spans[-1][1], spans, tuple(pieces), tuple(order[u] for u in owners)
                )
            )
        units.clear()
        pieces.clear()
        owners.clear()

    extent: dict[int, tuple[int, int]] = {}
    for word, (a, b) in enumerate(words):
        unit = unit_of_word[word]
        low, _ = extent.get(unit, (a, b))
        extent[unit] = (low, b)
    for piece, word in zip(ids, first, strict=True):
        unit = unit_of_word[word]
        if len(pieces) >= max_pieces and (unit not in seen or len(pieces) >= 2 * max_pieces):
            close()
        seen.add(unit)
        a, b = extent[unit]
        units.setdefault(unit, (offset + a, offset + b))
        pieces.append(piece)
        owners.append(unit)
    close()
    return out


def _merge(count: int, first: list[int], last: list[int]) -> list[int]:
    """The unit of each word: words that share a subword, and words without one, are joined."""
    joined_to_next = [False] * count
    has_piece = [False] * count
    for a, b in zip(first, last, strict=True):
        for word in range(a, b):
            joined_to_next[word] = True
        has_piece[a : b + 1] = [True] * (b + 1 - a)
    units, unit = [0] * count, 0
    for word in range(1, count):
        if not joined_to_next[word - 1] and has_piece[word]:
            unit += 1
        units[word] = unit
    return units
