"""What holds of a claim: the machine's event under the decisions of people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from sample_records import record

from temoin.casefile.effective import active_ones, effective_event, state_of
from temoin.casefile.projection import argument_field
from temoin.record import Certainty, Event, Polarity, Role


@dataclass
class Decision:
    id: int
    verdict: str
    field: str | None = None
    value: str | None = None
    undoes: int | None = None


def decisions(*steps: tuple[Any, ...]) -> list[Decision]:
    """(verdict, field, value or the number of what is undone)."""
    made = []
    for number, (verdict, *rest) in enumerate(steps, 1):
        field = rest[0] if rest else None
        last = rest[1] if len(rest) > 1 else None
        undo = verdict == "undo"
        made.append(
            Decision(
                number,
                verdict,
                field,
                value=None if undo or last is None else json.dumps(last),
                undoes=last if undo else None,
            )
        )
    return made


def holding(*steps: tuple[Any, ...]) -> list[int]:
    return [decision.id for decision in active_ones(decisions(*steps))]


def state(*steps: tuple[Any, ...]) -> str:
    return state_of(active_ones(decisions(*steps)))


@pytest.fixture
def event() -> Event:
    """A shelling with an actor, a target, a place and a day."""
    return record().events[0]


def effective(event: Event | None, *steps: tuple[Any, ...]) -> Event:
    return effective_event(event, active_ones(decisions(*steps))).event


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], []),
        ([("accept",)], [1]),
        ([("accept",), ("reject",)], [2]),
        ([("accept",), ("reject",), ("undo", None, 2)], [1]),
        ([("accept",), ("undo", None, 1)], []),
        ([("accept",), ("undo", None, 1), ("undo", None, 1)], []),
        ([("edit", "type", "siege"), ("accept",)], [1, 2]),
        ([("edit", "type", "siege"), ("edit", "type", "capture"), ("undo", "type", 1)], [2]),
        ([("edit", "type", "siege"), ("undo", "polarity", 1)], []),
        ([("undo", None, 7)], []),
    ],
)
def test_the_last_decision_that_was_not_undone_holds(
    steps: list[tuple[Any, ...]], expected: list[int]
) -> None:
    assert holding(*steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], "pending"),
        ([("accept",)], "accepted"),
        ([("reject",)], "rejected"),
        ([("unsure",)], "unsure"),
        ([("edit", "type", "siege")], "edited"),
        ([("edit", "type", "siege"), ("accept",)], "edited"),
        ([("edit", "type", "siege"), ("reject",)], "rejected"),
        ([("reject", "actor:7-14")], "edited"),
        ([("add", "actor:1-2", {})], "edited"),
        ([("add", None, {})], "edited"),
        ([("accept", "type")], "pending"),
        ([("unsure", "type")], "pending"),
        ([("accept",), ("undo", None, 1)], "pending"),
    ],
)
def test_state_follows_from_decisions(steps: list[tuple[Any, ...]], expected: str) -> None:
    assert state(*steps) == expected


def test_without_decisions_the_event_is_the_machine_s(event: Event) -> None:
    assert effective(event) == event


@pytest.mark.parametrize("verdict", ["accept", "reject", "unsure"])
def test_a_verdict_on_the_whole_changes_no_value(event: Event, verdict: str) -> None:
    assert effective(event, (verdict,)) == event


def test_fields_of_the_event_are_replaced(event: Event) -> None:
    changed = effective(
        event,
        ("edit", "polarity", "negated"),
        ("edit", "certainty", "possible"),
        ("edit", "time", {"earliest": "2019-11-01", "latest": "2019-11-03"}),
        ("reject", "attribution"),
    )
    assert (changed.polarity, changed.certainty) == (Polarity.NEGATED, Certainty.POSSIBLE)
    assert changed.time
    assert str(changed.time.latest) == "2019-11-03"
    assert changed.attribution is None
    assert changed.arguments == event.arguments


def test_an_argument_is_edited_dropped_and_added(event: Event) -> None:
    actor = event.of_role(Role.ACTOR)[0]
    name = argument_field(actor)
    edited = {**actor.model_dump(mode="json"), "actor": {"name": "X", "kind": "militia"}}
    held = effective_event(event, active_ones(decisions(("edit", name, edited))))
    assert held.event.of_role(Role.ACTOR)[0].actor
    assert [each.decision_id for each in held.arguments if each.field == name] == [1]
    assert effective(event, ("reject", name)).of_role(Role.ACTOR) == ()
    added = effective(
        event, ("add", "origin:0-5", {"role": "origin", "start": 0, "end": 5, "text": "Mardi"})
    )
    assert [each.text for each in added.of_role(Role.ORIGIN)] == ["Mardi"]


def test_an_argument_that_was_edited_keeps_its_name(event: Event) -> None:
    actor = event.of_role(Role.ACTOR)[0]
    name = argument_field(actor)
    wider = {"role": "actor", "start": 0, "end": 5, "text": "Mardi"}
    held = effective_event(event, active_ones(decisions(("edit", name, wider))))
    assert name in [each.field for each in held.arguments]
    again = effective(event, ("edit", name, wider), ("reject", name))
    assert again.of_role(Role.ACTOR) == ()


def test_the_event_s_place_goes_along_with_its_argument(event: Event) -> None:
    place = event.of_role(Role.PLACE)[0]
    with_place = event.model_copy(update={"place": place.place})
    name = argument_field(place)
    new = {"role": "place", "start": place.start, "end": place.end, "text": place.text,
           "place": {"name": "Elsewhere", "latitude": 1.0, "longitude": 2.0}}  # fmt: skip
    changed = effective(with_place, ("edit", name, new))
    assert changed.place
    assert changed.place.name == "Elsewhere"
    assert effective(with_place, ("reject", name)).place is None
    own = effective(with_place, ("edit", name, new), ("edit", "place", {"name": "Own"}))
    assert own.place
    assert own.place.name == "Own"


def test_a_claim_that_a_human_added_is_what_its_decision_says(event: Event) -> None:
    added = ("add", None, event.model_dump(mode="json"))
    assert effective(None, added) == event
    assert effective(None, added, ("edit", "polarity", "negated")).polarity == Polarity.NEGATED


def test_a_claim_of_nobody_is_an_error() -> None:
    with pytest.raises(ValueError, match="needs a decision"):
        effective(None)


@pytest.mark.parametrize(
    ("field", "value"), [("type", "no_such_type"), ("trigger", None), ("actor:7-14", {"role": "x"})]
)
def test_a_value_that_is_none_for_its_field_is_an_error(
    event: Event, field: str, value: object
) -> None:
    with pytest.raises(ValueError, match="validation error"):
        effective(event, ("edit", field, value))
