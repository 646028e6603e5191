from __future__ import annotations

import pytest

from temoin.reading import detect_language
from temoin.reading.language import declared_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les soldats ont quitté le village pendant la nuit.", "fr"),
        ("The soldiers left the village during the night.", "en"),
        ("Los soldados abandonaron el pueblo durante la noche.", "es"),
        ("غادر الجنود القرية أثناء الليل.", "ar"),
        ("Військові залишили село вночі.", "uk"),
        ("Военные покинули деревню ночью.", "ru"),
    ],
)
def test_the_six_languages_are_told_apart(text: str, code: str) -> None:
    language = detect_language(text)
    assert language.code == code
    assert language.confidence is not None
    assert language.confidence > 0.8
    assert language.note is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Soldaten verließen das Dorf in der Nacht.", "German"),
        ("I soldati hanno lasciato il villaggio durante la notte.", "Italian"),
        ("Os soldados deixaram a aldeia durante a noite.", "Portuguese"),
        ("Вайскоўцы пакінулі вёску ноччу.", "Belarusian"),
        ("Войниците напуснаха селото през нощта.", "Bulgarian"),
        ("سربازان شبانه روستا را ترک کردند.", "Persian"),
        ("Askerler gece köyü terk etti.", "Turkish"),
    ],
)
def test_another_language_is_named_in_a_note(text: str, name: str) -> None:
    language = detect_language(text)
    assert language.code == "other"
    assert language.note is not None
    assert name in language.note


@pytest.mark.parametrize("text", ["", "12 345 — 6", "🙂🙂", "Xq", "\ud800", "\0" * 9])
def test_what_cannot_be_told_is_other(text: str) -> None:
    language = detect_language(text)
    assert language.code == "other"
    assert "cannot be told" in (language.note or "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("fr", "fr"),
        (" FR ", "fr"),
        ("fr-FR", "fr"),
        ("uk_UA", "uk"),
        ("ara", "ar"),
        ("Español", "es"),
    ],
)
def test_declared_languages(value: str, code: str) -> None:
    language = declared_language(value)
    assert language is not None
    assert (language.code, language.confidence) == (code, None)


def test_a_declared_language_that_is_not_served_is_other() -> None:
    language = declared_language("de")
    assert language is not None
    assert language.code == "other"
    assert "German" in (language.note or "")


def test_a_declared_language_that_is_none() -> None:
    assert declared_language("klingonish") is None
