"""Two numbers with one scale, duals, collective numerals, multiples."""

from __future__ import annotations

import pytest

from temoin.grounding.quantity import parse_quantity


@pytest.mark.parametrize(
    ("language", "words", "low", "high"),
    [
        ("fr", "quatre ou cinq cents", 400, 500),
        ("fr", "deux à trois cents mètres", 200, 300),
        ("fr", "40 à cinq cents", 40, 500),
        ("en", "three or four hundred", 300, 400),
        ("es", "dos o tres centenares", 200, 300),
        ("ru", "три-четыре", 3, 4),
        ("ru", "двадцать-тридцать человек", 20, 30),
        ("ru", "между 30 и 40", 30, 40),
        ("uk", "два-три", 2, 3),
        ("ar", "من 30 إلى 40", 30, 40),
    ],
)
def test_both_ends_of_a_range_share_the_scale(
    language: str, words: str, low: float, high: float
) -> None:
    quantity = parse_quantity(words, language=language)
    assert (quantity.value, quantity.low, quantity.high) == (None, low, high)


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("uk", "тринадцятеро", 13),
        ("uk", "двадцятеро", 20),
        ("uk", "півтораста", 150),
        ("uk", "пів сотні тисяч", 50_000),
        ("ru", "полтораста", 150),
        ("ru", "по тысяче двести", 1200),
        ("ru", "четверо", 4),
        ("ar", "ربع مليون", 250_000),
        ("fr", "un quart de million", 250_000),
        ("es", "una veintena", 20),
        ("fr", "3 h 45", 3.75),
        ("en", "2 hours 30 minutes", 2.5),
        ("fr", "deux heures", 2),
    ],
)
def test_numerals_that_hide_a_number(language: str, words: str, value: float) -> None:
    assert parse_quantity(words, language=language).value == value


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("مدنيان", "people"),
        ("طفلتان", "people"),
        ("جنديين", "people"),
        ("صاروخين", "missile"),
        ("كتيبتي", "military_unit"),
        ("قريتي", "village"),
    ],
)
def test_an_arabic_dual_counts_two_of_its_singular(words: str, unit: str) -> None:
    quantity = parse_quantity(words, language="ar")
    assert (quantity.value, quantity.unit) == (2, unit)


def test_an_ending_that_looks_like_a_dual_needs_a_known_noun() -> None:
    assert parse_quantity("التي", language="ar").value is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "quatre fois plus"),
        ("en", "three times as many"),
        ("en", "twice as many"),
        ("es", "tres veces más"),
        ("ru", "три раза больше"),
    ],
)
def test_a_multiple_of_another_number_names_none(language: str, words: str) -> None:
    quantity = parse_quantity(words, language=language)
    assert quantity.value is None
    assert "multiple" in (quantity.note or "")


def test_a_number_of_times_is_still_a_number() -> None:
    assert parse_quantity("quatre fois", language="fr").value == 4
