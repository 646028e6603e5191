from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from temoin.extraction.labels import PAIR_BUCKETS, pair_features
from temoin.extraction.units import UnitSentence
from temoin.extraction.windows import END, PAD, START, arrays, pack


@given(st.lists(st.integers(1, 300), max_size=30), st.integers(1, 250))
def test_packing_keeps_every_sentence_in_order(lengths: list[int], limit: int) -> None:
    packed = pack(lengths, max_pieces=limit)
    assert [i for window in packed for i in window] == list(range(len(lengths)))
    for window in packed:
        assert len(window) == 1 or sum(lengths[i] for i in window) <= limit


def test_arrays_average_the_subwords_of_a_unit() -> None:
    sentence = UnitSentence(0, 5, ((0, 2), (3, 5)), (7, 8, 9), (0, 0, 1))
    read = arrays([[sentence], [sentence, sentence]])
    assert read.ids[0].tolist() == [START, 7, 8, 9, END, PAD, PAD, PAD]
    assert read.mask.sum(1).tolist() == [5, 8]
    assert read.pool[0, 0, :4].tolist() == [0.0, 0.5, 0.5, 0.0]
    assert np.flatnonzero(read.pool[1, 3]).tolist() == [6]
    assert read.ranges == (((0, 2),), ((0, 2), (2, 4)))


@given(st.integers(-9, 9), st.integers(-400, 400))
def test_pair_features_stay_in_their_table(sentences: int, units: int) -> None:
    assert 0 <= pair_features(sentences, units) < PAIR_BUCKETS
