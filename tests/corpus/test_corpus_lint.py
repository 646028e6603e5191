from __future__ import annotations

from pathlib import Path

import pytest

from temoin.corpus import Slip, compile_gold, lint


def slips(sentence: str, event: str, *, language: str = "en") -> list[str]:
    head = f"doc: mini\nlang: {language}\npublished: 2022-05-04\n---\n"
    report = compile_gold(f"{head}S {sentence}\nE e1 {event}\n")
    return [slip.message for slip in lint(report)]


def test_a_sound_report_has_no_slips() -> None:
    event = 'capture "took" actor="They" place="the port"@36.8,10.2 time="Monday"=2022-05-02'
    assert slips("They took the port on Monday.", event) == []


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ('capture "too"', "capture: trigger cuts a word: 'ey took t'"),
        ('capture "took" actor="hey"', "capture: actor cuts a word: 'They to'"),
        ('capture "took" target="the port"|"por"', "capture: target cuts a word: 'he port o'"),
        ('capture "took" attribution="hey"', "capture: attribution cuts a word: 'They to'"),
    ],
)
def test_a_span_that_cuts_a_word_is_named(event: str, message: str) -> None:
    assert slips("They took the port on Monday.", event) == [message]


def test_arabic_particles_may_be_cut_off() -> None:
    assert slips("وقصفت القوات المدينة.", 'shelling "قصفت"', language="ar") == []


def test_time_that_runs_backwards_is_named() -> None:
    event = 'capture "took" time="last week"=2022-05-03/2022-05-01'
    assert slips("They took it last week.", event) == ["capture: time runs backwards"]


@pytest.mark.parametrize(
    ("language", "sentence", "words", "right"),
    [
        ("en", "They took it on Monday.", "Monday", "2022-05-02"),
        ("fr", "Pris mardi soir.", "mardi soir", "2022-05-03"),
        ("es", "Lo tomaron el miércoles.", "el miércoles", "2022-05-04"),
        ("ar", "سقطت يوم الأحد.", "يوم الأحد", "2022-05-01"),
        ("uk", "Узяли у середу вранці.", "у середу вранці", "2022-05-04"),
        ("ru", "Взяли в пятницу.", "в пятницу", "2022-04-29"),
    ],
)
def test_the_named_weekday_must_be_that_of_the_day(
    language: str, sentence: str, words: str, right: str
) -> None:
    trigger = sentence.split(maxsplit=1)[0]
    event = f'capture "{trigger}" time="{words}"='
    assert slips(sentence, event + right, language=language) == []
    wrong = slips(sentence, f"{event}2022-04-28", language=language)
    assert wrong == [f"capture: {words!r} is Thursday 2022-04-28"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "la veille de lundi"), ("en", "the eve of Monday"), ("en", "Monday or Tuesday")],
)
def test_a_weekday_that_is_not_the_day_itself_is_not_checked(language: str, words: str) -> None:
    event = f'capture "Pris" time="{words}"=2022-05-01'
    assert slips(f"Pris {words}.", event, language=language) == []


def test_a_day_far_from_the_report_is_named() -> None:
    event = 'capture "took" time="then"=1922-05-04'
    assert slips("They took it then.", event) == ["capture: 1922-05-04 is far from 2022-05-04"]


def test_a_value_belongs_to_a_quantity() -> None:
    assert slips("They took it.", 'capture "took" target="it"#1') == ["capture: a value on target"]


@pytest.mark.parametrize("coordinates", ["91,10", "-90.5,10", "10,180.1"])
def test_coordinates_off_the_globe_are_named(coordinates: str) -> None:
    found = slips("They took it.", f'capture "took" place="it"@{coordinates}')
    assert len(found) == 1
    assert found[0].startswith("capture: coordinates ")


def test_a_slip_names_its_file_and_line() -> None:
    slip = Slip("mini", "e4", "capture: time runs backwards", Path("a/mini.gold"), 12)
    assert str(slip) == f"{Path('a/mini.gold')}:12: e4: capture: time runs backwards"


def test_a_slip_without_a_file_names_the_document() -> None:
    assert str(Slip("mini", "e4", "far")) == "mini: e4: far"
