"""Entities: who, where and what the claims name."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from temoin.workbench.api.models.common import Answer, Page, Point

__all__ = ["EntityDetail", "EntityPage", "EntityRow", "Neighbour", "Variant"]

EntityKind = Literal["actor", "place", "equipment", "other"]


class EntityRow(Answer):
    """Somebody or something that claims name."""

    ref: str = Field(
        description="Its id in Témoin's tables; for what they do not know, `~` and its words."
    )
    name: str
    kind: EntityKind
    subkind: str | None = Field(description="rebel_group, city, mortar, ...")
    country: str | None
    known: bool = Field(description="Whether Témoin's tables know it.")
    claims: int
    documents: int
    roles: dict[str, int]
    point: Point | None
    q: str = Field(description="A query that finds its claims.")


class EntityPage(Page[EntityRow]):
    """Entities, those that most claims name first."""


class Variant(Answer):
    """Words by which texts name it."""

    words: str
    count: int
    languages: list[str]


class Neighbour(Answer):
    """What stands in the same claims."""

    ref: str
    name: str
    kind: EntityKind
    claims: int


class EntityDetail(EntityRow):
    """All that is known of an entity."""

    variants: list[Variant]
    types: dict[str, int]
    states: dict[str, int]
    with_: list[Neighbour] = Field(serialization_alias="with")
    first: dt.date | None
    last: dt.date | None
    parent: str | None
    wikidata: str | None
    names: list[str] = Field(description="Other names in Témoin's tables.")
    notes: list[str]
