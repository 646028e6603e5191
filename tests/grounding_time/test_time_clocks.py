"""Hours of military messages and live reports, nights that go on into the next day."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.time import read_times

PUBLISHED = dt.date(2024, 6, 12)  # a Wednesday


def only_time(text: str, language: str) -> tuple[str, str | None]:
    """The words and the value of the one expression of a text."""
    (found,) = read_times(text, language=language, published=PUBLISHED)
    return found.text, found.time.value


@pytest.mark.parametrize(
    ("language", "text", "words", "value"),
    [
        ("en", "At 1915L two mortar rounds hit the gate.", "At 1915L", "2024-06-12T19:15"),
        ("en", "Contact was lost 0530Z near the ford.", "0530Z", "2024-06-12T05:30"),
        ("en", "At 1430 hrs the patrol turned back.", "At 1430 hrs", "2024-06-12T14:30"),
        ("en", "101915Z JUN 24 a mine went off.", "101915Z JUN 24", "2024-06-10T19:15"),
        ("en", "101915Z: a mine went off.", "101915Z", "2024-06-10T19:15"),
        ("en", "At 17.30 the firing stopped.", "At 17.30", "2024-06-12T17:30"),
        ("fr", "À 1915L, deux obus sur la porte.", "À 1915L", "2024-06-12T19:15"),
        ("uk", "О 1915L упали дві міни.", "1915L", "2024-06-12T19:15"),
        ("es", "Contacto perdido 0530Z junto al vado.", "0530Z", "2024-06-12T05:30"),
    ],
)
def test_four_digits_with_a_zone_are_an_hour(
    language: str, text: str, words: str, value: str
) -> None:
    assert only_time(text, language) == (words, value)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "En 1915 l'armée tenait le fort.", "1915"),
        ("en", "The fort was built in 1915.", "1915"),
    ],
)
def test_four_digits_without_a_zone_stay_a_year(language: str, text: str, value: str) -> None:
    assert only_time(text, language)[1] == value


@pytest.mark.parametrize("text", ["Shell 123456Z was defused.", "It cost 12.50 dollars."])
def test_other_digits_are_no_time(text: str) -> None:
    assert read_times(text, language="en", published=PUBLISHED) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "06.20 The ford, lost on Monday, is quiet. 07.45 Shells fall on it at noon."),
        ("fr", "06h20 | Le gué, perdu lundi, est calme. 07h45 | Les obus y tombent à midi."),
        ("es", "06:20 | El vado, perdido el lunes, calla. 07:45 | Caen obuses a mediodía."),
    ],
)
def test_the_hour_that_opens_an_entry_keeps_the_day_of_the_report(language: str, text: str) -> None:
    times = read_times(text, language=language, published=PUBLISHED)
    assert [str(each.time.earliest) for each in times] == [
        "2024-06-12",
        "2024-06-10",
        "2024-06-12",
        "2024-06-12",
    ]


def test_an_hour_opens_an_entry_after_a_line_without_a_full_stop() -> None:
    first, second = "Ford lost on Monday, staff says", "0940 GMT - Bridge hit"
    text = f"0610 GMT - {first} {second}"
    at = text.index(second)
    found = read_times(text, language="en", published=PUBLISHED)
    assert found[-1].start == at


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("fr", "Les tirs ont duré de 23 h à 4 h.", "2024-06-11", "2024-06-12"),
        ("fr", "Lundi, de 22 heures à 2 heures, on a tiré.", "2024-06-10", "2024-06-11"),
        ("en", "Drones flew between 22:00 and 02:00.", "2024-06-11", "2024-06-12"),
        ("es", "Hubo tiros de once de la noche a cuatro de la mañana.", "2024-06-11", "2024-06-12"),
        ("fr", "Les tirs ont duré de 9 h à 11 h.", "2024-06-12", "2024-06-12"),
    ],
)
def test_hours_that_run_backwards_go_on_into_the_next_day(
    language: str, text: str, first: str, last: str
) -> None:
    time = read_times(text, language=language, published=PUBLISHED)[-1].time
    assert (str(time.earliest), str(time.latest)) == (first, last)


@pytest.mark.parametrize(
    ("language", "text", "words", "day"),
    [
        ("es", "Entraron en la madrugada de ayer.", "en la madrugada de ayer", "2024-06-11"),
        ("es", "Cayó el lunes a las ocho de la noche.", "lunes a las ocho de la noche", None),
        ("fr", "Ils ont tiré lundi en fin de journée.", "lundi en fin de journée", "2024-06-10"),
        ("ar", "سقطت القذيفة قبيل ظهر الاثنين.", "قبيل ظهر الاثنين", "2024-06-10"),
        ("ar", "دخلوا القرية فجر أمس.", "فجر أمس", "2024-06-11"),
        ("uk", "Сьомого вранці колона вийшла.", "Сьомого вранці", "2024-06-07"),
        ("ru", "Седьмого утром колонна вышла.", "Седьмого утром", "2024-06-07"),
        ("ru", "Двенадцатое. Колонна вышла.", "Двенадцатое", "2024-06-12"),
    ],
)
def test_days_in_words_with_a_part_of_the_day(
    language: str, text: str, words: str, day: str | None
) -> None:
    found = read_times(text, language=language, published=PUBLISHED)
    assert words in found[0].text
    assert str(found[0].time.earliest) == (day or "2024-06-10")


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("ar", "وقع الهجوم ليل السبت الأحد.", "2024-06-08"),
        ("ru", "В ночь на 9-е дроны летели к порту.", "2024-06-08"),
        ("uk", "У ніч на 9-те дрони летіли до порту.", "2024-06-08"),
    ],
)
def test_nights_that_lead_to_a_day_have_both(language: str, text: str, first: str) -> None:
    time = read_times(text, language=language, published=PUBLISHED)[0].time
    assert (str(time.earliest), str(time.latest)) == (first, "2024-06-09")
