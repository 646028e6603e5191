"""Known names resolve, in every language, however they are inflected."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.actors import ActorContext, resolve_actor
from temoin.record import ActorValue


def resolved(text: str, language: str, context: ActorContext | None = None) -> ActorValue:
    value = resolve_actor(text, language, context=context)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "27 combattants du Hamas", "hamas"),
        ("fr", "les Chabab", "al-shabaab"),
        ("fr", "le GSIM", "jnim"),
        ("fr", "le Groupe de soutien à l'islam et aux musulmans", "jnim"),
        ("fr", "les casques bleus de la Minusma", "minusma"),
        ("en", "Rapid Support Forces fighters", "rsf"),
        ("en", "the RSF", "rsf"),
        ("en", "two Houthi commanders", "houthis"),
        ("en", "ISIS", "islamic-state"),
        ("es", "las disidencias de las FARC", "farc-emc"),
        ("es", "Hezbolá", "hezbollah"),
        ("ar", "مقاتلي حزب الله", "hezbollah"),
        ("ar", "لحركة حماس", "hamas"),
        ("ar", "قوات الدعم السريع", "rsf"),
        ("ru", "боевики Хезболлы", "hezbollah"),
        ("ru", "ЧВК «Вагнер»", "wagner"),
        ("ru", "хуситов", "houthis"),
        ("uk", "ЗСУ", "afu"),
        ("uk", "бригадою «Азов»", "azov"),
        ("uk", "Збройними силами України", "afu"),
    ],
)
def test_known_name(language: str, text: str, expected: str) -> None:
    value = resolved(text, language)
    assert (value.id, value.rule) == (expected, "name")
    assert value.as_written == text


def test_value_of_a_known_name_is_complete() -> None:
    assert resolved("le Hezbollah", "fr") == ActorValue(
        name="Hezbollah",
        id="hezbollah",
        kind="rebel_group",
        country="LB",
        inter=2,
        wikidata="Q41053",
        as_written="le Hezbollah",
        rule="name",
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "who"),
        ("fr", "Hama"),
        ("ar", "قاعدة جوية"),
        ("en", "care"),
        ("fr", "il est"),
    ],
)
def test_a_common_word_is_no_name(language: str, text: str) -> None:
    value = resolve_actor(text, language)
    assert value is None or value.id is None


def test_a_name_of_another_actor_only_stands_by() -> None:
    value = resolved("anti-Houthi forces", "en")
    assert (value.id, value.kind) == (None, "armed_force")
    assert value.note == "against Houthis"


def test_two_names_are_both_told() -> None:
    value = resolved("le Hamas et le Jihad islamique", "fr")
    assert value.id == "hamas"
    assert "pij" in (value.note or "")


def test_a_shared_acronym_stays_open_without_a_theatre() -> None:
    value = resolved("the NRF", "en") if resolve_actor("the NRF", "en") else None
    assert value is None or value.id in (None, "nrf-afghanistan")


@pytest.mark.parametrize(
    ("country", "expected"), [("SY", "sna"), ("SO", "sna-somalia")], ids=["Syria", "Somalia"]
)
def test_the_theatre_tells_bearers_of_one_acronym_apart(country: str, expected: str) -> None:
    context = ActorContext(theatre={country: 4.0}, evidence={country: ("the place",)})
    value = resolved("the SNA", "en", context)
    assert value.id == expected
    assert "the place" in (value.note or "")


def test_without_a_theatre_an_ambiguous_acronym_names_nobody() -> None:
    value = resolve_actor("the SNA", "en")
    assert value is None or value.id is None


def test_an_unsure_alias_needs_its_theatre() -> None:
    kurdish = ActorContext(theatre={"SY": 3.0}, evidence={"SY": ("Raqqa",)})
    assert resolved("les forces kurdes", "fr", kurdish).id == "sdf"
    assert resolved("les forces kurdes", "fr").id is None


def test_what_no_longer_exists_is_noted() -> None:
    context = ActorContext(published=dt.date(2024, 5, 1))
    value = resolved("les Tigres tamouls", "fr", context)
    assert value.id == "ltte"
    assert value.note == "not known to exist in 2024"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(dt.date(2016, 5, 1), "syrian-army"), (dt.date(2025, 5, 1), "syria-military-forces")],
)
def test_a_force_that_was_disbanded_is_not_composed(day: dt.date, expected: str) -> None:
    value = resolved("les soldats syriens", "fr", ActorContext(published=day))
    assert value.id == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("les talibans", 2010, ("taliban", "rebel_group", 2)),
        ("les talibans", 2024, ("taliban-government", "government", 1)),
        ("les talibans", None, ("taliban", "rebel_group", 2)),
        ("les FSR", 2018, ("rsf-before-2023", "state_forces", 1)),
        ("les FSR", 2024, ("rsf", "rebel_group", 2)),
    ],
)
def test_what_a_name_meant_on_that_day(
    text: str, year: int | None, expected: tuple[str, str, int]
) -> None:
    day = dt.date(year, 5, 1) if year else None
    value = resolved(text, "fr", ActorContext(published=day))
    assert (value.id, value.kind, value.inter) == expected
