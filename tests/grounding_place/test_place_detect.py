"""Every place name of a text, and nothing else."""

from __future__ import annotations

import pytest

from temoin.grounding.place import find_places, ground_places, resolve
from temoin.record import Document, Record


def names(text: str, language: str) -> list[str]:
    return [name.text for name in find_places(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L'armée a quitté Raqqa pour Hassaké, en Syrie.", ["Raqqa", "Hassaké", "Syrie"]),
        ("fr", "De Gao à Tombouctou, le Mali brûle.", ["Gao", "Tombouctou", "Mali"]),
        ("en", "From Kharkiv to Kherson, Ukraine holds.", ["Kharkiv", "Kherson", "Ukraine"]),
        ("en", "The U.S. struck Sanaa in Yemen.", ["U.S", "Sanaa", "Yemen"]),
        ("es", "De Cali a Bogotá, Colombia espera.", ["Cali", "Bogotá", "Colombia"]),
        ("ar", "انسحبت القوات من الرقة في سوريا", ["الرقة", "سوريا"]),
        ("uk", "Війська відійшли з Харкова до Полтави.", ["Харкова", "Полтави"]),
        ("ru", "Войска отошли из Херсона в Крым.", ["Херсона", "Крым"]),
    ],
)
def test_every_place_is_found(language: str, text: str, expected: list[str]) -> None:
    assert names(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les soldats syriens et les miliciens iraniens ont attaqué."),
        ("fr", "Le Malien a parlé aux Français."),
        ("en", "Syrian soldiers and Iranian militiamen attacked Turkish troops."),
        ("es", "Los soldados sirios atacaron a los turcos."),
        ("ar", "هاجم الجنود السوريون المقاتلين الإيرانيين"),
        ("ru", "Российские военные атаковали украинских солдат."),
        ("uk", "Російські військові атакували українських солдатів."),
    ],
)
def test_demonyms_are_no_places(language: str, text: str) -> None:
    assert names(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "General Washington spoke.",
        "Dayton said he would resign.",
        "Ms. London, 34, was hurt.",
        "We are ready. I can wait. To me it is clear.",
        "Jack Lansing and Paula Chester left.",
        "The Interior Ministry denied it.",
    ],
)
def test_persons_and_common_words_are_no_places(text: str) -> None:
    assert names(text, "en") == []


def test_state_after_a_town_is_found_with_it() -> None:
    found = {name.text: value for name, value in resolve("A fire in Paris, Tex., hurt two.", "en")}
    assert set(found) == {"Paris", "Tex."}
    assert found["Tex."].name == "Texas"
    assert found["Paris"].country == "US"


def test_names_are_mentions_of_the_record() -> None:
    text = "L'armée a quitté Raqqa pour Hassaké."
    record = ground_places(Record(document=Document(id="d", text=text, language="fr")))
    assert [(m.text, m.kind) for m in record.mentions] == [("Raqqa", "place"), ("Hassaké", "place")]
    assert [m.id for m in record.mentions] == ["p1", "p2"]


def test_grounding_twice_changes_nothing() -> None:
    text = "L'armée a quitté Raqqa pour Hassaké."
    once = ground_places(Record(document=Document(id="d", text=text, language="fr")))
    assert ground_places(once) == once


@pytest.mark.parametrize("text", ["", " ", "…", "А", "12", "«»", "\u200f", "Ⅻ ﷺ 🌍"])
def test_odd_texts(text: str) -> None:
    assert find_places(text, "other") == []
