"""The timeline and the counts of a filter."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.common import Answer, Days, Family, State

__all__ = ["Bin", "Facet", "Facets", "Timeline", "TimelineItem"]


class Bin(Answer):
    """Claims by the first day that their words allow."""

    start: dt.date
    end: dt.date = Field(description="Last day, inclusive.")
    count: int = Field(description="Claims that begin within it.")
    running: int = Field(description="Claims that began before it and are not over.")
    by_family: dict[Family, int]
    doubted: int = Field(description="Of `count`: denied, possible or planned.")


class TimelineItem(Answer):
    """A claim on the timeline."""

    id: int
    document: int
    type: EventType
    family: Family
    trigger: str
    polarity: Polarity
    certainty: Certainty
    state: State
    when: Days
    place: str | None
    contested: bool


class Timeline(Answer):
    """Claims over time."""

    start: dt.date | None
    end: dt.date | None
    unit: str = Field(description="day, week, month, quarter, year or decade.")
    bins: list[Bin]
    items: list[TimelineItem] = Field(description="Each claim, where they are few.")
    total: int = Field(description="Claims that the query finds.")
    shown: int = Field(description="Those within the days asked for.")
    undated: int
    notes: list[str]


class Facet(Answer):
    """A value and how many claims have it."""

    value: str
    count: int
    q: str = Field(description="The part of a query that asks for it.")


class Facets(Answer):
    """How many claims a query finds, by what they are."""

    total: int
    documents: int
    located: int
    dated: int
    contested: int
    type: list[Facet]
    family: list[Facet]
    state: list[Facet]
    country: list[Facet]
    language: list[Facet]
    certainty: list[Facet]
    polarity: list[Facet]
    sensitivity: list[Facet]
    source: list[Facet] = Field(description="The thirty publishers with the most claims.")
    month: list[Facet]
    notes: list[str]
