"""The tables of words, patterns and feasts."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import resources

import pytest

from temoin.grounding.time.calendars import easter, holiday, holidays, orthodox_easter
from temoin.grounding.time.firsts import firsts
from temoin.grounding.time.frames import FrameError, build
from temoin.grounding.time.lexicon import languages, lexicon
from temoin.grounding.time.patterns import PatternError, compile_pattern

LANGUAGES = sorted(languages())


def test_the_languages_of_the_project_have_tables() -> None:
    assert {"ar", "en", "es", "fr", "ru", "uk"} <= languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_all_months_and_weekdays(language: str) -> None:
    values = table(language)["values"]
    assert sorted(map(int, values["month"])) == list(range(1, 13))
    assert sorted(map(int, values["weekday"])) == list(range(1, 8))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feast_that_a_language_names_has_days(language: str) -> None:
    assert set(table(language)["values"]["holiday"]) <= holidays()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_compiles(language: str) -> None:
    rules = [*lexicon(language).strict, *lexicon(language).loose]
    assert all(
        rule.pattern.regex for level in rules for each in level.rules.values() for rule in each
    )


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [(2022, "04-17", "04-24"), (2023, "04-09", "04-16"), (2024, "03-31", "05-05")],
)
def test_easter(year: int, western: str, eastern: str) -> None:
    assert easter(year) == dt.date.fromisoformat(f"{year}-{western}")
    assert orthodox_easter(year) == dt.date.fromisoformat(f"{year}-{eastern}")


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("christmas", 2023, "2023-12-25"),
        ("good_friday", 2024, "2024-03-29"),
        ("eid_al_fitr", 2024, "2024-04-10"),
        ("eid_al_adha", 2024, "2024-06-16"),
        ("passover", 2024, "2024-04-23"),
    ],
)
def test_feasts_have_their_days(name: str, year: int, day: str) -> None:
    assert holiday(name, year)[0].earliest == dt.date.fromisoformat(day)


@pytest.mark.parametrize("pattern", ["(le <DATE>", "<nothing>", "{NOTHING}"])
def test_a_pattern_that_cannot_be_read_is_named(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern, lexicon("fr"))


@pytest.mark.parametrize(
    ("source", "codes", "alone"),
    [
        ("ab", "a", ""),
        ("a?b", "ab", "b"),
        ("(?:a|b)c", "ab", ""),
        ("(?<!x)[ab]*c", "abc", "c"),
        ("(?=x)a", "a", "a"),
        ("a|bc", "ab", "a"),
        ("a?b?", "ab", "ab"),
        ("(?:ab)?c", "ac", "c"),
    ],
)
def test_how_a_pattern_begins(source: str, codes: str, alone: str) -> None:
    found = firsts(source)
    assert (found.codes, found.alone) == (frozenset(codes), frozenset(alone))


@pytest.mark.parametrize(
    "slots", [{"day": 32, "month": 1}, {"hour": 25}, {"nothing": 1}, {"kind": "range"}]
)
def test_slots_that_make_no_sense_are_refused(slots: dict[str, object]) -> None:
    with pytest.raises(FrameError):
        build(slots)


def table(language: str) -> dict[str, dict[str, dict[str, object]]]:
    path = resources.files("temoin.grounding.time") / "data" / f"{language}.toml"
    tables: dict[str, dict[str, dict[str, object]]] = tomllib.loads(path.read_text("utf-8"))
    return tables
