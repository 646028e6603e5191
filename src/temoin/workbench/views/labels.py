"""Names of places to write on the map, from the gazetteer: the largest ones of a box."""

from __future__ import annotations

import math
from functools import cache, lru_cache

import numpy as np

from temoin.grounding.place.gazetteer import Place, default_gazetteer
from temoin.workbench.api.models.map import PlaceLabel, PlaceLabels
from temoin.workbench.views.boxes import Box
from temoin.workbench.views.columns import Array

__all__ = ["labels"]

#: Kinds of places that are named from a zoom on, and up to one; how many at most.
_KINDS = (
    ("country", 0, 6, 60),
    ("admin1", 6, 9, 40),
    ("city", 3, 23, 70),
    ("suburb", 11, 23, 40),
    ("airport", 10, 23, 20),
)

#: Zooms below this show continents: half of the names is enough there.
_FAR = 3

#: From this zoom on all places are looked through, below it the largest ones only.
_NEAR = 10

#: So many of a kind are kept in memory: towns of some 5,000 people are among them.
_LARGEST = 40_000


def labels(*, box: Box | None, zoom: float) -> PlaceLabels:
    """The names to write on a map.

    Args:
        box: What the map shows; None for the world.
        zoom: Of Web Mercator.
    """
    return _labels(_widened(box or Box(-180.0, -90.0, 180.0, 90.0), zoom), int(zoom))


@lru_cache(maxsize=500)
def _labels(box: Box, zoom: int) -> PlaceLabels:
    items: list[PlaceLabel] = []
    for kind, first, last, most in _KINDS:
        if first <= zoom < last:
            limit = most // 2 if zoom < _FAR else most
            found = _near(box, kind, limit) if zoom >= _NEAR else _largest(box, kind, limit)
            items += [_label(place, len(items) + at) for at, place in enumerate(found, 1)]
    return PlaceLabels(items=items, notes=[])


def _near(box: Box, kind: str, limit: int) -> list[Place]:
    return default_gazetteer().within(
        box.south, box.west, box.north, box.east, features=(kind,), limit=limit
    )


def _largest(box: Box, kind: str, limit: int) -> list[Place]:
    places, latitude, longitude = _kept(kind)
    inside = (latitude >= box.south) & (latitude <= box.north)
    if box.west <= box.east:
        inside &= (longitude >= box.west) & (longitude <= box.east)
    else:
        inside &= (longitude >= box.west) | (longitude <= box.east)
    return [places[at] for at in np.nonzero(inside)[0][:limit].tolist()]


@cache
def _kept(kind: str) -> tuple[list[Place], Array, Array]:
    """The largest places of a kind, and where they are."""
    places = _near(Box(-180.0, -90.0, 180.0, 90.0), kind, _LARGEST)
    return (
        places,
        np.array([place.latitude for place in places]),
        np.array([place.longitude for place in places]),
    )


def _label(place: Place, rank: int) -> PlaceLabel:
    return PlaceLabel(
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        rank=rank,
        kind=place.feature,
        country=place.country or None,
    )


def _widened(box: Box, zoom: float) -> Box:
    """A box that ends on a grid, so that a map that is panned a little asks the same again."""
    step = 180.0 / 2 ** math.floor(zoom)
    if box.east - box.west >= 360 - step or step >= 90:
        return Box(-180.0, -90.0, 180.0, 90.0)
    west, east = math.floor(box.west / step) * step, math.ceil(box.east / step) * step
    south, north = math.floor(box.south / step) * step, math.ceil(box.north / step) * step
    if box.west <= box.east and east - west >= 360:
        west, east = -180.0, 180.0
    return Box(max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))
