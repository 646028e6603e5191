"""Texts about a time long before publication, and days that look ahead or do not."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding import ground
from temoin.grounding.time import read_times
from temoin.record import Argument, Certainty, Document, Event, EventType, Record, Role, Span

PUBLISHED = dt.date(2024, 6, 12)  # a Wednesday


def days(text: str, language: str) -> list[str]:
    """The first day of each expression that has one."""
    times = read_times(text, language=language, published=PUBLISHED)
    return [str(each.time.earliest) for each in times if each.time.earliest]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Il y a vingt ans, le fort tombait. L'assaut commença le 3 mai.", "2004-05-03"),
        ("fr", "Tout débuta à l'automne 1987. Le 3 novembre, le fort tomba.", "1987-11-03"),
        ("uk", "Три роки тому впав форт. Третього травня почався штурм.", "2021-05-03"),
        ("en", "In March 1987 the fort fell. On 3 May the town followed.", "1987-05-03"),
    ],
)
def test_a_text_that_opens_long_ago_stays_there(language: str, text: str, day: str) -> None:
    assert days(text, language)[-1] == day


def test_a_text_that_has_told_the_present_does_not_go_back() -> None:
    text = "Mardi, le fort est tombé. Au printemps 2011, il avait tenu. Le 3 juin, on creusait."
    assert days(text, "fr")[-1] == "2024-06-03"


def test_years_later_a_text_is_back_in_the_present() -> None:
    text = "In the spring of 2020 they lost the fort. Four years on, they retook it on 3 June."
    assert days(text, "en")[-1] == "2024-06-03"


def test_a_story_looks_back_a_few_weeks_rather_than_ahead_a_year() -> None:
    text = "Le 15 février 1987, le fort tomba. En janvier déjà, le gué avait cédé."
    assert days(text, "fr")[-1] == "1987-01-01"


def test_of_a_time_long_past_since_does_not_run_up_to_publication() -> None:
    text = "Le 1er juin 1987, le fort fut pris. Le gué, tenu depuis le 8 juin, tomba ensuite."
    found = read_times(text, language="fr", published=PUBLISHED)[-1].time
    assert str(found.latest) == "1987-06-08"


def test_that_year_is_the_last_one_told() -> None:
    text = "On 3 May 1987 the fort fell. The ford was lost in June 1989. That year they left."
    assert days(text, "en")[-1] == "1989-01-01"


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Les insurgés ont refusé lundi une trêve de dix jours.", "2024-06-10"),
        ("fr", "L'état-major avait pourtant ordonné lundi de rompre.", "2024-06-10"),
        ("fr", "Il aura fallu que, lundi, un obus tue un berger.", "2024-06-10"),
        ("fr", "La trêve prendra effet lundi.", "2024-06-17"),
        ("en", "The insurgents refused on Monday to join talks.", "2024-06-10"),
        ("en", "A truce which was to have begun on Monday has not held.", "2024-06-10"),
        ("en", "The talks will begin on Monday.", "2024-06-17"),
        ("es", "Los insurgentes rechazaron el lunes la tregua.", "2024-06-10"),
        ("ar", "رفض المسلحون الاثنين هدنة اقترحها الوسيط.", "2024-06-10"),
        ("uk", "Бойовики в понеділок відмовилися від перемир'я.", "2024-06-10"),
        ("ru", "Повстанцы отказались в понедельник от перемирия.", "2024-06-10"),
    ],
)
def test_the_verb_beside_a_weekday_decides(language: str, text: str, day: str) -> None:
    assert days(text, language)[0] == day


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("fr", "Lundi, ils ont pris le fort, que la garnison avait quitté dans la nuit.", "09"),
        ("en", "On Monday they took the fort, the garrison having fled in the night.", "09"),
        ("en", "On Monday they took the fort and left it in the night.", "10"),
    ],
)
def test_what_had_happened_in_the_night_was_before_the_day_told(
    language: str, text: str, first: str
) -> None:
    assert days(text, language)[-1] == f"2024-06-{first}"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("They agreed to leave the fort by Friday.", "2024-06-14"),
        ("If the fort is not retaken by Friday, the ford is lost.", "2024-06-14"),
        ("They agreed to a truce by Friday.", "2024-06-07"),
    ],
)
def test_what_is_promised_or_conditional_looks_ahead(text: str, last: str) -> None:
    assert str(read_times(text, language="en", published=PUBLISHED)[0].time.latest) == last


@pytest.mark.parametrize(
    ("language", "text", "trigger", "words"),
    [
        ("fr", "Lundi, ils avaient envoyé dix hommes reprendre le gué.", "reprendre", "Lundi"),
        ("en", "On Monday they sent ten men to retake the ford.", "retake", "Monday"),
    ],
)
def test_the_day_that_opens_a_clause_is_that_of_its_past_verb(
    language: str, text: str, trigger: str, words: str
) -> None:
    record = Record(
        document=Document(
            id="d",
            text=text,
            text_sha256="0" * 64,
            language=language,
            published=PUBLISHED,
            sentences=((0, len(text)),),
        ),
        events=(
            Event(
                id="e1",
                type=EventType.CAPTURE,
                trigger=_span(text, trigger),
                arguments=(Argument(role=Role.TIME, **_span(text, words).model_dump()),),
                certainty=Certainty.PLANNED,
            ),
        ),
    )
    time = ground(record).events[0].time
    assert time is not None
    assert str(time.earliest) == "2024-06-10"


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)
