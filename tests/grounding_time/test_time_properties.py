"""What holds of every time, whatever the day of publication."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from temoin.grounding.time import read_times, read_timexes
from temoin.grounding.time.lexicon import languages
from temoin.record import TimeValue

DAY = dt.timedelta(days=1)
DATES = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2040, 12, 31))
LANGUAGES = st.sampled_from(sorted(languages()))
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "uk": ("понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"),
    "ru": ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
}
AGO = {
    "fr": "Il y a {} jours, rien.",
    "en": "Nothing moved {} days ago.",
    "es": "Hace {} días, nada.",
    "ar": "قبل {} يوما لم يحدث شيء.",
    "uk": "{} днів тому нічого.",
    "ru": "{} дней назад ничего.",
}
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


def only(text: str, language: str, published: dt.date | None) -> TimeValue:
    """The time of the only expression of a text."""
    (found,) = read_times(text, language=language, published=published)
    return found.time


@given(published=DATES, weekday=st.integers(1, 7), language=st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_is_one_of_the_seven_days_up_to_publication(
    published: dt.date, weekday: int, language: str
) -> None:
    time = only(f"{WEEKDAYS[language][weekday - 1]}, ...", language, published)
    assert time.earliest is not None
    assert time.earliest == time.latest
    assert time.earliest.isoweekday() == weekday
    assert 0 <= (published - time.earliest).days < 7


@given(published=DATES, weekday=st.integers(1, 7))
def test_a_weekday_to_come_is_one_of_the_seven_days_from_publication(
    published: dt.date, weekday: int
) -> None:
    text = f"La trêve entrera en vigueur {WEEKDAYS['fr'][weekday - 1]}."
    time = only(text, "fr", published)
    assert time.earliest is not None
    assert time.earliest.isoweekday() == weekday
    assert 0 <= (time.earliest - published).days < 7


@given(published=DATES, count=st.integers(2, 99), language=st.sampled_from(sorted(AGO)))
def test_so_many_days_ago_is_so_many_days_earlier(
    published: dt.date, count: int, language: str
) -> None:
    time = only(AGO[language].format(count), language, published)
    assert time.earliest == time.latest == published - count * DAY


@given(published=DATES, count=st.integers(2, 99))
def test_numbers_in_words_count_as_digits_do(published: dt.date, count: int) -> None:
    words = num2words(count, lang="fr")
    assert only(f"Il y a {words} jours, rien.", "fr", published).earliest == published - count * DAY


@given(published=DATES, day=DATES)
def test_a_full_date_is_that_day_whenever_the_report_came_out(
    published: dt.date, day: dt.date
) -> None:
    month = MONTHS.split()[day.month - 1]
    number = "1er" if day.day == 1 else day.day
    time = only(f"Le {number} {month} {day.year}, rien.", "fr", published)
    assert time.earliest == time.latest == day


@given(published=DATES, day=DATES)
def test_a_date_without_a_year_is_such_a_day_within_a_year(
    published: dt.date, day: dt.date
) -> None:
    if (day.month, day.day) == (2, 29):
        day -= DAY
    month = MONTHS.split()[day.month - 1]
    time = only(f"Le {day.day} {month}, rien.", "fr", published)
    assert time.earliest is not None
    assert (time.earliest.month, time.earliest.day) == (day.month, day.day)
    assert abs((time.earliest - published).days) <= 366


@given(published=DATES, first=DATES, length=st.integers(1, 60))
def test_a_range_runs_from_its_first_day_to_its_last(
    published: dt.date, first: dt.date, length: int
) -> None:
    last = first + length * DAY
    text = f"From {first:%B} {first.day}, {first.year} to {last:%B} {last.day}, {last.year}, fire."
    time = only(text, "en", published)
    assert (time.earliest, time.latest) == (first, last)


@given(published=DATES, day=DATES)
def test_since_a_day_runs_up_to_publication(published: dt.date, day: dt.date) -> None:
    day = min(day, published)
    month = MONTHS.split()[day.month - 1]
    time = only(f"Depuis le {day.day} {month} {day.year}, rien.", "fr", published)
    assert (time.earliest, time.latest) == (day, published)


WORDS = (
    "hier le mardi 14 mars 2024 nuit de à au du lendemain la veille depuis jusqu'à 14h30 : , . "
    "trois jours plus tôt il y a semaines l' été dernier Noël entre et début fin an 31 février "
    "yesterday on Friday until two weeks later ago the next day overnight spring of 1999 "
    "ayer hace días desde hasta أمس منذ ليلة السبت قبل учора тому в ніч на вчера назад с по"
)
FRAGMENTS = st.sampled_from(WORDS.split())
TEXTS = st.one_of(st.text(max_size=120), st.lists(FRAGMENTS, max_size=25).map(" ".join))


@settings(max_examples=300)
@given(text=TEXTS, language=st.one_of(LANGUAGES, st.just("other")), published=st.none() | DATES)
def test_no_text_breaks_the_reader(text: str, language: str, published: dt.date | None) -> None:
    end = 0
    for found in read_times(text, language=language, published=published):
        assert text[found.start : found.end] == found.text
        assert end <= found.start < found.end
        end = found.end
        first, last = found.time.earliest, found.time.latest
        assert (first is None) == (last is None)
        assert first is None or last is None or first <= last


@given(text=TEXTS, language=LANGUAGES)
def test_timexes_lie_within_the_text(text: str, language: str) -> None:
    for found in read_timexes(text, language=language, published=dt.date(2024, 6, 12)):
        assert text[found.start : found.end] == found.text


@given(text=TEXTS, language=LANGUAGES)
def test_the_same_text_gives_the_same_times(text: str, language: str) -> None:
    assert read_times(text, language=language) == read_times(text, language=language)
