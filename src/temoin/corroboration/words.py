"""Words made comparable: folded, cut to stems, without the commonest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from temoin.grounding._folding import fold

__all__ = ["proper_names", "root", "shingles", "stem", "stems", "words"]

_WORD = re.compile(r"[^\W_]+")
#: Letters that stay of a word: enough to tell words apart, few enough to drop endings.
_STEM = 6
_SHORT = 4
_ROOT, _LONGEST_ROOT = 3, 5


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded."""
    return [fold(word) for word in _WORD.findall(text)]


def stem(word: str) -> str:
    """The first letters of a folded word, so that its endings do not matter."""
    return word[:_STEM]


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("data/endings.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["endings"])


def root(word: str) -> str:
    """A folded verb or noun without the commonest endings: "killing" and "killed" are one.

    At most five letters stay, so that "attack" and "attaque" nearly meet.
    """
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            word = word[: -len(ending)]
            break
    return word[:_LONGEST_ROOT].rstrip("e")


def stems(text: str) -> frozenset[str]:
    """Stems of the words that can tell sentences apart: long words, names and numbers."""
    return frozenset(
        stem(fold(word))
        for word in _WORD.findall(text)
        if word.isdigit() or len(word) > _SHORT or (word[0].isupper() and len(word) > 1)
    )


def shingles(text: str, *, size: int = 4) -> Iterator[tuple[str, ...]]:
    """Runs of `size` folded words; a shorter text is one shingle."""
    folded = words(text)
    if len(folded) < size:
        if folded:
            yield tuple(folded)
        return
    for at in range(len(folded) - size + 1):
        yield tuple(folded[at : at + size])


def proper_names(text: str) -> frozenset[str]:
    """Stems of the words that are written as names, but for a capital at the very start.

    Arabic has no capitals: there every long word may be a name.
    """
    found = set()
    for at, word in enumerate(_WORD.findall(text)):
        if len(word) < _SHORT or word.isdigit():
            continue
        capital = word[0].isupper() and (at > 0 or not text[:1].isupper() or len(text.split()) < 3)
        if capital or not (word[0].isupper() or word[0].islower()):
            found.add(stem(fold(word)))
    return frozenset(found)
