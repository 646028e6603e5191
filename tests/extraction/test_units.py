from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tokenizer

from temoin.extraction.units import cut

TOKENIZER = tokenizer()


def words(text: str) -> list[str]:
    return [
        text[a:b] for part in cut(text, 0, len(text), tokenizer=TOKENIZER) for a, b in part.units
    ]


def test_words_and_punctuation_are_units() -> None:
    assert words("la ville, prise.") == ["la", "ville", ",", "prise", "."]


def test_words_that_share_a_subword_are_one_unit() -> None:
    assert words("l'armée")[0] == "l'"


def test_curly_apostrophe_reads_like_the_straight_one() -> None:
    straight = cut("l'armée", 0, 7, tokenizer=TOKENIZER)[0]
    curly = cut("l’armée", 0, 7, tokenizer=TOKENIZER)[0]
    assert straight.pieces == curly.pieces


@pytest.mark.parametrize(
    "text",
    ["e\u0301te\u0301 pris", "co\u00adopé\u00adration", "مُحَمَّد قصف", "в Бахму\u0301те"],
    ids=["decomposed", "soft hyphens", "Arabic vowel signs", "Cyrillic stress"],
)
def test_marks_stay_with_their_word(text: str) -> None:
    assert len(words(text)) == len(text.split())


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Avant. la ville tombe."
    (part,) = cut(text, 7, len(text), tokenizer=TOKENIZER)
    assert [text[a:b] for a, b in part.units] == ["la", "ville", "tombe", "."]


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_no_words_give_no_part(text: str) -> None:
    assert cut(text, 0, len(text), tokenizer=TOKENIZER) == []


def test_very_long_sentence_is_cut_without_loss() -> None:
    text = " ".join(["ville"] * 5000)
    parts = cut(text, 0, len(text), tokenizer=TOKENIZER, max_pieces=200)
    assert len(parts) > 1
    assert sum(len(part.units) for part in parts) == 5000
    assert max(len(part.pieces) for part in parts) <= 200


def test_word_of_many_subwords_cannot_outgrow_the_window() -> None:
    text = "z" * 10_000
    parts = cut(text, 0, len(text), tokenizer=TOKENIZER, max_pieces=100)
    assert max(len(part.pieces) for part in parts) <= 200


@given(st.text(max_size=120))
def test_units_are_ordered_and_each_has_a_subword(text: str) -> None:
    end = 0
    for part in cut(text, 0, len(text), tokenizer=TOKENIZER):
        assert set(part.unit_of) == set(range(len(part.units)))
        assert list(part.unit_of) == sorted(part.unit_of)
        for a, b in part.units:
            assert end <= a < b <= len(text)
            assert text[a:b].strip()
            end = b


@given(st.text(alphabet="abé 'l,.", min_size=1, max_size=60), st.data())
def test_covering_finds_every_word_of_a_span(text: str, data: st.DataObject) -> None:
    for part in cut(text, 0, len(text), tokenizer=TOKENIZER):
        i = data.draw(st.integers(0, len(part.units) - 1))
        j = data.draw(st.integers(i, len(part.units) - 1))
        assert part.covering(part.units[i][0], part.units[j][1]) == (i, j + 1)
