from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from temoin.corroboration import claims_of
from temoin.corroboration.words import proper_names, stems
from temoin.record import (
    Argument,
    Document,
    Event,
    PlaceValue,
    Record,
    Relation,
    Role,
    Span,
    TimeValue,
)

TEXT = "A strike hit Ber on Sunday. Thirteen people died. Gao is calm."
PUBLISHED = dt.date(2024, 3, 18)
SUNDAY = dt.date(2024, 3, 17)
PLACE = PlaceValue(name="Ber", latitude=16.84, longitude=-2.53, radius_km=1.0)


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def record(
    *, relations: tuple[Relation, ...] = (), published: dt.date | None = PUBLISHED
) -> Record:
    return Record(
        document=Document(
            id="a",
            text=TEXT,
            published=published,
            sentences=((0, 27), (28, 49), (50, len(TEXT))),
        ),
        events=(
            Event(
                id="e1",
                type="air_strike",
                trigger=Span(**span("strike")),
                arguments=(Argument(role=Role.PLACE, place=PLACE, **span("Ber")),),
                place=PLACE,
                time=TimeValue(earliest=SUNDAY, latest=SUNDAY),
            ),
            Event(id="e2", type="killing", trigger=Span(**span("died"))),
        ),
        relations=relations,
    )


CAUSES = (Relation(type="causes", source="e1", target="e2"),)


def test_an_effect_has_the_place_and_days_of_its_cause() -> None:
    _, effect = claims_of(record(relations=CAUSES))
    assert effect.cause == "a:e1"
    assert effect.place is not None
    assert (effect.place.name, effect.place.own) == ("Ber", True)
    assert effect.days is not None
    assert (effect.days.earliest, effect.days.own) == (SUNDAY, True)


def test_what_was_told_before_stands_in_and_says_so() -> None:
    _, other = claims_of(record())
    assert other.place is not None
    assert not other.place.own
    assert other.days is not None
    assert not other.days.own


def test_the_sentence_is_the_trigger_s() -> None:
    assert [claim.sentence for claim in claims_of(record())] == [
        "A strike hit Ber on Sunday.",
        "Thirteen people died.",
    ]


def test_without_a_publication_day_there_is_no_guess() -> None:
    bare = record(published=None)
    events = tuple(e.model_copy(update={"time": None}) for e in bare.events)
    assert [c.days for c in claims_of(bare.model_copy(update={"events": events}))] == [None, None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the market of Dobrinja", {"dobrin"}),
        ("Dobrinja", {"dobrin"}),
        ("a school", set()),
        ("", set()),
    ],
)
def test_names_are_told_by_their_capitals(text: str, names: set[str]) -> None:
    assert proper_names(text) == names


def test_stems_level_endings_and_keep_numbers() -> None:
    assert stems("Les combattants, 13 morts") == {"combat", "les", "13", "morts"}
