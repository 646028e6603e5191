"""Events without words of their own for where and when take those of their sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sample_records import at

from temoin.grounding.inheriting import inherit
from temoin.record import (
    Argument,
    Certainty,
    Document,
    Event,
    EventType,
    Mention,
    PlaceValue,
    Polarity,
    Record,
    Role,
    Span,
    TimeValue,
)

TEXT = (
    "Mardi, l'armée a pris Kibumba et tué trois gardes. Deux civils sont morts. Il vit Goma brûler."
)
KIBUMBA = PlaceValue(name="Kibumba", latitude=-1.5, longitude=29.33, gazetteer_id="own:1")
TUESDAY = TimeValue(earliest=dt.date(2024, 3, 12), latest=dt.date(2024, 3, 12))


def record(**killing: Any) -> Record:
    capture = Event(
        id="e1",
        type=EventType.CAPTURE,
        trigger=Span(**at(TEXT, "pris")),
        arguments=(
            Argument(role=Role.PLACE, **at(TEXT, "Kibumba"), place=KIBUMBA),
            Argument(role=Role.TIME, **at(TEXT, "Mardi"), time=TUESDAY),
        ),
        place=KIBUMBA,
        time=TUESDAY,
    )
    fields = {"id": "e2", "type": EventType.KILLING, "trigger": Span(**at(TEXT, "tué"))}
    deaths = Event(id="e3", type=EventType.KILLING, trigger=Span(**at(TEXT, "morts")))
    fire = Event(id="e4", type=EventType.DESTRUCTION, trigger=Span(**at(TEXT, "brûler")))
    first, second = TEXT.index("Deux"), TEXT.index("Il vit")
    goma = PlaceValue(name="Goma", latitude=-1.68, longitude=29.22)
    return inherit(
        Record(
            document=Document(
                id="d",
                text=TEXT,
                sentences=((0, first - 1), (first, second - 1), (second, len(TEXT))),
            ),
            events=(capture, Event(**(fields | killing)), deaths, fire),
            mentions=(Mention(id="p1", kind="place", **at(TEXT, "Goma"), place=goma),),
        )
    )


def test_place_and_days_come_from_the_sentence_and_say_so() -> None:
    killing = record().events[1]
    assert killing.place is not None
    assert (killing.place.name, killing.place.rule) == ("Kibumba", "sentence")
    assert killing.place.note == "no words of its own: from e1 in the same sentence"
    assert killing.time is not None
    assert (killing.time.earliest, killing.time.rule) == (dt.date(2024, 3, 12), "sentence")
    assert killing.arguments == ()


def test_nothing_comes_from_another_sentence() -> None:
    deaths = record().events[2]
    assert (deaths.place, deaths.time) == (None, None)


def test_the_only_place_that_a_sentence_names_is_taken() -> None:
    fire = record().events[3]
    assert fire.place is not None
    assert fire.place.note == "no words of its own: from “Goma” in the same sentence"


@pytest.mark.parametrize(
    "flags", [{"polarity": Polarity.NEGATED}, {"certainty": Certainty.PLANNED}]
)
def test_what_did_not_happen_has_no_inherited_day(flags: dict[str, Any]) -> None:
    assert record(**flags).events[1].time is None


def test_own_words_that_are_not_resolved_stay_unresolved() -> None:
    own = Argument(role=Role.PLACE, **at(TEXT, "gardes"))
    assert record(arguments=(own,)).events[1].place is None


def test_where_people_go_comes_before_the_sentence() -> None:
    goal = PlaceValue(name="Rutshuru", latitude=-1.19, longitude=29.45)
    towards = Argument(role=Role.DESTINATION, **at(TEXT, "trois gardes"), place=goal)
    place = record(arguments=(towards,)).events[1].place
    assert place is not None
    assert place.name == "Rutshuru"
