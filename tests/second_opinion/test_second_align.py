from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.second_opinion.align import Haystack


def found(text: str, quote: str) -> list[str]:
    return [text[start:end] for start, end in Haystack(text).places(quote)]


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("L'armée a pris Mizda.", "pris", ["pris"]),
        ("L'armée a pris Mizda.", "  pris ", ["pris"]),
        ("Pris, repris, pris.", "pris", ["pris"]),
        ("PRIS, pris", "Pris", ["PRIS", "pris"]),
        ("L’armée avance.", "l'armée", ["L’armée"]),
        ("près  de\nMizda", "près de Mizda", ["près  de\nMizda"]),
        ("près\u00a0de \u200bMizda", "près de Mizda", ["près\u00a0de \u200bMizda"]),
        ("un porte‑parole", "un porte-parole", ["un porte‑parole"]),
        ("les « forces »", "forces", ["forces"]),
        ("so\u00adldiers fled", "soldiers", ["so\u00adldiers"]),
        ("STRASSE", "straße", ["STRASSE"]),
        ("ثم قصفَ الجيش", "قصف", ["قصفَ"]),
        ("وقصف الجيش", "قصف", ["قصف"]),
        ("в 2012 году", "2012", ["2012"]),
    ],
)
def test_words_are_found_as_the_text_has_them(text: str, quote: str, words: list[str]) -> None:
    assert found(text, quote) == words


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("other", ["NFC", "NFD"])
def test_composition_of_accents_does_not_matter(form: str, other: str) -> None:
    text = unicodedata.normalize(form, "Trois civils tués à l'été.")  # type: ignore[arg-type]
    quote = unicodedata.normalize(other, "tués à l'été")  # type: ignore[arg-type]
    (words,) = found(text, quote)
    assert unicodedata.normalize("NFC", words) == "tués à l'été"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Une entreprise brûle.", "pris"),
        ("En 2012 déjà.", "12"),
        (unicodedata.normalize("NFD", "Il a été tué."), "tue"),
        ("Il a été tué.", "tue"),
        ("L'armée avance.", "les rebelles"),
        ("L'armée avance.", "L'armée ... avance"),
        ("L'armée avance.", ""),
        ("L'armée avance.", "  "),
        ("L'armée avance.", "."),
        ("", "armée"),
    ],
)
def test_words_that_are_not_there_are_not_found(text: str, quote: str) -> None:
    assert found(text, quote) == []


def test_part_of_a_word_is_told_from_what_is_not_there() -> None:
    haystack = Haystack("Une entreprise brûle.")
    assert haystack.within_words("pris")
    assert not haystack.within_words("mine")


words = st.text(st.sampled_from("aéE\u0301 '’\u00a0ß…\u200b\u064eقİ-—12."), max_size=12)


@given(text=words, quote=words)
def test_places_are_ranges_of_the_text(text: str, quote: str) -> None:
    for start, end in Haystack(text).places(quote):
        assert 0 <= start < end <= len(text)


@given(before=words, quote=st.text(st.sampled_from("abcé'1 "), min_size=1), after=words)
def test_a_quote_between_spaces_is_found(before: str, quote: str, after: str) -> None:
    text = f"{before} {quote} {after}"
    places = Haystack(text).places(quote)
    assert bool(places) == any(char.isalnum() for char in quote)
