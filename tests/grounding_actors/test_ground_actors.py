"""Actors and equipment of a whole record."""

from __future__ import annotations

import time

import pytest

from temoin.grounding.actors import ground_actors
from temoin.record import (
    Argument,
    Attribution,
    Document,
    Event,
    EventType,
    Record,
    Role,
    Span,
)


def span(text: str, words: str) -> dict[str, int | str]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def record(
    text: str,
    *arguments: tuple[str, str],
    event: str = "shelling",
    says: str | None = None,
    antecedent: str | None = None,
) -> Record:
    built = [Argument(role=Role(role), **span(text, words)) for role, words in arguments]
    if antecedent:
        stands_for = Span(**span(text, antecedent))
        built[0] = built[0].model_copy(update={"antecedent": stands_for})
    return Record(
        document=Document(id="d", text=text, language="fr"),
        events=(
            Event(
                id="e1",
                type=EventType(event),
                trigger=Span(**span(text, text.split(maxsplit=1)[0])),
                arguments=tuple(built),
                attribution=Attribution(**span(text, says)) if says else None,
            ),
        ),
    )


def grounded(base: Record) -> tuple[Argument, ...]:
    return ground_actors(base).events[0].arguments


def test_actor_target_and_instrument() -> None:
    text = "Bombardé par l'armée malienne, un marché a brûlé sous des obus de 122 mm."
    actor, target, instrument = grounded(
        record(
            text,
            ("actor", "l'armée malienne"),
            ("target", "un marché"),
            ("instrument", "des obus de 122 mm"),
        )
    )
    assert actor.actor is not None
    assert actor.actor.id == "fama"
    assert target.actor is None
    assert target.equipment is None
    assert instrument.actor is None
    assert instrument.equipment is not None
    assert (instrument.equipment.kind, instrument.equipment.caliber_mm) == ("shell", 122)


def test_a_target_that_is_equipment() -> None:
    (target,) = grounded(record("Détruits : deux chars T-72 hier.", ("target", "deux chars T-72")))
    assert target.actor is None
    assert target.equipment is not None
    assert target.equipment.id == "t-72"


def test_an_aircraft_is_its_country_s_forces_and_itself() -> None:
    (actor,) = grounded(record("Frappe : un Su-25 russe a tiré.", ("actor", "un Su-25 russe")))
    assert actor.actor is not None
    assert actor.actor.id == "russian-aerospace"
    assert actor.equipment is not None
    assert actor.equipment.id == "su-25"


def test_the_crew_of_a_gun_is_no_gun() -> None:
    (target,) = grounded(
        record("Tués : les servants du canon.", ("target", "les servants du canon"))
    )
    assert target.actor is not None
    assert target.equipment is None


def test_supplies_are_no_target_s_equipment() -> None:
    (target,) = grounded(record("Brûlé : du riz hier.", ("target", "du riz"), event="destruction"))
    assert target.equipment is None


def test_a_pronoun_has_the_value_of_its_antecedent() -> None:
    text = "Ils ont tiré ; le Hamas se tait."
    (actor,) = grounded(record(text, ("actor", "Ils"), antecedent="le Hamas"))
    assert actor.actor is not None
    assert actor.actor.id == "hamas"
    assert actor.actor.as_written == "Ils"
    assert actor.actor.note == "stands for 'le Hamas'"


def test_an_instrument_s_antecedent_counts_too() -> None:
    text = "Elles sont tombées ; deux bombes."
    (instrument,) = grounded(record(text, ("instrument", "Elles"), antecedent="deux bombes"))
    assert instrument.equipment is not None
    assert instrument.equipment.kind == "bomb"


def test_who_says_so_is_resolved() -> None:
    text = "Frappe hier, selon l'OSDH."
    attribution = ground_actors(record(text, says="l'OSDH")).events[0].attribution
    assert attribution is not None
    assert attribution.actor is not None
    assert (attribution.actor.id, attribution.actor.kind) == ("sohr", "monitor")


def test_other_roles_stay_as_they_are() -> None:
    (place,) = grounded(record("Frappe à Kidal.", ("place", "Kidal")))
    assert place.actor is None
    assert place.equipment is None


def test_grounding_twice_changes_nothing() -> None:
    once = ground_actors(record("Frappe : un Su-25 russe a tiré.", ("actor", "un Su-25 russe")))
    assert ground_actors(once) == once


def test_values_survive_json() -> None:
    once = ground_actors(record("Frappe : un Su-25 russe a tiré.", ("actor", "un Su-25 russe")))
    assert Record.from_dict(once.to_dict()) == once


@pytest.mark.slow
def test_it_is_fast_enough() -> None:
    sentence = "Frappe : un Su-25 russe a tiré sur des rebelles du Hamas près de Kidal au Mali. "
    base = record(sentence * 18, ("actor", "un Su-25 russe"), ("target", "des rebelles du Hamas"))
    ground_actors(base)
    start = time.process_time()
    for _ in range(20):
        ground_actors(base)
    # Some 300 words; the bound is loose for slow and busy machines.
    assert (time.process_time() - start) / 20 < 0.05
