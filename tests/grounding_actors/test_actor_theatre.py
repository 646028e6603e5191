"""Ambiguous words are settled by the document's theatre, and by nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.actors import ActorContext, context_of, resolve_actor
from temoin.record import Argument, Document, Event, EventType, PlaceValue, Record, Role, Span


def about(text: str, language: str, *, published: dt.date | None = None) -> ActorContext:
    return context_of(
        Record(document=Document(id="d", text=text, language=language, published=published))
    )


def record_with_places(text: str, **places: str) -> Record:
    """A record whose places, named by their words, lie in the countries given."""
    arguments = []
    for words, country in places.items():
        start = text.index(words)
        arguments.append(
            Argument(
                role=Role.PLACE,
                start=start,
                end=start + len(words),
                text=words,
                place=PlaceValue(name=words, country=country),
            )
        )
    first = text.split(maxsplit=1)[0]
    return Record(
        document=Document(id="d", text=text, language="fr"),
        events=(
            Event(
                id="e1",
                type=EventType.SHELLING,
                trigger=Span(start=0, end=len(first), text=first),
                arguments=tuple(arguments),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("language", "text", "words", "expected"),
    [
        ("fr", "En Syrie, le régime bombarde. La Syrie brûle.", "le régime", "syria-government"),
        ("fr", "Au Mali, l'armée recule. Le Mali se tait.", "l'armée", "fama"),
        ("en", "In Sudan the army holds. Sudan waits.", "the army", "saf"),
        ("en", "Myanmar's junta lost towns in Myanmar.", "the junta", "myanmar-government"),
        (
            "es",
            "En Colombia, el Ejército avanza. Colombia espera.",
            "el Ejército",
            "colombian-army",
        ),
        ("ar", "في سوريا قصفت قوات النظام. سوريا تنتظر.", "قوات النظام", "syrian-army"),
        ("ru", "В Мали армия отступает. Мали молчит.", "армия", "fama"),
        ("uk", "У Сирії армія відступає. Сирія мовчить.", "армія", "syrian-army"),
    ],
)
def test_the_text_settles(language: str, text: str, words: str, expected: str) -> None:
    context = about(text, language, published=dt.date(2020, 3, 1))
    value = resolve_actor(words, language, context=context)
    assert value is not None
    assert (value.id, value.rule) == (expected, "theatre+class")
    assert (value.note or "").startswith("settled: the document is about ")


def test_places_settle_and_the_note_names_them() -> None:
    record = record_with_places("Tirs à Alep et Idlib.", Alep="SY", Idlib="SY")
    value = resolve_actor("le régime", "fr", context=context_of(record))
    assert value is not None
    assert value.id == "syria-government"
    assert value.loaded
    assert value.note == "settled: the document is about Syria (Alep, Idlib)"


def test_two_countries_settle_nothing() -> None:
    record = record_with_places("Tirs à Goma et Gisenyi.", Goma="CD", Gisenyi="RW")
    value = resolve_actor("l'armée", "fr", context=context_of(record))
    assert value is not None
    assert (value.id, value.kind, value.rule) == (None, "state_forces", "class")


def test_without_a_theatre_the_kind_stays() -> None:
    value = resolve_actor("le régime", "fr")
    assert value is not None
    assert (value.id, value.kind, value.loaded) == (None, "government", True)


def test_the_army_in_gaza_is_not_settled() -> None:
    record = record_with_places("Tirs à Gaza et Rafah.", Gaza="PS", Rafah="PS")
    value = resolve_actor("l'armée", "fr", context=context_of(record))
    assert value is not None
    assert value.id is None


def test_the_only_rebels_of_the_document() -> None:
    context = about("Le M23 a pris Goma. Les rebelles avancent en RDC.", "fr")
    value = resolve_actor("les rebelles", "fr", context=context)
    assert value is not None
    assert value.id == "m23"
    assert "the only such group" in (value.note or "")


@pytest.mark.parametrize("words", ["des rebelles", "les rebelles Zarti", "dix rebelles"])
def test_some_rebels_may_be_others(words: str) -> None:
    context = about("Le M23 a pris Goma. Les rebelles avancent en RDC.", "fr")
    value = resolve_actor(words, "fr", context=context)
    assert value is not None
    assert (value.id, value.kind) == (None, "rebel_group")


def test_two_groups_leave_the_rebels_open() -> None:
    context = about("Le M23 et les FDLR se battent en RDC.", "fr")
    value = resolve_actor("les rebelles", "fr", context=context)
    assert value is not None
    assert value.id is None


def test_a_group_of_another_time_is_not_meant() -> None:
    text = "In Sri Lanka the Tamil Tigers are remembered."
    context = about(text, "en", published=dt.date(2024, 1, 1))
    value = resolve_actor("the rebels", "en", context=context)
    assert value is not None
    assert value.id is None


def test_an_unknown_adjective_is_not_settled() -> None:
    context = about("Au Mali, l'armée Zarti recule. Le Mali se tait.", "fr")
    value = resolve_actor("l'armée Zarti", "fr", context=context)
    assert value is not None
    assert value.id is None


def test_what_is_so_called_is_not_settled() -> None:
    context = about("Au Mali, la soi-disant armée recule. Le Mali se tait.", "fr")
    value = resolve_actor("la soi-disant armée", "fr", context=context)
    assert value is not None
    assert (value.id, value.loaded) == (None, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "les bandes putschistes"),
        ("fr", "les putschistes"),
        ("en", "the putschists"),
        ("es", "los golpistas"),
        ("ru", "путчисты"),
        ("ar", "الانقلابيين"),
    ],
)
def test_whom_a_text_calls_putschists_is_not_the_government(language: str, text: str) -> None:
    # One side says it of rebels, another of those in power: the words do not tell.
    value = resolve_actor(text, language, context=ActorContext(theatre={"LY": 3.0}))
    assert value is not None
    assert (value.kind, value.loaded, value.id) == ("armed_group", True, None)
