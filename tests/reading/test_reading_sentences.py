from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from temoin.reading import split_sentences

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(" .!?…؟\n\r\t\u2028\x0c«»“”\"'()-—•1aAéЯяمU\u00a0\u202f\u00ad\u0301😀"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ["M. Touré a parlé.", "Le gén. Diarra se tait."]),
        ("fr", ["Le col. N'Diaye et Mme Keïta sont là.", "Ils attendent."]),
        ("fr", ["Il est 14h30 : rien.", "À 15 h 10, un tir."]),
        ("fr", ["J.-P. Martin commande.", "A. B. Sow obéit."]),
        ("fr", ["Voir art. 5 et p. 12 du texte.", "Rien d'autre."]),
        ("fr", ["Des obus de 12,7 mm. ont suffi.", "Le pont tient."]),
        ("fr", ["Ils ont des armes, des vivres, etc.", "Les autres n'ont rien."]),
        ("fr", ["« Nous partons. »", "Puis plus rien."]),
        ("fr", ["« Partez ! » a crié le chef.", "Tous ont fui…", "Puis le silence."]),
        ("fr", ["Trois morts [2].", "Deux blessés.[3]", "Un disparu."]),
        ("en", ["The U.S. Army left.", "Gen. Smith stayed."]),
        ("en", ["They left at 5 p.m. Friday.", "They came back at 6 p.m.", "The road was open."]),
        ("en", ["Order No. 47 was read.", "Did he sign?", "No.", "He left."]),
        ("en", ["It fell 2.5 km from St. Mary's.", "Nobody was hurt."]),
        ("en", ["“We go now.”", "He went.", '"They fled," she said.']),
        ("en", ["The militia took Hama.", "al-Qusayr held."]),
        ("en", ["On 12 Oct. 2019 they met.", "On 13 Oct. the truce broke."]),
        ("es", ["El Sr. Gómez y el Gral. Ruiz callan.", "¿Por qué?", "¡Nadie sabe!"]),
        ("es", ["EE. UU. envió 3.500 soldados.", "Llegaron a las 9 p. m. del lunes."]),
        ("ar", ["هل انسحب الجيش؟", "نعم؛ انسحب ليلاً.", "قال د. سليم ذلك."]),
        ("uk", ["Ген. Коваль прибув до м. Суми.", "У 2014 р. було інакше."]),
        ("uk", ["За здоров'я.", "Це о 18:00."]),
        ("ru", ["В 2014 г. в г. Туле было тихо.", "А. С. Петров ушёл."]),
        ("ru", ["Взяты орудия, машины и т. д.", "Он ушёл.", "«Мы стоим».", "Тишина."]),
        ("other", ["Das Heer zog ab.", "Die Stadt blieb ruhig."]),
        ("en", ["06:10. The shelling began.", "1. The bridge fell."]),
        ("fr", ["04h30. – Le parquet se tait.", "05 h. Un tir.", "Il est 6 h.", "Rien."]),
        ("fr", ["CONTEXTE. Le 9 novembre, un village a brûlé.", "Rien depuis."]),
    ],
)
def test_sentences_of_a_line(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Titre sans point\n\nUn texte.", ["Titre sans point", "Un texte."]),
        ("# Titre\nUn texte.", ["# Titre", "Un texte."]),
        (
            "Situation\nLes soldats avancent vers le nord.",
            ["Situation", "Les soldats avancent vers le nord."],
        ),
        ("- un pont\n- deux villages", ["- un pont", "- deux villages"]),
        ("1. un pont\n2. deux villages", ["1. un pont", "2. deux villages"]),
        ("• un pont\r\n• deux villages", ["• un pont", "• deux villages"]),
        ("Fin du jour.\nRien à signaler.", ["Fin du jour.", "Rien à signaler."]),
        ("10h20 – Un tir\n10h45 – Un autre", ["10h20 – Un tir", "10h45 – Un autre"]),
        ("Une page.\fUne autre", ["Une page.", "Une autre"]),
        ("fini.Les forces partent", ["fini.", "Les forces partent"]),
        ("voir www.exemple.org/a.Html et 3.5", ["voir www.exemple.org/a.Html et 3.5"]),
    ],
)
def test_line_breaks(text: str, sentences: list[str]) -> None:
    assert split(text, "fr") == sentences


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "Government forces advanced on Thursday towards the town of Hama, where\n"
        "Russian aircraft had bombed positions the day before, and\r\n"
        "the rebels still held two districts."
    )
    assert split(text, "en") == [text]


def test_a_text_without_capitals_is_split() -> None:
    text = "the army left the town at dawn on monday morning. then the rebels came back in trucks."
    assert len(split(text, "en")) == 2


@given(text=TEXTS, language=st.sampled_from(["fr", "en", "es", "ar", "uk", "ru", "other"]))
def test_sentences_hold_every_character_that_is_not_white_space(text: str, language: str) -> None:
    last = 0
    for start, end in split_sentences(text, language):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "les soldats avancent vers le nord, " * 5000 + "enfin.",
        "." * 200_000 + "x",
        '."' * 100_000 + "x",
        "a." + " " * 1_000_000 + "B",
        "x\n" * 50_000,
        "mot" * 300_000,
    ],
    ids=["words", "stops", "quotes", "spaces", "lines", "letters"],
)
def test_time_grows_with_length_alone(text: str) -> None:
    begin = time.perf_counter()
    assert split_sentences(text, "fr")
    assert time.perf_counter() - begin < 5
