from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sample_records import TEXT, at, document, one_event, record

from temoin.record import (
    ActorValue,
    Argument,
    EquipmentValue,
    Event,
    EventType,
    PlaceValue,
    QuantityValue,
    Record,
    Role,
    Span,
    TimeValue,
    Ungrounded,
)
from temoin.rows import COLUMNS, rows


def event(**fields: Any) -> Event:
    given = {"id": "e1", "type": EventType.SHELLING, "trigger": Span(**at(TEXT, "bombardé"))}
    return Event(**(given | fields))


def row_of(**fields: Any) -> dict[str, str | float | None]:
    return rows(Record(document=document(), events=(event(**fields),)))[0]


def argument(role: Role, words: str, **fields: Any) -> Argument:
    return Argument(role=role, **at(TEXT, words), **fields)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("document", "mizda-1"),
        ("language", "fr"),
        ("published", "2019-11-14"),
        ("event", "e1"),
        ("type", "shelling"),
        ("actor", "l'armée"),
        ("target", "deux dépôts"),
        ("place", "près de Mizda"),
        ("latitude", 31.44),
        ("longitude", 12.98),
        ("radius_km", 15),
        ("origin", None),
        ("quantity", "deux"),
        ("value", 2),
        ("time", "Mardi"),
        ("earliest", "2019-11-12"),
        ("latest", "2019-11-12"),
        ("polarity", "affirmed"),
        ("certainty", "certain"),
        ("attribution", "un porte-parole"),
        ("trigger", "bombardé"),
        ("confidence", 0.97),
        ("sentence", TEXT[:75]),
        ("start", 17),
        ("end", 25),
        ("unresolved", None),
    ],
)
def test_cell(column: str, cell: str | float | None) -> None:
    assert rows(record())[0][column] == cell


def test_known_actors_and_equipment_are_named_each_once() -> None:
    army = ActorValue(name="Military Forces of Libya", id="libya-forces", kind="state_forces")
    unknown = ActorValue(name="deux dépôts", kind="rebel_group")
    bomb = EquipmentValue(name="bomb", kind="bomb")
    row = row_of(
        arguments=(
            argument(Role.ACTOR, "l'armée", actor=army),
            argument(Role.ACTOR, "Elle", actor=army),
            argument(Role.TARGET, "deux dépôts", actor=unknown),
            argument(Role.INSTRUMENT, "un porte-parole", equipment=bomb),
        )
    )
    assert row["actor_known"] == "Military Forces of Libya"
    assert row["actor_kind"] == "state_forces"
    assert (row["target_known"], row["target_kind"]) == (None, "rebel_group")
    assert (row["equipment"], row["equipment_kind"]) == (None, "bomb")


def test_keys_are_the_columns_in_order() -> None:
    assert [tuple(row) for row in rows(record())] == [COLUMNS] * 3


def test_record_without_events_has_no_rows() -> None:
    assert rows(Record(document=document())) == []


def test_what_a_pronoun_stands_for_is_added() -> None:
    assert rows(record())[1]["actor"] == "Elle [l'armée]"


def test_antecedent_within_the_words_adds_nothing() -> None:
    antecedent = Span(**at(TEXT, "Mizda"))
    words = argument(Role.PLACE, "près de Mizda", antecedent=antecedent)
    assert row_of(arguments=(words,))["place"] == "près de Mizda"


def test_several_of_a_role_are_joined() -> None:
    both = (argument(Role.ACTOR, "l'armée"), argument(Role.ACTOR, "un porte-parole"))
    assert row_of(arguments=both)["actor"] == "l'armée; un porte-parole"


def test_what_is_unresolved_is_told_with_its_reason() -> None:
    assert rows(record())[1]["unresolved"] == "la ville: not in the gazetteer"


def test_an_id_that_begins_like_another_is_not_mixed_up() -> None:
    other = Ungrounded(field="e10.place", value="Ici", reason="unknown")
    made = record(ungrounded=(other,))
    assert rows(made)[0]["unresolved"] is None


def test_own_place_of_the_event_comes_first() -> None:
    own = PlaceValue(name="Sebha", latitude=27.0, longitude=14.4)
    place = argument(
        Role.PLACE, "Mizda", place=PlaceValue(name="Mizda", latitude=31.4, longitude=13.0)
    )
    assert row_of(place=own, arguments=(place,))["latitude"] == 27.0


def test_own_place_without_coordinates_gives_way() -> None:
    place = argument(Role.PLACE, "Mizda", latitude=31.4, longitude=13.0)
    found = row_of(place=PlaceValue(name="?", note="not found"), arguments=(place,))
    assert (found["latitude"], found["longitude"]) == (31.4, 13.0)


def test_own_time_without_days_gives_way() -> None:
    day = dt.date(2019, 11, 12)
    time = argument(Role.TIME, "Mardi", time=TimeValue(earliest=day, latest=day))
    found = row_of(time=TimeValue(note="vague"), arguments=(time,))
    assert found["earliest"] == "2019-11-12"


def test_open_time_has_one_end() -> None:
    found = row_of(time=TimeValue(earliest=dt.date(2019, 11, 1)))
    assert (found["earliest"], found["latest"]) == ("2019-11-01", None)


@pytest.mark.parametrize(
    "fields", [{"value": 2.0}, {"quantity": QuantityValue(value=2)}, {"quantity": QuantityValue()}]
)
def test_value_is_the_first_number(fields: dict[str, Any]) -> None:
    quantities = (
        argument(Role.QUANTITY, "deux", **fields),
        argument(Role.QUANTITY, "Une", value=7.0),
    )
    expected = 7 if fields == {"quantity": QuantityValue()} else 2
    assert row_of(arguments=quantities)["value"] == expected


def test_trigger_outside_every_sentence_has_no_sentence() -> None:
    made = Record(document=document(sentences=((76, 103),)), events=(event(),))
    assert rows(made)[0]["sentence"] is None


def test_sentences_need_no_order() -> None:
    made = Record(document=document(sentences=((76, 103), (0, 75))), events=(event(),))
    assert rows(made)[0]["sentence"] == TEXT[:75]


def test_words_stand_as_the_text_has_them() -> None:
    made = one_event(
        "Les\r\n«\u00a0rebelles\u00a0» ont bombardé.",
        "bombardé",
        actor="Les\r\n«\u00a0rebelles\u00a0»",
    )
    assert rows(made)[0]["actor"] == "Les\r\n«\u00a0rebelles\u00a0»"
