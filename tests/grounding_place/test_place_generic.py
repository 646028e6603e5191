"""Generic nouns without a name: the place that the passage is about, not the one named last."""

from __future__ import annotations

import pytest
from place_samples import off, span

from temoin.grounding.place import ground_places
from temoin.record import Argument, Document, Event, EventType, PlaceValue, Record, Role

KIDAL, GAO, TIMBUKTU, BAMAKO = (18.44, 1.41), (16.27, -0.04), (16.77, -3.00), (12.64, -8.0)


def settled(text: str, words: str, language: str, **roles: str) -> PlaceValue:
    """Where `words` are, beside arguments given as `place="Kidal"`."""
    sentences, at = [], 0
    for part in text.split(". "):
        sentences.append((at, min(len(text), at + len(part) + 1)))
        at += len(part) + 2
    others = [(Role(role.rstrip("_")), named) for role, named in roles.items()]
    events = tuple(
        Event(
            id=f"e{number}",
            type=EventType.ADVANCE,
            trigger=span(text, text.split(maxsplit=1)[0]),
            arguments=(Argument(role=role, **span(text, named).model_dump()),),
        )
        for number, (role, named) in enumerate([*others, (Role.PLACE, words)])
    )
    document = Document(id="d", text=text, language=language, sentences=tuple(sentences))
    grounded = ground_places(Record(document=document, events=events))
    place = grounded.events[-1].arguments[0].place
    assert place is not None, grounded.ungrounded
    return place


def test_where_somebody_came_from_is_not_where_it_is() -> None:
    text = "Tirs à Kidal. Des renforts venus de Gao tiennent la ville."
    place = settled(text, "la ville", "fr", place="Kidal", origin="Gao")
    assert off(place, *KIDAL) < 12


def test_a_capital_that_speaks_is_not_where_it_is() -> None:
    text = "Shells hit Kidal in Mali. Bamako said that the rebels left the town."
    assert off(settled(text, "the town", "en", place="Kidal"), *KIDAL) < 12


def test_a_village_is_no_capital() -> None:
    text = "Tirs à Ber, au Mali. Bamako se tait. Bamako a encore envoyé des troupes au village."
    assert off(settled(text, "village", "fr"), *BAMAKO) > 500


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Tirs à Tombouctou, au Mali. Ils ont pris l'hôpital.", "l'hôpital"),
        ("en", "Shots in Timbuktu, Mali. They hold the museum.", "the museum"),
        ("es", "Tiros en Tombuctú, Malí. Tomaron el puente.", "el puente"),
        ("ru", "Бои в Томбукту, Мали. Заняли мост.", "мост"),
    ],
)
def test_a_building_stands_in_the_town_of_the_passage(language: str, text: str, words: str) -> None:
    named = text.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[1]
    place = settled(text, words, language, place=named)
    assert off(place, *TIMBUKTU) < 12
    assert place.radius_km is not None
    assert place.radius_km >= 10
    assert place.note
    assert place.acled_precision == 2


def test_an_airport_is_rather_that_of_a_large_town() -> None:
    text = "Combats à Gao, au Mali. La piste passe par Ber. L'aéroport est fermé."
    assert off(settled(text, "L'aéroport", "fr", place="Gao"), *GAO) < 20


def test_the_capital_of_a_province_is_what_it_stands_for() -> None:
    text = "Shots in Marib, Yemen. Troops entered the provincial capital."
    events = ground_places(
        Record(
            document=Document(id="d", text=text, language="en"),
            events=(
                Event(
                    id="e1",
                    type=EventType.ADVANCE,
                    trigger=span(text, "entered"),
                    arguments=(
                        Argument(
                            role=Role.PLACE,
                            antecedent=span(text, "Marib"),
                            **span(text, "the provincial capital").model_dump(),
                        ),
                    ),
                ),
            ),
        )
    ).events
    place = events[0].place
    assert place is not None
    assert off(place, 15.46, 45.33) < 15
