"""Whether the words of a target tell of civilians or of an armed force."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from temoin.corroboration.words import words

__all__ = ["hit"]


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str], ...]:
    text = resources.files(__package__).joinpath("data/objects.toml").read_text("utf-8")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    found = []
    for side, languages in table.items():
        for listed in languages.values():
            for word in listed:
                end = "" if word.endswith("*") else " "
                found.append((f" {' '.join(words(word))}{end}", side))
    return tuple(found)


@lru_cache(maxsize=8192)
def hit(target: str) -> frozenset[str]:
    """`civilian`, `military`, both or neither, by the words of a target."""
    said = f" {' '.join(words(target))} "
    return frozenset(side for word, side in _table() if word in said)
