"""Names that no event points to, and one entity for each place and actor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from temoin.grounding import ground
from temoin.grounding.entities import complete_entities
from temoin.record import Entity, Record

Make = Callable[..., Record]

TEXT = (
    "Clashes broke out in Aleppo on Monday, said an officer from Idlib. Hezbollah denied it. "
    "A convoy left Idlib for Aleppo, and Hezbollah stopped it."
)
EVENTS: list[tuple[str, str, dict[str, str]]] = [
    ("armed_clash", "Clashes", {"place": "Aleppo", "time": "Monday"}),
    ("deployment", "left", {"actor": "A convoy", "destination": "Aleppo@2"}),
]


@pytest.fixture
def grounded(make: Make) -> Record:
    return ground(make(TEXT, "en", EVENTS))


def entities(record: Record, words: str) -> list[Entity | None]:
    """The entity of each mention with these words."""
    by_id = {entity.id: entity for entity in record.entities}
    return [by_id.get(m.entity or "") for m in record.mentions if m.text == words]


@pytest.mark.parametrize("words", ["Aleppo", "Idlib", "Hezbollah"])
def test_all_mentions_of_a_name_are_one_entity(grounded: Record, words: str) -> None:
    found = entities(grounded, words)
    assert len(found) == 2
    assert found[0] is not None
    assert found[0] == found[1]


def test_names_outside_of_events_have_the_kind_of_what_they_name(grounded: Record) -> None:
    kinds = {e.name: e.kind for words in ("Idlib", "Hezbollah") for e in entities(grounded, words)
             if e}  # fmt: skip
    assert kinds == {"Idlib": "place", "Hezbollah": "actor"}


def test_every_place_mention_has_an_entity(grounded: Record) -> None:
    assert all(m.entity for m in grounded.mentions if m.kind == "place")


def test_spellings_of_one_place_are_one_entity(make: Make) -> None:
    text = "Shells fell on Kyiv. Drones struck Kiev."
    record = ground(
        make(text, "en", [
            ("shelling", "fell", {"place": "Kyiv"}),
            ("drone_strike", "struck", {"place": "Kiev"}),
        ])
    )  # fmt: skip
    first, second = (event.of_role("place")[0] for event in record.events)
    assert first.entity == second.entity
    (entity,) = (entity for entity in record.entities if entity.id == first.entity)
    assert len(entity.mentions) == 2


def test_record_stays_valid(grounded: Record) -> None:
    assert Record.model_validate(grounded.to_dict()) == grounded
    members = [name for entity in grounded.entities for name in entity.mentions]
    assert len(members) == len(set(members))
    owners = {m.id: m.entity for m in grounded.mentions if m.entity}
    assert owners == {name: e.id for e in grounded.entities for name in e.mentions}


def test_completing_twice_changes_nothing_more(grounded: Record) -> None:
    assert complete_entities(grounded) == grounded


def test_text_without_events_has_its_places_as_entities(make: Make) -> None:
    record = ground(make("Aleppo lies north of Hama.", "en", []))
    assert {entity.name for entity in record.entities} == {"Aleppo", "Hama"}
