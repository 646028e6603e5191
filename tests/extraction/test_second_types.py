"""Of candidates that share words, which are events."""

from __future__ import annotations

import pytest

from temoin.extraction.decode import Candidate
from temoin.extraction.labels import TYPES
from temoin.extraction.reader import Settings, _kept

SETTINGS = Settings(event=0.5, second=0.8)


def candidate(kind: str, start: int = 3, end: int = 4) -> Candidate:
    return Candidate(TYPES.index(kind), start, end, 0.9)


@pytest.mark.parametrize(
    ("first", "second", "sure", "kept"),
    [
        ("explosion", "destruction", 0.85, [0, 1]),
        ("explosion", "destruction", 0.7, [0]),
        ("capture", "ground_attack", 0.85, [0]),
        ("capture", "capture", 0.85, [0]),
    ],
)
def test_a_second_type_must_be_sure_and_usual(
    first: str, second: str, sure: float, kept: list[int]
) -> None:
    found = [(0, candidate(first)), (0, candidate(second))]
    assert _kept(found, [0.95, sure], SETTINGS) == kept


def test_the_surer_one_comes_first() -> None:
    found = [(0, candidate("capture")), (0, candidate("ground_attack"))]
    assert _kept(found, [0.6, 0.9], SETTINGS) == [1]


def test_the_same_words_of_another_sentence_are_other_words() -> None:
    found = [(0, candidate("capture")), (1, candidate("ground_attack"))]
    assert _kept(found, [0.9, 0.6], SETTINGS) == [0, 1]
