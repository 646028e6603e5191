"""Edges of spans: whole words, no dangling prepositions, one phrase one span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.extraction.edges import joined, mended


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("language", "text", "found", "whole"),
    [
        ("fr", "un assaut sur Pétion-Ville jeudi", "Pétion-", "Pétion-Ville"),
        ("fr", "un assaut sur Pétion-Ville jeudi", "Ville", "Pétion-Ville"),
        ("fr", "treize missiles de croisière", "treize missiles de", "treize missiles"),
        ("fr", "ses positions de l'est", "ses positions de l'", "ses positions"),
        ("en", "the outskirts of Sake", "the outskirts of the"[:16], "the outskirts"),
        ("en", "a convoy, which left", "a convoy,", "a convoy"),
        ("es", "los barrios de Cali", "los barrios de", "los barrios"),
        ("en", "the T-72 tanks", "the T", "the T-72"),
        ("en", "from a 2-km front", "2", "2-km"),
        ("fr", "de", "de", "de"),
    ],
)  # fmt: skip
def test_edges_are_mended(language: str, text: str, found: str, whole: str) -> None:
    start, end = mended(text, *span(text, found), language=language)
    assert text[start:end] == whole


@pytest.mark.parametrize(
    ("text", "pieces", "whole"),
    [
        ("treize obus de mortier", ["treize obus de", "mortier"], ["treize obus de mortier"]),
        ("Port-au-Prince brûle", ["Port-", "au-Prince"], ["Port-au-Prince"]),
        ("des chars des camions", ["des chars", "des camions"], ["des chars", "des camions"]),
        ("Kidal et Gao", ["Kidal", "Gao"], ["Kidal", "Gao"]),
    ],
)  # fmt: skip
def test_a_phrase_in_two_pieces_is_one(text: str, pieces: list[str], whole: list[str]) -> None:
    found = joined(text, [span(text, piece) for piece in pieces], language="fr")
    assert [text[start:end] for start, end in found] == whole


@given(st.text(min_size=1), st.data())
def test_a_span_keeps_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = mended(text, start, end, language="fr")
    assert 0 <= low < high <= len(text)
    assert low < end
    assert start < high
