"""Pack sentences into windows: what the encoder reads at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from temoin.extraction.units import UnitSentence

__all__ = ["END", "PAD", "START", "WindowArrays", "arrays", "pack"]

START, PAD, END = 0, 1, 2  # <s>, <pad>, </s> of the tokenizer


@dataclass(frozen=True)
class WindowArrays:
    """Windows padded to one size.

    Attributes:
        ids: Subword ids [windows, length], int64.
        mask: 1 where there is a subword [windows, length], int64.
        pool: Averages a unit's subwords [windows, units, length], float32.
        ranges: For each window the half-open unit range of each of its sentences.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    pool: NDArray[np.float32]
    ranges: tuple[tuple[tuple[int, int], ...], ...]


def pack(lengths: Sequence[int], *, max_pieces: int) -> list[range]:
    """Consecutive sentences of the given lengths (subwords) as windows of at most `max_pieces`.

    A sentence longer than that stands alone.
    """
    out: list[range] = []
    start, total = 0, 0
    for i, length in enumerate(lengths):
        if i > start and total + length > max_pieces:
            out.append(range(start, i))
            start, total = i, 0
        total += length
    if lengths:
        out.append(range(start, len(lengths)))
    return out


def arrays(windows: Sequence[Sequence[UnitSentence]]) -> WindowArrays:
    """The arrays of some windows, each a run of sentences."""
    length = 2 + max(sum(len(s.pieces) for s in window) for window in windows)
    width = max(sum(len(s.units) for s in window) for window in windows)
    ids = np.full((len(windows), length), PAD, np.int64)
    mask = np.zeros((len(windows), length), np.int64)
    pool = np.zeros((len(windows), width, length), np.float32)
    ranges = []
    for w, window in enumerate(windows):
        piece, unit = 1, 0
        here = []
        ids[w, 0] = START
        for sentence in window:
            owners = np.asarray(sentence.unit_of, np.int64)
            columns = np.arange(piece, piece + len(owners))
            ids[w, columns] = sentence.pieces
            pool[w, unit + owners, columns] = 1.0
            here.append((unit, unit + len(sentence.units)))
            piece += len(owners)
            unit += len(sentence.units)
        ids[w, piece] = END
        mask[w, : piece + 1] = 1
        ranges.append(tuple(here))
    pool /= np.maximum(pool.sum(2, keepdims=True), 1.0)
    return WindowArrays(ids, mask, pool, tuple(ranges))
