"""Mentions and entities on the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from temoin.grounding.entities import link_entities
from temoin.record import Entity, Record

Make = Callable[..., Record]

TEXT = (
    "Les Forces de soutien rapide (FSR) ont attaqué El Fasher mardi, selon le colonel Sabri "
    "Dalloum. Les FSR y ont tué douze civils. Le colonel Dalloum accuse la milice."
)
EVENTS: list[tuple[str, str, dict[str, str]]] = [
    (
        "ground_attack",
        "attaqué",
        {
            "actor": "Les Forces de soutien rapide",
            "place": "El Fasher",
            "time": "mardi",
            "attribution": "le colonel Sabri Dalloum",
        },
    ),
    (
        "killing",
        "tué",
        {"actor": "Les FSR", "place": "y", "target": "douze civils", "quantity": "douze"},
    ),
    ("accusation", "accuse", {"actor": "Le colonel Dalloum", "target": "la milice"}),
]


@pytest.fixture
def record(make: Make) -> Record:
    return make(
        TEXT,
        "fr",
        EVENTS,
        mentions=[("p1", "place", "El Fasher"), ("t1", "time", "mardi"), ("m1", "actor", "FSR")],
    )


@pytest.fixture
def linked(record: Record) -> Record:
    return link_entities(record)


def entity_of(record: Record, event: int, role: str) -> Entity:
    span = (
        record.events[event].attribution
        if role == "attribution"
        else record.events[event].of_role(role)[0]
    )
    assert span is not None
    return next(entity for entity in record.entities if entity.id == span.entity)


def test_record_stays_valid(linked: Record) -> None:
    assert Record.model_validate(linked.to_dict()) == linked


def test_entities_part_the_mentions(linked: Record) -> None:
    members = [name for entity in linked.entities for name in entity.mentions]
    assert len(members) == len(set(members))
    own = {mention.id: mention.entity for mention in linked.mentions}
    for entity in linked.entities:
        assert entity.mentions
        assert {own[name] for name in entity.mentions} == {entity.id}
    assert {name for name, entity in own.items() if entity} == set(members)


def test_mentions_of_an_entity_stand_in_the_order_of_the_text(linked: Record) -> None:
    start = {mention.id: mention.start for mention in linked.mentions}
    for entity in linked.entities:
        places = [start[name] for name in entity.mentions]
        assert places == sorted(places)


def test_mentions_that_were_there_are_kept_and_linked(record: Record, linked: Record) -> None:
    kept = {mention.id: mention for mention in linked.mentions}
    for mention in record.mentions:
        assert kept[mention.id].model_copy(update={"entity": None}) == mention
    assert kept["p1"].entity == entity_of(linked, 0, "place").id
    assert kept["t1"].entity is None


def test_ids_do_not_clash(linked: Record) -> None:
    ids = [mention.id for mention in linked.mentions]
    assert len(ids) == len(set(ids))
    assert ids[:3] == ["p1", "t1", "m1"]
    assert "m2" in ids


def test_acronym_defined_in_the_text_is_the_same_actor(linked: Record) -> None:
    entity = entity_of(linked, 0, "actor")
    assert entity == entity_of(linked, 1, "actor")
    assert entity.kind == "actor"
    assert entity.name == "Les Forces de soutien rapide"


def test_pronoun_belongs_to_the_entity_of_its_antecedent(linked: Record) -> None:
    assert entity_of(linked, 1, "place") == entity_of(linked, 0, "place")
    assert entity_of(linked, 1, "place").kind == "place"


def test_person_is_found_again_by_last_name(linked: Record) -> None:
    assert entity_of(linked, 0, "attribution") == entity_of(linked, 2, "actor")


def test_different_things_are_different_entities(linked: Record) -> None:
    assert entity_of(linked, 2, "target") != entity_of(linked, 2, "actor")
    assert entity_of(linked, 1, "target") != entity_of(linked, 1, "actor")


def test_linking_twice_changes_nothing_more(linked: Record) -> None:
    again = link_entities(linked)
    assert [e.arguments for e in again.events] == [e.arguments for e in linked.events]
    assert again.mentions == linked.mentions
    assert again.entities == linked.entities


def test_same_record_same_bytes(record: Record) -> None:
    assert link_entities(record).to_json() == link_entities(record).to_json()


def test_record_without_events_is_left_alone(make: Make) -> None:
    record = make("Rien à signaler.", "fr", [])
    assert link_entities(record) is record


def test_source_that_only_speaks_is_a_source(make: Make) -> None:
    record = make(
        "Two people were killed in Bria, according to hospital records.",
        "en",
        [("killing", "killed", {"place": "Bria", "attribution": "hospital records"})],
    )
    assert entity_of(link_entities(record), 0, "attribution").kind == "source"


def test_means_of_war_are_equipment(make: Make) -> None:
    record = make(
        "Deux drones ont visé Bria.",
        "fr",
        [("drone_strike", "visé", {"instrument": "Deux drones", "place": "Bria"})],
    )
    assert entity_of(link_entities(record), 0, "instrument").kind == "equipment"


def test_long_texts_are_linked_in_windows(
    record: Record, linked: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temoin.grounding.entities._resolving._MANY", 0)
    assert link_entities(record) == linked
