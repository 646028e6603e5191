"""Words by which a report says that it changes or takes back what was told before."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from temoin.corroboration.words import words

__all__ = ["retracts", "updates"]


@lru_cache(maxsize=2)
def _cues(kind: str) -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("data/cues.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)[kind]
    return tuple(f" {' '.join(words(cue))}" for cues in table.values() for cue in cues)


@lru_cache(maxsize=4096)
def _says(kind: str, sentence: str) -> bool:
    folded = f" {' '.join(words(sentence))} "
    return any(cue in folded for cue in _cues(kind))


def updates(sentence: str) -> bool:
    """Whether the sentence says that a figure has changed."""
    return _says("update", sentence)


def retracts(sentence: str) -> bool:
    """Whether the sentence takes something back."""
    return _says("retraction", sentence)
