"""docs/events.md and docs/record.md name everything that a record can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from temoin import record

DOCS = Path(__file__).parents[2] / "docs"
EVENTS = (DOCS / "events.md").read_text(encoding="utf-8")
RECORD = (DOCS / "record.md").read_text(encoding="utf-8")
PARTS: tuple[type[BaseModel], ...] = (
    record.Record,
    record.Document,
    record.Event,
    record.Argument,
    record.Attribution,
    record.TimeValue,
    record.QuantityValue,
    record.PlaceValue,
    record.Relation,
    record.Mention,
    record.Entity,
    record.Ungrounded,
    record.Provenance,
)
FIELDS = sorted({name for part in PARTS for name in part.model_fields})


def defined(page: str) -> list[str]:
    """The first cells of a page's tables."""
    return re.findall(r"^\| `(\w+)` \| \S", page, flags=re.MULTILINE)


def test_types_and_roles_are_defined_and_no_others() -> None:
    assert sorted(defined(EVENTS)) == sorted([*record.EventType, *record.Role])


@pytest.mark.parametrize("mark", [*record.Polarity, *record.Certainty])
def test_mark_is_defined(mark: str) -> None:
    assert re.search(rf"^- `{mark}`", EVENTS, flags=re.MULTILINE)


@pytest.mark.parametrize("relation", record.RelationType)
def test_relation_is_named(relation: str) -> None:
    assert f"`{relation}`" in RECORD


@pytest.mark.parametrize("field", FIELDS)
def test_field_is_named(field: str) -> None:
    assert f"`{field}`" in RECORD
