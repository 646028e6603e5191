"""The map: clusters, single claims, names of places."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.common import Answer, Family, Level, State

__all__ = ["Cluster", "Clusters", "MapClaim", "PlaceLabel", "PlaceLabels"]


class MapClaim(Answer):
    """A claim that stands alone on the map."""

    id: int
    document: int
    type: EventType
    family: Family
    trigger: str
    polarity: Polarity
    certainty: Certainty
    state: State
    confidence: float | None
    sensitivity: Level
    place: str | None
    earliest: dt.date | None
    latest: dt.date | None


class Cluster(Answer):
    """Claims that lie near each other at this zoom; one where `claim` is not null."""

    latitude: float = Field(description="The middle of its claims.")
    longitude: float
    count: int
    types: dict[str, int]
    families: dict[Family, int]
    contested: int = Field(description="How many claims of it are contradicted.")
    denied: int = Field(description="How many are denied by their report.")
    radius_km: float | None = Field(description="The largest radius of its claims.")
    smallest_km: float | None = Field(description="The smallest one.")
    bounds: tuple[float, float, float, float] = Field(
        description="West, south, east, north of its claims."
    )
    one_place: bool = Field(description="Whether all are at one point: zooming parts them not.")
    place: str | None = Field(description="The name of that place.")
    claims: list[int] = Field(description="Numbers of its claims, newest first: at most 50.")
    claim: MapClaim | None


class Clusters(Answer):
    """What the map shows."""

    items: list[Cluster]
    total: int = Field(description="Claims that the query finds.")
    shown: int = Field(description="Those within the box.")
    elsewhere: int = Field(description="Those outside the box.")
    unlocated: int = Field(description="Those without a place on the map.")
    bounds: tuple[float, float, float, float] | None = Field(
        description="West, south, east, north of all that is found, wherever it lies."
    )
    notes: list[str]


class PlaceLabel(Answer):
    """The name of a place, to write on the map."""

    name: str
    latitude: float
    longitude: float
    rank: int = Field(description="1 for the most important: whose name goes first.")
    kind: str
    country: str | None


class PlaceLabels(Answer):
    """Names of places in a box."""

    items: list[PlaceLabel]
    notes: list[str]
