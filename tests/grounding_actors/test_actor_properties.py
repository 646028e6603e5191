"""Whatever the words, resolving them gives a value or none, and the same twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from temoin.grounding.actors import ActorContext, resolve_actor
from temoin.grounding.actors.lexicon import LANGUAGES, countries, kinds
from temoin.grounding.actors.words import words
from temoin.grounding.equipment import resolve_equipment
from temoin.grounding.equipment.store import classes

PIECES = (
    "les", "forces", "du", "régime", "syrien", "Iranian", "-", "backed", "militia", "12", "the",
    "army", "of", "Mali", "Hamas", "anti", "pro", "et", "'", "قوات", "النظام", "войска", "России",
    "ЗСУ", "режим", "Su", "25", "mm", "obus", "155", "«Град»", "\u0301", "\u064b", "Ⅻ", "²", "é",
)  # fmt: skip
PHRASES = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=30)
SPOKEN = st.sampled_from((*LANGUAGES, "other"))


@settings(deadline=None)
@given(PHRASES, SPOKEN, st.sampled_from(("", "SY", "ML", "PS")))
def test_actor(text: str, language: str, country: str) -> None:
    theatre = {country: 4.0} if country else {}
    context = ActorContext(theatre=theatre)
    value = resolve_actor(text, language, context=context)
    assert value == resolve_actor(text, language, context=context)
    if value is not None:
        assert value.kind in kinds()
        assert value.country is None or value.country in countries()
        assert value.as_written == text
        assert value.rule


@settings(deadline=None)
@given(PHRASES, SPOKEN)
def test_equipment(text: str, language: str) -> None:
    value = resolve_equipment(text, language)
    assert value == resolve_equipment(text, language)
    if value is not None:
        assert value.kind in classes()
        assert value.caliber_mm is None or value.caliber_mm > 0


@settings(deadline=None)
@given(PHRASES)
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert [word.start for word in found] == sorted({word.start for word in found})
