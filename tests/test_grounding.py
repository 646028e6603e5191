"""All steps of grounding together, on the annotated reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from temoin.corpus import load
from temoin.evaluation import records_from_gold
from temoin.grounding import ground
from temoin.record import Record, Role

CORPUS = Path(__file__).parents[1] / "corpus"
GOLDS = load(CORPUS / "development", CORPUS / "languages")


@pytest.fixture(scope="module")
def grounded() -> list[Record]:
    return [ground(record) for record in records_from_gold(GOLDS, antecedents=False)]


def test_grounded_records_are_valid_and_survive_json(grounded: list[Record]) -> None:
    assert [Record.model_validate_json(record.to_json()) for record in grounded] == grounded


def test_grounding_twice_gives_the_same_bytes(grounded: list[Record]) -> None:
    again = [ground(record) for record in records_from_gold(GOLDS, antecedents=False)]
    assert [record.to_json() for record in again] == [record.to_json() for record in grounded]


def test_no_word_of_the_claims_is_changed(grounded: list[Record]) -> None:
    for before, after in zip(records_from_gold(GOLDS, antecedents=False), grounded, strict=True):
        spans = [
            [(a.role, a.start, a.end) for event in record.events for a in event.arguments]
            for record in (before, after)
        ]
        assert spans[0] == spans[1]


def test_what_is_not_resolved_is_told(grounded: list[Record]) -> None:
    for record in grounded:
        told = {entry.field for entry in record.ungrounded}
        for event in record.events:
            for place in event.of_role(Role.PLACE):
                assert place.place is not None or f"{event.id}.place" in told
            for time in event.of_role(Role.TIME):
                assert time.time is not None or f"{event.id}.time" in told
