"""What the words of a quantity give: value, bounds, unit."""

from __future__ import annotations

import pytest

from temoin.grounding.quantity import is_in_words, parse_quantity


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("fr", "trente-trois", 33),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "septante-deux", 72),
        ("fr", "mille neuf cent quatre-vingt-quatre", 1984),
        ("fr", "deux millions et demi", 2_500_000),
        ("fr", "trois mille milliards", 3e12),
        ("fr", "un demi-millier", 500),
        ("fr", "une bonne centaine", 100),
        ("fr", "deux douzaines", 24),
        ("fr", "une centaine de milliers", 100_000),
        ("fr", "une heure et demie", 1.5),
        ("fr", "quinze cents", 1500),
        ("en", "two hundred and fifty", 250),
        ("en", "eleven hundred", 1100),
        ("en", "half a dozen", 6),
        ("en", "half a million", 500_000),
        ("en", "a couple of hundred", 200),
        ("en", "two and a half million", 2_500_000),
        ("en", "forty-first", 41),
        ("en", "three lakh", 300_000),
        ("en", "twice", 2),
        ("en", "a kilometre", 1),
        ("es", "doscientos cincuenta mil", 250_000),
        ("es", "treinta y tres", 33),
        ("es", "mil millones", 1e9),
        ("es", "dos horas y media", 2.5),
        ("es", "un par de horas", 2),
        ("ar", "اثنين وعشرين", 22),
        ("ar", "ثلاثة عشر", 13),
        ("ar", "ألف ومئتان وخمسون", 1250),
        ("ar", "ثلاثة وعشرون ألفاً", 23_000),
        ("ar", "قتيلان", 2),
        ("ar", "أسبوعاً كاملاً", 1),
        ("ru", "двадцать пять тысяч триста сорок один", 25_341),
        ("ru", "двумястами", 200),
        ("ru", "тысяч шесть", 6000),
        ("ru", "сотни две", 200),
        ("ru", "полтора километра", 1.5),
        ("ru", "на неделю", 1),
        ("uk", "двадцятьох", 20),
        ("uk", "півтори сотні", 150),
        ("uk", "близько сотні", 100),
        ("uk", "дев’ятьох", 9),
        ("uk", "зо два десятки", 20),
    ],
)
def test_words_give_their_number(language: str, words: str, value: float) -> None:
    assert parse_quantity(words, language=language).value == value


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("fr", "23 400", 23_400),
        ("fr", "23\u00a0400", 23_400),
        ("fr", "23\u202f400", 23_400),
        ("fr", "23.400", 23_400),
        ("fr", "2,5 millions", 2_500_000),
        ("fr", "1,250 tonne", 1.25),
        ("en", "23,400", 23_400),
        ("en", "1.5 million", 1_500_000),
        ("en", "12,34,567", 1_234_567),
        ("en", "1.250 km", 1.25),
        ("en", "20+", 20),
        ("es", "1.234.567,5 euros", 1_234_567.5),
        ("ar", "٣٠", 30),
        ("ar", "١٬٢٠٠", 1200),
        ("ar", "150 ألفاً", 150_000),
        ("ru", "1,5 млн", 1_500_000),
        ("other", "23'400", 23_400),
    ],
)
def test_digits_are_read_in_every_grouping(language: str, words: str, value: float) -> None:
    assert parse_quantity(words, language=language).value == value


@pytest.mark.parametrize(
    ("language", "words", "low", "high"),
    [
        ("fr", "entre 30 et 40", 30, 40),
        ("fr", "30 à 40", 30, 40),
        ("fr", "2 à 3 millions", 2e6, 3e6),
        ("fr", "plusieurs centaines", 200, 999),
        ("fr", "des dizaines de milliers", 20_000, 99_999),
        ("fr", "deux ou trois", 2, 3),
        ("en", "dozens", 24, 99),
        ("en", "3,000–4,000", 3000, 4000),
        ("en", "between 30 and 40 thousand", 30_000, 40_000),
        ("en", "several hundred", 200, 999),
        ("ar", "بين 30 و40", 30, 40),
        ("ar", "عشرات الآلاف", 20_000, 99_999),
        ("ru", "30-40 человек", 30, 40),
        ("uk", "від 10 до 20 осіб", 10, 20),
        ("es", "cientos", 200, 999),
    ],
)
def test_ranges_have_bounds_and_no_value(
    language: str, words: str, low: float, high: float
) -> None:
    quantity = parse_quantity(words, language=language)
    assert (quantity.value, quantity.low, quantity.high) == (None, low, high)
    assert quantity.note


@pytest.mark.parametrize(
    ("language", "words", "low", "high"),
    [
        ("fr", "douze", 12, 12),
        ("fr", "au moins 12", 12, None),
        ("fr", "plus d'une centaine", 100, None),
        ("fr", "jusqu'à 40", None, 40),
        ("fr", "moins de trente mètres", None, 30),
        ("fr", "près de 40", 36, 40),
        ("fr", "200 m environ", 180, 220),
        ("fr", "une vingtaine", 16, 24),
        ("en", "no fewer than 41", 41, None),
        ("en", "not more than 150", None, 150),
        ("en", "three at least", 3, None),
        ("en", "300-odd", 270, 330),
        ("es", "al menos a 17", 17, None),
        ("ar", "ما لا يقل عن 40", 40, None),
        ("ru", "не менее сорока", 40, None),
        ("uk", "до пів сотні", None, 50),
    ],
)
def test_hedges_set_bounds(
    language: str, words: str, low: float | None, high: float | None
) -> None:
    quantity = parse_quantity(words, language=language)
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "approximate"),
    [("douze", False), ("12 000", False), ("au moins 12", True), ("une dizaine", True)],
)
def test_hedged_numbers_are_approximate(words: str, approximate: bool) -> None:  # noqa: FBT001
    assert parse_quantity(words, language="fr").approximate is approximate


@pytest.mark.parametrize(
    ("language", "words", "unit"),
    [
        ("fr", "une vingtaine de kilomètres", "kilometre"),
        ("fr", "60 %", "percent"),
        ("fr", "la moitié", "share"),
        ("fr", "deux fois", "occurrence"),
        ("fr", "trois kilomètres carrés", "square_kilometre"),
        ("en", "two police stations", "building"),
        ("en", "$40 million", "dollar"),
        ("en", "eight square kilometres", "square_kilometre"),
        ("ar", "يوم واحد", "day"),
        ("ru", "два военных самолёта", "aircraft"),
        ("uk", "сорок тонн", "tonne"),
        ("es", "200 millas", "mile"),
        ("other", "12 km", "kilometre"),
    ],
)
def test_units_are_named(language: str, words: str, unit: str) -> None:
    assert parse_quantity(words, language=language).unit == unit


def test_a_rate_is_noted_and_is_no_unit() -> None:
    quantity = parse_quantity("a hundred a day", language="en")
    assert (quantity.value, quantity.unit, quantity.note) == (100, None, "per day")


def test_words_without_a_number_say_so() -> None:
    quantity = parse_quantity("le double", language="fr")
    assert quantity.value is None
    assert quantity.note == "no number in the words"


@pytest.mark.parametrize(
    ("value", "words", "there"),
    [
        (20, "au moins une vingtaine", True),
        (40, "entre 30 et 40", True),
        (35, "entre 30 et 40", False),
        (12, "le double", False),
        (30, "12 morts et 30 blessés", True),
    ],
)
def test_a_value_must_come_from_the_words(value: float, words: str, there: bool) -> None:  # noqa: FBT001
    assert is_in_words(value, words, language="fr") is there
