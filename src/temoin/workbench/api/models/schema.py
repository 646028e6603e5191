"""What the words of a case mean: types, roles, states and their labels."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from temoin.record import EventType
from temoin.workbench.api.models.common import Answer, Family, Label

__all__ = [
    "FamilyAnswer",
    "Named",
    "SchemaAnswer",
    "TypeAnswer",
]


class TypeAnswer(Answer):
    """A type of event."""

    id: EventType
    family: Family
    label: Label


class FamilyAnswer(Answer):
    """A family of types."""

    id: Family
    label: Label


class Named(Answer):
    """Something that is one of a few."""

    id: str
    label: Label


class SchemaAnswer(Answer):
    """What there is in a record, with labels."""

    version: str = Field(description="Of the record's schema.")
    types: list[TypeAnswer]
    families: list[FamilyAnswer]
    roles: list[Named]
    polarities: list[Named]
    certainties: list[Named]
    relations: list[Named]
    states: list[Named]
    reasons: list[Named]
    sensitivities: list[Named]
    statuses: list[Named]
    supports: list[Named]
    links: list[Named]
    incident_fields: list[Named]
    situation_kinds: list[Named]
    codebooks: list[Named]
    fields: list[str] = Field(description="Fields of the query language.")
    keys: Any = Field(description="The keys, from the data file that help is made of.")
