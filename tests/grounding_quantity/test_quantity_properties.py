"""What holds of every number: written out, it is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from temoin.grounding.quantity import find_quantities, parse_quantity
from temoin.grounding.quantity._tables import languages, table_for

NUMBERS = st.integers(min_value=1, max_value=9_999_999)
LANGUAGES = st.sampled_from(["ar", "en", "es", "fr", "ru", "uk"])


@given(number=NUMBERS, mark=st.sampled_from(list(" \u00a0\u2009\u202f,.'")), language=LANGUAGES)
def test_grouped_digits_are_read_back(number: int, mark: str, language: str) -> None:
    words = f"{number:,}".replace(",", mark)
    assert parse_quantity(words, language=language).value == number


@given(number=NUMBERS)
def test_arabic_indic_digits_are_read_back(number: int) -> None:
    words = "".join(chr(0x0660 + int(digit)) for digit in str(number))
    assert parse_quantity(words, language="ar").value == number


@pytest.mark.parametrize("language", ["fr", "en", "es", "ru", "uk"])
@given(number=NUMBERS)
def test_numbers_in_words_are_read_back(language: str, number: int) -> None:
    words = num2words(number, lang=language).replace(",", "")
    assert parse_quantity(words, language=language).value == number


@given(number=st.integers(min_value=1, max_value=99_999).filter(lambda n: n % 1000 >= 100))
def test_arabic_numbers_in_words_are_read_back(number: int) -> None:
    assert parse_quantity(num2words(number, lang="ar"), language="ar").value == number


@given(number=NUMBERS, language=LANGUAGES, data=st.data())
def test_bounds_hold_the_value(number: int, language: str, data: st.DataObject) -> None:
    hedge = data.draw(st.sampled_from(sorted(_hedges(language))))
    quantity = parse_quantity(f"{hedge} {number}", language=language)
    assert quantity.value == number
    assert quantity.low is None or quantity.low <= number
    assert quantity.high is None or number <= quantity.high


@given(text=st.text(max_size=80), language=LANGUAGES)
def test_no_text_breaks_the_reader(text: str, language: str) -> None:
    quantity = parse_quantity(text, language=language)
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    for found in find_quantities(text, language, units_only=False):
        assert text[found.start : found.end] == found.text


def test_every_language_has_the_same_sections() -> None:
    for language in languages():
        table = table_for(language)
        assert all((table.numbers, table.hedges, table.units, table.people, table.statuses))


def _hedges(language: str) -> list[str]:
    hedges = {
        "ar": ["نحو", "أكثر من", "ما لا يقل عن", "حتى"],
        "en": ["about", "at least", "up to", "nearly", "more than"],
        "es": ["unos", "al menos", "hasta", "casi"],
        "fr": ["environ", "au moins", "jusqu'à", "près de", "plus de"],
        "ru": ["около", "не менее", "до", "почти", "более"],
        "uk": ["близько", "щонайменше", "до", "майже", "понад"],
    }
    return hedges[language]
