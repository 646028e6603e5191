"""Times that count from what the text told before."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.time import read_times

PUBLISHED = dt.date(2024, 6, 12)


def last_day(text: str, language: str) -> str:
    """The first day of the last expression of a text."""
    return str(read_times(text, language=language, published=PUBLISHED)[-1].time.earliest)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Le 8 mars, ils ont pris le pont. La veille, le gué avait cédé.", "2024-03-07"),
        ("fr", "Le 8 mars, ils ont pris le pont. Le lendemain, le gué a cédé.", "2024-03-09"),
        ("fr", "Le 8 mars, ils ont pris le pont. Trois jours plus tôt, il tenait.", "2024-03-05"),
        ("fr", "Le 8 mars, ils ont pris le pont. Deux semaines plus tard, rien.", "2024-03-22"),
        ("fr", "Le 8 mars, ils ont pris le pont. Le même soir, le gué a cédé.", "2024-03-08"),
        ("fr", "Le 8 mars, ils ont pris le pont. Le 14, le gué a cédé.", "2024-03-14"),
        ("en", "On 8 March they took the bridge. The day before, the ford fell.", "2024-03-07"),
        ("en", "On 8 March they took the bridge. The next day the ford fell.", "2024-03-09"),
        ("en", "On 8 March they took the bridge. Two days later the ford fell.", "2024-03-10"),
        ("es", "El 8 de marzo tomaron el puente. Dos días después cayó el vado.", "2024-03-10"),
        ("es", "El 8 de marzo tomaron el puente. La víspera cayó el vado.", "2024-03-07"),
        ("ar", "في 8 مارس سقط الجسر. وفي اليوم التالي سقط المعبر.", "2024-03-09"),
        ("uk", "8 березня впав міст. Наступного дня впав брід.", "2024-03-09"),
        ("ru", "8 марта пал мост. На следующий день пал брод.", "2024-03-09"),
    ],
)
def test_relative_words_count_from_the_day_told(language: str, text: str, day: str) -> None:
    assert last_day(text, language) == day


def test_an_hour_in_a_timeline_is_of_the_day_that_heads_it() -> None:
    text = "Lundi 3 juin :\n\n14h30 : le pont saute.\n\n16h : le gué cède."
    assert last_day(text, "fr") == "2024-06-03"


def test_hours_of_a_timeline_without_a_day_are_of_the_day_of_publication() -> None:
    text = "14h30 : le pont, pris le 8 mars, saute.\n\n16h : le gué cède."
    assert last_day(text, "fr") == "2024-06-12"


def test_yesterday_in_a_diary_counts_from_its_entry() -> None:
    text = "3 juin : le pont a sauté hier.\n\n5 juin : le gué a cédé hier."
    assert last_day(text, "fr") == "2024-06-04"


def test_a_story_of_another_year_keeps_its_year() -> None:
    text = "Le 2 janvier 1987, la colonne est partie. Le 5 mars, elle est revenue."
    assert last_day(text, "fr") == "1987-03-05"


def test_a_passing_feast_is_no_day_to_count_from() -> None:
    text = "Le 8 mars, le pont a sauté pendant les fêtes de Noël. Le lendemain, rien."
    assert last_day(text, "fr") == "2024-03-09"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le lendemain, ils ont fui."),
        ("en", "They fled the next day."),
        ("es", "Huyeron dos días después."),
    ],
)
def test_the_day_after_nothing_is_not_known(language: str, text: str) -> None:
    (found,) = read_times(text, language=language, published=PUBLISHED)
    assert found.time.earliest is None
    assert found.time.note == "the day that these words count from is not known"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mardi, le pont a sauté."),
        ("fr", "Hier, le pont a sauté."),
        ("fr", "Il y a dix jours, le pont a sauté."),
        ("fr", "Le 3 mai, le pont a sauté."),
        ("fr", "En mai, le pont a sauté."),
        ("fr", "L'été dernier, le pont a sauté."),
        ("fr", "La semaine dernière, le pont a sauté."),
        ("fr", "Depuis mardi, le pont est coupé."),
        ("fr", "À Noël, le pont a sauté."),
        ("fr", "Dans la nuit, le pont a sauté."),
        ("en", "The bridge fell on Tuesday."),
        ("en", "The bridge fell overnight."),
        ("es", "El puente cayó el martes."),
        ("ar", "سقط الجسر أمس."),
        ("uk", "Міст упав учора."),
        ("ru", "Мост упал вчера."),
    ],
)
def test_without_a_day_of_publication_relative_times_stay_open(language: str, text: str) -> None:
    (found,) = read_times(text, language=language)
    assert (found.time.earliest, found.time.latest) == (None, None)
    assert found.time.note is not None
    assert "not known" in found.time.note


def test_without_a_day_of_publication_a_full_date_still_holds() -> None:
    text = "Le 3 mai 2019, le pont a sauté. Le lendemain, le gué a cédé."
    days = [str(one.time.earliest) for one in read_times(text, language="fr")]
    assert days == ["2019-05-03", "2019-05-04"]
