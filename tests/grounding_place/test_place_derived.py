"""Names that the gazetteer spells otherwise, adjectives of places, hyphenated names."""

from __future__ import annotations

import pytest
from place_samples import located, off, record

from temoin.grounding.place import ground_places
from temoin.grounding.place.names import adjective_roots, stem, stems
from temoin.grounding.place.spellings import is_article, spellings


@pytest.mark.parametrize(
    ("language", "written", "wanted"),
    [
        ("fr", "Koupiansk", "kupiansk"),
        ("fr", "Oum Rouaba", "umruwaba"),
        ("fr", "Djebraïl", "jebrail"),
        ("fr", "Zaporijjia", "zaporizhia"),
        ("es", "Yevlaj", "yevlakh"),
        ("es", "Sheij Said", "sheikhsaid"),
        ("en", "Hammouriyah", "hamouriyah"),
        ("ru", "Зангеланом", "zangelan"),
        ("uk", "Дуенцою", "douentza"),
        ("uk", "Діапазі", "diapaga"),
        ("ru", "Аль-Кайм", "alqaim"),
        ("ru", "Аль-Кайм", "kaim"),
        ("ar", "سوتشي", "sochi"),
        ("ar", "بافلوهراد", "pavlohrad"),
    ],
)
def test_spellings_that_the_gazetteer_may_have(language: str, written: str, wanted: str) -> None:
    assert wanted in spellings(written, language)


def test_spellings_are_few_and_of_some_length() -> None:
    for written in ("Khorramshahr-e-Kouchouk", "كوستيانتينيفكا", "Константиновкою", "Ур", "", "№"):
        found = spellings(written, "fr")
        assert len(found) <= 256
        assert all(len(spelt) >= 3 for spelt in found)
        assert len(set(found)) == len(found)


def test_the_usual_spelling_comes_first() -> None:
    assert spellings("Tchortkiv", "fr")[0] == "chortkiv"
    assert spellings("Tchortkiv", "en")[0] == "tchortkiv"


@pytest.mark.parametrize("word", ["аль", "эль", "Al", "ash"])
def test_articles(word: str) -> None:
    assert is_article(word)
    assert not is_article(f"{word}ma")


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        (
            "fr",
            "À Bakhmout, en Ukraine, calme ; tirs sur Tchassiv Yar.",
            "Tchassiv Yar",
            (48.59, 37.86),
        ),
        ("fr", "Au Soudan, El Obeid tient ; Oum Rouaba brûle.", "Oum Rouaba", (12.90, 31.20)),
        ("ru", "Азербайджан: тихо в Шуше; бои под Зангеланом.", "Зангеланом", (39.09, 46.65)),
        ("uk", "У Судані тихо в Хартумі; бої в Ель-Генейні.", "Ель-Генейні", (13.45, 22.45)),
        ("ru", "В Ираке тихо в Рамади; бои за Аль-Кайм.", "Аль-Кайм", (34.37, 41.09)),
        ("es", "Azerbaiyán: calma en Bakú; choques en Yevlaj.", "Yevlaj", (40.62, 47.15)),
    ],
)
def test_other_spellings_in_their_country(
    language: str, text: str, words: str, where: tuple[float, float]
) -> None:
    assert off(located(text, words, language=language), *where) < 25


def test_a_derived_spelling_needs_its_country() -> None:
    text = "En Colombie, Bogota et Cali sont calmes. Tirs à Tchernivsi."
    (argument,) = ground_places(record(text, "Tchernivsi")).events[0].arguments
    assert argument.place is None or argument.place.country == "CO"


def test_a_derived_spelling_is_told() -> None:
    text = "Au Soudan, El Obeid tient ; Kassalla brûle."
    place = located(text, "Kassalla")
    assert place.rule == "spelling"
    assert place.note
    assert "gazetteer" in place.note


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        ("uk", "Обстріл Охтирської громади на Сумщині.", "Охтирської громади", (50.31, 34.90)),
        ("uk", "Суми: удар по Лебединському району.", "Лебединському району", (50.58, 34.48)),
        ("uk", "Бої точилися на Лиманському напрямку.", "Лиманському напрямку", (48.98, 37.81)),
        ("ru", "Обстрел Шебекинского района у Белгорода.", "Шебекинского района", (50.41, 36.90)),
        ("ru", "Удар по Курской области.", "Курскую область", (51.7, 36.2)),
    ],
)
def test_adjectives_of_places(
    language: str, text: str, words: str, where: tuple[float, float]
) -> None:
    if words not in text:
        text = f"Ракеты ударили по Курску. Обстреляли {words}."
    assert off(located(text, words, language=language), *where) < 60


def test_adjective_roots_have_doubled_and_soft_endings() -> None:
    assert set(stems("Запілля")) & set(adjective_roots("Запільська"))
    assert stem("Очеретине") in adjective_roots("Очеретинський")


def test_accusative_of_adjectives() -> None:
    assert stem("Курская") in stems("Курскую")


def test_a_part_of_a_hyphenated_name_is_not_the_place() -> None:
    text = "В Колумбии, в Кукуте, тихо. Бои в Кампо-Рико."
    (argument,) = ground_places(record(text, "Кампо-Рико", language="ru")).events[0].arguments
    assert argument.place is None or argument.place.country == "CO"


def test_a_road_between_two_towns_keeps_both() -> None:
    place = located("Au Mali, mine sur la route Gao-Ansongo.", "la route Gao-Ansongo")
    assert off(place, 15.96, 0.23) < 25
    assert place.rule == "route"


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        ("ar", "في أفغانستان سقطت لشكرغاه أمس", "لشكرغاه", (31.59, 64.37)),
        ("ar", "في لبنان اندلعت اشتباكات في عين الرمانة", "عين الرمانة", (33.87, 35.52)),
        ("ar", "اقتحام سجن كوبر في الخرطوم", "سجن كوبر", (15.62, 32.55)),
        ("ru", "Колонна прошла через Баб-эс-Салам в Сирию.", "Баб-эс-Салам", (36.61, 37.08)),
        ("fr", "En Irak, tirs à Trebil.", "Trebil", (32.74, 39.00)),
    ],
)
def test_quarters_and_crossings(
    language: str, text: str, words: str, where: tuple[float, float]
) -> None:
    assert off(located(text, words, language=language), *where) < 15
