"""TIMEX3 values, precision and the codes of ACLED and UCDP."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.time import read_times, read_timexes

PUBLISHED = dt.date(2004, 3, 17)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("le 11 mars 2004", ["2004-03-11"]),
        ("jeudi soir", ["2004-03-11TEV"]),
        ("jeudi à 22h30", ["2004-03-11", "2004-03-11T22:30"]),
        ("dans la nuit de mercredi à jeudi", ["2004-03-10TNI"]),
        ("mars 2004", ["2004-03"]),
        ("en 2004", ["2004"]),
        ("la semaine dernière", ["2004-W11"]),
        ("le week-end dernier", ["2004-W11-WE"]),
        ("l'été 2004", ["2004-SU"]),
        ("les années 60", ["196X"]),
        ("au XIXe siècle", ["18XX"]),
        ("six heures", ["PT6H"]),
        ("une demi-heure", ["PT0.5H"]),
        ("trois jours", ["P3D"]),
        ("durant deux ans", ["P2Y"]),
        ("plusieurs jours", ["PXD"]),
        ("chaque jour", ["P1D"]),
        ("tous les lundis", ["XXXX-WXX-1"]),
        ("actuellement", ["PRESENT_REF"]),
        ("récemment", ["PAST_REF"]),
        ("prochainement", ["FUTURE_REF"]),
        ("du 8 au 11 mars", ["2004-03-08", "2004-03-11"]),
        ("de 14h à 16h30", ["2004-03-17T14:00", "2004-03-17T16:30"]),
        ("depuis le 8 mars", ["2004-03-08"]),
        ("âgé de 54 ans", []),
    ],
)
def test_timexes_of_french_follow_timeml(words: str, values: list[str]) -> None:
    found = read_timexes(f"Selon lui, {words}, rien.", language="fr", published=PUBLISHED)
    assert [one.time.value for one in found] == values


def test_values_without_a_year_say_so() -> None:
    (found,) = read_timexes("Le 11 mars, rien.", language="fr")
    assert found.time.value == "XXXX-03-11"


@pytest.mark.parametrize(
    ("words", "precision", "acled", "ucdp"),
    [
        ("hier à 14h30", "hour", 1, 1),
        ("hier", "day", 1, 1),
        ("dans la nuit de lundi à mardi", "day", 1, 2),
        ("du 8 au 11 mars", "range", 2, 2),
        ("la semaine dernière", "week", 2, 3),
        ("le mois dernier", "month", 3, 4),
        ("l'an dernier", "year", None, 5),
        ("en 2003", "year", None, 5),
        ("les années 60", "year", None, None),
        ("six heures durant", "duration", None, None),
        ("ces derniers jours", "vague", None, None),
    ],
)
def test_precision_and_codes(
    words: str, precision: str, acled: int | None, ucdp: int | None
) -> None:
    (found,) = read_times(f"Selon lui, {words}, rien.", language="fr", published=PUBLISHED)
    time = found.time
    assert (time.precision, time.acled_precision, time.ucdp_precision) == (precision, acled, ucdp)


def test_every_value_names_its_rule() -> None:
    (found,) = read_times("Rien depuis hier.", language="fr", published=PUBLISHED)
    assert found.time.rule == "since"


def test_ages_are_told_apart_from_durations() -> None:
    text = "Un berger âgé de 54 ans a marché six heures."
    notes = [one.time.note for one in read_times(text, language="fr")]
    assert notes == ["an age: no day", "a duration: no day"]
