from __future__ import annotations

import numpy as np
import pytest

from temoin.extraction import decode
from temoin.extraction.labels import TYPES


def array(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, np.float32)


def ranges(found: list[decode.Found]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in found]


@pytest.mark.parametrize(
    ("begins", "goes_on", "expected"),
    [
        pytest.param((0.9, 0.1, 0.1), (0.0, 0.9, 0.2), [(0, 2)], id="a span goes on"),
        pytest.param((0.9, 0.9, 0.1), (0.0, 0.2, 0.9), [(0, 1), (1, 3)], id="two neighbours"),
        pytest.param((0.4, 0.1, 0.1), (0.0, 0.9, 0.9), [], id="below the threshold"),
        pytest.param((0.1, 0.1, 0.8), (0.9, 0.9, 0.9), [(2, 3)], id="the last unit"),
        pytest.param((0.7, 0.6, 0.1), (0.0, 0.95, 0.1), [(0, 2)], id="going on beats beginning"),
    ],
)
def test_spans(
    begins: tuple[float, ...], goes_on: tuple[float, ...], expected: list[tuple[int, int]]
) -> None:
    assert ranges(decode.spans(array(*begins), array(*goes_on), threshold=0.5)) == expected


def test_several_types_on_one_trigger() -> None:
    logits = np.full((4, len(TYPES), 2), -9.0, np.float32)
    logits[1, 2, 0] = logits[1, 4, 0] = 3.0
    found = decode.candidates(logits, threshold=0.5)
    assert [(c.kind, c.start, c.end) for c in found] == [(2, 1, 2), (4, 1, 2)]


def test_sigmoid_is_safe_for_large_values() -> None:
    assert decode.sigmoid(array(-1e4, 0.0, 1e4)).tolist() == [0.0, 0.5, 1.0]


def test_softmax_sums_to_one() -> None:
    assert decode.softmax(array(1e4, 0.0)).sum() == pytest.approx(1.0)
