"""Unknown names keep the kind that their words give; what is no actor has none."""

from __future__ import annotations

import pytest

from temoin.grounding.actors import resolve_actor


@pytest.mark.parametrize(
    ("language", "text", "kind", "inter"),
    [
        ("fr", "des hommes armés", "armed_group", 3),
        ("fr", "la milice Zarti", "militia", 3),
        ("fr", "des manifestants", "protesters", 6),
        ("fr", "quatre villageois", "civilians", 7),
        ("fr", "12 personnes", "people", None),
        ("fr", "les deux camps", "belligerents", None),
        ("en", "gunmen", "armed_group", 3),
        ("en", "the Ambulin rebels", "rebel_group", 2),
        ("en", "rioters", "rioters", 5),
        ("en", "a journalist", "civilians", 7),
        ("en", "an armoured column", "armed_force", None),
        ("es", "unos campesinos", "civilians", 7),
        ("es", "sicarios", "criminal_group", 3),
        ("ar", "مسلحين مجهولين", "armed_group", 3),
        ("ar", "تسعة مدنيين", "civilians", 7),
        ("ar", "متظاهرين", "protesters", 6),
        ("ru", "боевики", "armed_group", 3),
        ("ru", "мирные жители", "civilians", 7),
        ("ru", "четверо полицейских", "police", 1),
        ("uk", "цивільних", "civilians", 7),
        ("uk", "невідомі у масках", "armed_group", 3),
        ("uk", "протестувальники", "protesters", 6),
    ],
)
def test_kind_of_the_words(language: str, text: str, kind: str, inter: int | None) -> None:
    value = resolve_actor(text, language)
    assert value is not None
    assert (value.kind, value.inter, value.id) == (kind, inter, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "la pluie"),
        ("fr", "ils"),
        ("fr", "un pont"),
        ("fr", "la maison d'un paysan"),
        ("fr", "quatre hôpitaux"),
        ("en", "they"),
        ("en", "the bridge"),
        ("en", "a government building"),
        ("es", "la niebla"),
        ("ar", "جسر"),
        ("ar", "منزل لعائلة"),
        ("ru", "песчаная буря"),
        ("uk", "туман"),
        ("uk", "будинок культури"),
        ("other", ""),
    ],
)
def test_what_is_no_actor(language: str, text: str) -> None:
    assert resolve_actor(text, language) is None


def test_the_owner_of_a_thing_is_told_as_such() -> None:
    value = resolve_actor("une base du Hezbollah", "fr")
    assert value is not None
    assert (value.id, value.note) == ("hezbollah", "named as whose it is")


def test_staff_are_civilians_of_their_organisation() -> None:
    value = resolve_actor("trois employés de MSF", "fr")
    assert value is not None
    assert (value.kind, value.inter, value.parent) == ("civilians", 7, "msf")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le régime syrien"),
        ("en", "the Syrian regime"),
        ("es", "el régimen sirio"),
        ("ar", "النظام السوري"),
        ("ru", "сирийский режим"),
        ("uk", "сирійський режим"),
    ],
)
def test_loaded_names_resolve_and_stay_visible(language: str, text: str) -> None:
    value = resolve_actor(text, language)
    assert value is not None
    assert (value.name, value.id) == ("Government of Syria", "syria-government")
    assert value.loaded
    assert value.as_written == text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "окупанти", "russian-armed-forces"),
        ("uk", "орки", "russian-armed-forces"),
        ("ru", "бандеровцы", "afu"),
        ("ar", "جيش الاحتلال الإسرائيلي", "idf"),
    ],
)
def test_words_used_of_one_countrys_forces(language: str, text: str, expected: str) -> None:
    value = resolve_actor(text, language)
    assert value is not None
    assert (value.id, value.loaded) == (expected, value.rule == "loaded")


def test_plain_words_are_not_loaded() -> None:
    value = resolve_actor("le gouvernement syrien", "fr")
    assert value is not None
    assert not value.loaded
