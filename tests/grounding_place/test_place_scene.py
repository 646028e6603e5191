"""Ambiguous names are settled by the document; what stands before helps."""

from __future__ import annotations

import pytest
from place_samples import located, off, record

from temoin.grounding.place import ground_places, resolve

LIBYA = (32.89, 13.19)
LEBANON = (34.43, 35.84)


@pytest.mark.parametrize(
    ("language", "text", "words", "where"),
    [
        ("fr", "Tirs à Tripoli, au Liban, puis à Beyrouth et Saïda.", "Tripoli", LEBANON),
        ("fr", "Tirs à Tripoli. Misrata et Benghazi sont calmes.", "Tripoli", LIBYA),
        ("en", "Shots in Tripoli; Lebanese troops left Sidon for Beirut.", "Tripoli", LEBANON),
        ("en", "Shots in Tripoli; Libyan troops left Sirte for Misrata.", "Tripoli", LIBYA),
        ("es", "Tiros en Trípoli; los libios dejaron Bengasi.", "Trípoli", LIBYA),
        ("ar", "اشتباكات في طرابلس، وأعلن الجيش اللبناني في بيروت الهدوء", "طرابلس", LEBANON),
        ("ar", "اشتباكات في طرابلس، وانسحبت قوات من مصراتة وبنغازي", "طرابلس", LIBYA),
        ("ru", "Бои в Триполи: ливийская армия ушла из Мисураты.", "Триполи", LIBYA),
        ("en", "Shots in Alexandria, Egypt, not far from Cairo.", "Alexandria", (31.20, 29.92)),
        ("en", "Shots in Alexandria, La., and in Baton Rouge.", "Alexandria", (31.31, -92.45)),
        ("en", "Shots in Springfield, Ill., and near Chicago.", "Springfield", (39.80, -89.64)),
    ],
)
def test_ambiguous_names(language: str, text: str, words: str, where: tuple[float, float]) -> None:
    assert off(located(text, words, language=language), *where) < 25


def test_one_name_is_one_place_throughout() -> None:
    text = "Tripoli brûle. Le Liban s'inquiète pour Tripoli, Beyrouth se tait."
    found = {v.gazetteer_id for name, v in resolve(text, "fr") if name.text == "Tripoli"}
    assert len(found) == 1


def test_allies_do_not_move_the_scene() -> None:
    text = "Talks on Haiti opened in Kingston; Washington and the Americans sent envoys."
    assert off(located(text, "Kingston", language="en"), 17.99, -76.79) < 25


def test_the_others_are_kept_with_their_scores() -> None:
    place = located("Tirs à Tripoli. Misrata et Benghazi sont calmes.", "Tripoli")
    assert place.score is not None
    assert "LB" in {other.country for other in place.candidates}
    scores = [place.score, *(other.score or 0.0 for other in place.candidates)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("language", "text", "words", "antecedent", "where"),
    [
        ("fr", "Tirs à Kidal, au Mali. L'armée y est entrée.", "y", "Kidal", (18.44, 1.41)),
        ("en", "Shots in Kidal, Mali. Troops fled the town.", "the town", "", (18.44, 1.41)),
        ("en", "Shots in Syria. Troops entered the capital.", "the capital", "", (33.51, 36.29)),
        ("fr", "Tirs en Syrie. Puis dans la capitale.", "la capitale", "", (33.51, 36.29)),
    ],
)
def test_words_that_point_back(
    language: str, text: str, words: str, antecedent: str, where: tuple[float, float]
) -> None:
    place = located(text, words, language=language, antecedent=antecedent)
    assert off(place, *where) < 15
    assert place.note


def test_what_is_nowhere_is_told() -> None:
    grounded = ground_places(record("Tirs à Zzyzxgrad hier.", "Zzyzxgrad"))
    assert grounded.events[0].arguments[0].place is None
    assert grounded.events[0].place is None
    (told,) = grounded.ungrounded
    assert (told.field, told.value) == ("e1.place", "Zzyzxgrad")
    assert "not in the gazetteer" in told.reason
