"""Types, classes, calibers and origins of equipment."""

from __future__ import annotations

import pytest

from temoin.grounding.equipment import resolve_equipment
from temoin.record import EquipmentValue


def resolved(text: str, language: str) -> EquipmentValue:
    value = resolve_equipment(text, language)
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("language", "text", "expected", "kind"),
    [
        ("fr", "deux Su-25", "su-25", "attack_aircraft"),
        ("fr", "des kalachnikovs", "ak-47", "rifle"),
        ("fr", "les Katioucha", "bm-13-katyusha", "mlrs"),
        ("en", "an F16", "f-16-fighting-falcon", "fighter"),
        ("en", "HIMARS rockets", "m142-himars", "mlrs"),
        ("en", "T-72s", "t-72", "tank"),
        ("es", "los obuses M777", "m777", "artillery"),
        ("es", "un misil Kornet", "9m133-kornet", "atgm"),
        ("ar", "صواريخ غراد", "bm-21-grad", "mlrs"),
        ("ar", "مسيّرة بيرقدار", "bayraktar-tb2", "drone"),
        ("ru", "«Градами»", "bm-21-grad", "mlrs"),
        ("ru", "беспилотники «Байрактар»", "bayraktar-tb2", "drone"),
        ("ru", "Су-34", "su-34", "attack_aircraft"),
        ("uk", "«Іскандерами»", "iskander-m", "ballistic_missile"),
        ("uk", "Джавеліном", "fgm-148-javelin", "atgm"),
        ("uk", "сім «шахедів»", "shahed-136", "loitering_munition"),
    ],
)
def test_known_type(language: str, text: str, expected: str, kind: str) -> None:
    value = resolved(text, language)
    assert (value.id, value.kind, value.rule) == (expected, kind, "type")


def test_a_type_has_origin_and_caliber() -> None:
    assert resolved("un D-30", "fr") == EquipmentValue(
        name="D-30", id="d-30", kind="artillery", origin="SU", caliber_mm=122, rule="type"
    )


@pytest.mark.parametrize(
    ("language", "text", "kind", "caliber"),
    [
        ("fr", "un obus de 152 mm", "shell", 152),
        ("fr", "mortier de 120", "mortar", 120),
        ("fr", "des cartouches de 7,62 mm", "ammunition", 7.62),
        ("fr", "la 23 mm", "gun", 23),
        ("fr", "un camion bourré de nitrate", "vbied", None),
        ("fr", "28 camions de farine", "food", None),
        ("fr", "deux hélicoptères de combat", "attack_helicopter", None),
        ("en", "glide bombs", "bomb", None),
        ("en", "man-portable missiles", "manpads", None),
        ("en", "a roadside bomb", "ied", None),
        ("en", "HE", "shell", None),
        ("en", "155mm shells", "shell", 155),
        ("es", "cañones de 155 milímetros", "artillery", 155),
        ("es", "una mina artesanal", "ied", None),
        ("es", "calibre .50", "small_arms", 12.7),
        ("ar", "عبوة ناسفة", "ied", None),
        ("ar", "مدفع من عيار 57 ملم", "anti_aircraft_gun", 57),
        ("ar", "دبابتين", "tank", None),
        ("ru", "ударные дроны", "loitering_munition", None),
        ("ru", "снаряды калибра 152 мм", "shell", 152),
        ("ru", "ПЗРК", "manpads", None),
        ("uk", "155-мм снарядів", "shell", 155),
        ("uk", "керованими авіабомбами", "bomb", None),
        ("uk", "мінометів", "mortar", None),
    ],
)
def test_class_and_caliber_of_the_words(
    language: str, text: str, kind: str, caliber: float | None
) -> None:
    value = resolved(text, language)
    assert (value.kind, value.caliber_mm) == (kind, caliber)


def test_a_munition_is_not_what_fires_it() -> None:
    assert resolved("un missile d'hélicoptère Apache", "fr").kind == "missile"


@pytest.mark.parametrize(
    ("language", "text", "origin"),
    [
        ("en", "a Turkish-made drone", "TR"),
        ("fr", "trois drones de fabrication chinoise", "CN"),
        ("en", "Turkish drones", None),
        ("fr", "un drone", None),
    ],
)
def test_origin_only_where_the_words_say_so(language: str, text: str, origin: str | None) -> None:
    assert resolved(text, language).origin == origin


def test_make_or_user_is_noted() -> None:
    assert resolved("Turkish drones", "en").note == "of Turkey, by its make or its user"


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "ils"), ("en", "he"), ("en", ""), ("fr", "un seul")]
)
def test_what_is_no_equipment(language: str, text: str) -> None:
    assert resolve_equipment(text, language) is None
