"""One place under all its names: exonyms, transliterations, cases, particles."""

from __future__ import annotations

import pytest
from place_samples import located, off

DEIR_EZ_ZOR = (35.336, 40.141)
ALEPPO = (36.20, 37.16)
BAKHMUT = (48.594, 37.999)
GORLIVKA = (48.33, 38.05)


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        ("fr", "Tirs sur Alep hier.", "Alep", ALEPPO),
        ("fr", "Tirs sur Deir Ezzor hier.", "Deir Ezzor", DEIR_EZ_ZOR),
        ("fr", "Tirs sur Deir ez-Zor hier.", "Deir ez-Zor", DEIR_EZ_ZOR),
        ("fr", "Tirs sur Deïr Ez Zor hier.", "Deïr Ez Zor", DEIR_EZ_ZOR),
        ("fr", "Tirs sur Bakhmout hier.", "Bakhmout", BAKHMUT),
        ("fr", "Tirs à Mossoul hier.", "Mossoul", (36.34, 43.12)),
        ("fr", "Tirs à Mogadiscio hier.", "Mogadiscio", (2.04, 45.34)),
        ("en", "Shells fell on Aleppo.", "Aleppo", ALEPPO),
        ("en", "Shells fell on Artemivsk.", "Artemivsk", BAKHMUT),
        ("en", "Shells fell on Khan Younis in Gaza.", "Khan Younis", (31.34, 34.30)),
        ("es", "Bombardeos sobre Alepo.", "Alepo", ALEPPO),
        ("es", "Combates en Bajmut.", "Bajmut", BAKHMUT),
        ("ar", "قصف على دير الزور أمس", "دير الزور", DEIR_EZ_ZOR),
        ("ar", "قصف على مدينة حلب أمس", "حلب", ALEPPO),
        ("ar", "قصف على باخموت أمس", "باخموت", BAKHMUT),
        ("ru", "Обстрел Алеппо продолжался.", "Алеппо", ALEPPO),
        ("uk", "Обстріл: Бахмут.", "Бахмут", BAKHMUT),
    ],
)
def test_exonyms_and_transliterations(
    language: str, text: str, words: str, where: tuple[float, float]
) -> None:
    assert off(located(text, words, language=language), *where) < 12


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        ("ru", "Обстрел Бахмута начался утром.", "Бахмута", BAKHMUT),
        ("ru", "Бои шли под Бахмутом.", "под Бахмутом", BAKHMUT),
        ("ru", "Взрыв прогремел в Горловке.", "Горловке", GORLIVKA),
        ("ru", "Колонна вышла из Пальмиры.", "Пальмиры", (34.55, 38.27)),
        ("uk", "Обстріл Бахмута почався зранку.", "Бахмута", BAKHMUT),
        ("uk", "Вибух пролунав у Горлівці.", "Горлівці", GORLIVKA),
        ("uk", "Бої точилися під Харковом.", "під Харковом", (49.99, 36.23)),
        ("uk", "Ракети влучили у Києві.", "Києві", (50.45, 30.52)),
        ("uk", "Росіяни обстріляли Запоріжжя.", "Запоріжжя", (47.84, 35.14)),
        ("uk", "Обстріл донецького аеропорту тривав.", "донецького аеропорту", (48.07, 37.74)),
    ],
)
def test_cyrillic_cases(language: str, text: str, words: str, where: tuple[float, float]) -> None:
    assert off(located(text, words, language=language), *where) < 15


@pytest.mark.parametrize(
    ("text", "words", "where"),
    [
        ("اشتباكات بحلب أمس", "بحلب", ALEPPO),
        ("اشتباكات وانفجار بدير الزور أمس", "بدير الزور", DEIR_EZ_ZOR),
        ("وصلت القوات للرقة أمس", "للرقة", (35.95, 39.01)),
        ("قصف على حمص وحماة أمس", "وحماة", (35.13, 36.75)),
        ("اشتباكات بالموصل أمس", "بالموصل", (36.34, 43.12)),
    ],
)
def test_arabic_particles(text: str, words: str, where: tuple[float, float]) -> None:
    assert off(located(text, words, language="ar"), *where) < 15


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        (
            "fr",
            "Tirs dans le village de Khasham, en Syrie.",
            "le village de Khasham",
            (35.29, 40.29),
        ),
        ("fr", "Tirs sur la ville de Goma.", "la ville de Goma", (-1.67, 29.23)),
        ("fr", "Tirs à l'aéroport d'Alep.", "l'aéroport d'Alep", (36.18, 37.22)),
        ("en", "Shells hit the town of Robotyne.", "the town of Robotyne", (47.44, 35.83)),
        ("es", "Tiros en la ciudad de Goma.", "la ciudad de Goma", (-1.67, 29.23)),
        ("uk", "Обстріл села Роботине.", "села Роботине", (47.44, 35.83)),
        ("ru", "Обстрел села Работино.", "села Работино", (47.44, 35.83)),
        ("ar", "قصف على مدينة البوكمال السورية", "مدينة البوكمال", (34.45, 40.92)),
    ],
)
def test_generic_nouns(language: str, text: str, words: str, where: tuple[float, float]) -> None:
    assert off(located(text, words, language=language), *where) < 15


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Tirs dans la province d'Idlib.", "la province d'Idlib"),
        ("en", "Shelling in Idlib province.", "Idlib province"),
        ("uk", "Обстріл Харківської області.", "Харківської області"),
    ],
)
def test_a_province_is_not_its_town(language: str, text: str, words: str) -> None:
    place = located(text, words, language=language)
    assert place.feature == "admin1"
    assert place.radius_km is not None
    assert place.radius_km > 30
    assert (place.acled_precision, place.ucdp_precision) == (3, 4)


def test_spelling_that_the_gazetteer_lacks_is_told() -> None:
    text = "La Syrie brûle : tirs sur Maarrat an-Nouhmane et sur Khan Cheikhoun."
    place = located(text, "Maarrat an-Nouhmane")
    assert off(place, 35.64, 36.67) < 10
    assert place.note
    assert "gazetteer" in place.note
