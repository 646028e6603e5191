"""The map: claims put together where they would lie on each other, counted in memory.

The world is cut into squares of a quarter of a map tile at the zoom asked for (64 pixels);
all claims of one square are one cluster, at their middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from temoin.casefile import Case
from temoin.record import Certainty, EventType, Polarity
from temoin.workbench.api.models.map import Cluster, Clusters, MapClaim
from temoin.workbench.views.boxes import Box
from temoin.workbench.views.columns import Array, Columns, day_of
from temoin.workbench.views.selecting import reading
from temoin.workbench.views.vocabulary import FAMILIES, family_of

__all__ = ["clusters"]

#: Squares of a map tile, along one side.
_SQUARES = 4

#: Numbers of claims that a cluster names.
_NAMED = 50

#: Clusters that are told; what lies beyond is told in the notes.
_MOST = 2_000

#: North of this Web Mercator has no map.
_EDGE = 85.05112878


def clusters(case: Case, q: str, *, box: Box | None, zoom: float) -> Clusters:
    """What the map shows of the claims that a query finds.

    Args:
        case: The case.
        q: The query.
        box: What the map shows; None for the world.
        zoom: Of Web Mercator: 0 is the world in one tile.

    Raises:
        QueryError: The query cannot be read.
    """
    with reading(case) as now:
        found, columns = now.found(q), now.columns
        latitude = columns.claims["latitude"][found.at]
        longitude = columns.claims["longitude"][found.at]
        located = ~(np.isnan(latitude) | np.isnan(longitude))
        inside = located if box is None else located & _inside(latitude, longitude, box)
        at = found.at[inside]
        notes = list(found.notes)
        items = []
        if len(at):
            items = list(_clusters(columns, at, zoom))
            if len(items) > _MOST:
                left = sum(each.count for each in items[_MOST:])
                notes.append(f"{left:,} claims in small clusters are not shown: zoom in.")
        return Clusters(
            items=items[:_MOST],
            total=len(found),
            shown=len(at),
            elsewhere=int(located.sum()) - len(at),
            unlocated=len(found) - int(located.sum()),
            bounds=_bounds(latitude[located], longitude[located]),
            notes=notes,
        )


def _inside(latitude: Array, longitude: Array, box: Box) -> Array:
    tall = (latitude >= box.south) & (latitude <= box.north)
    if box.west <= box.east:
        across = (longitude >= box.west) & (longitude <= box.east)
    else:
        across = (longitude >= box.west) | (longitude <= box.east)
    inside: Array = tall & across
    return inside


def _clusters(columns: Columns, at: Array, zoom: float) -> Iterator[Cluster]:
    """Clusters of the claims at these positions, the largest first."""
    squares = _squares(columns, at, zoom)
    _, where, counts = np.unique(squares, return_inverse=True, return_counts=True)
    order = np.argsort(where, kind="stable")
    ends = np.cumsum(counts)
    largest_first = np.argsort(-counts, kind="stable")
    for number in largest_first[: _MOST + 1].tolist():
        yield _cluster(columns, at[order[ends[number] - counts[number] : ends[number]]])
    rest = largest_first[_MOST + 1 :]
    if len(rest):
        # Counted, not told: the caller says how many.
        members = at[np.isin(where, rest)]
        yield _cluster(columns, members)


def _squares(columns: Columns, at: Array, zoom: float) -> Array:
    """The number of the square in which each claim lies."""
    many = int(2 ** math.floor(zoom)) * _SQUARES
    latitude = np.clip(columns.claims["latitude"][at], -_EDGE, _EDGE)
    x = (columns.claims["longitude"][at] + 180.0) / 360.0
    y = 0.5 - np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)) / (2 * np.pi)
    column = np.minimum((x * many).astype(np.int64), many - 1)
    row = np.minimum((y * many).astype(np.int64), many - 1)
    squares: Array = row * many + column
    return squares


def _cluster(columns: Columns, at: Array) -> Cluster:
    claims = columns.claims
    latitude, longitude = claims["latitude"][at], claims["longitude"][at]
    first = int(at[0])
    one_place = bool(np.all(latitude == latitude[0]) and np.all(longitude == longitude[0]))
    radius = claims["radius_km"][at]
    told = radius[~np.isnan(radius)]
    types = _counted(columns, at, "type")
    families = dict.fromkeys(FAMILIES, 0)
    for type_, count in types.items():
        families[family_of(type_)] += count
    denied = claims["polarity"][at] == columns.words["polarity"].number("negated")
    newest = at[np.lexsort((-claims["id"][at], -claims["earliest"][at].astype(np.int64)))]
    return Cluster(
        latitude=round(float(latitude.mean()), 5),
        longitude=round(float(longitude.mean()), 5),
        count=len(at),
        types=types,
        families={family: count for family, count in families.items() if count},
        contested=int(claims["contested"][at].sum()),
        denied=int(denied.sum()),
        radius_km=float(told.max()) if len(told) else None,
        smallest_km=float(told.min()) if len(told) else None,
        bounds=(
            float(longitude.min()), float(latitude.min()),
            float(longitude.max()), float(latitude.max()),
        ),
        one_place=one_place,
        place=columns.text("place", first) if one_place else None,
        claims=[int(each) for each in claims["id"][newest[:_NAMED]]],
        claim=_claim(columns, first) if len(at) == 1 else None,
    )  # fmt: skip


def _claim(columns: Columns, at: int) -> MapClaim:
    claims = columns.claims
    confidence = float(claims["confidence"][at])
    type_ = EventType(str(columns.text("type", at)))
    told: dict[str, Any] = {"state": columns.text("state", at),
                            "sensitivity": columns.sensitivity(at)}  # fmt: skip
    return MapClaim(
        id=int(claims["id"][at]),
        document=int(claims["document"][at]),
        type=type_,
        family=family_of(type_),
        trigger=columns.text("trigger", at) or "",
        polarity=Polarity(str(columns.text("polarity", at))),
        certainty=Certainty(str(columns.text("certainty", at))),
        confidence=None if math.isnan(confidence) else confidence,
        place=columns.text("place", at),
        earliest=day_of(int(claims["earliest"][at])),
        latest=day_of(int(claims["latest"][at])),
        **told,
    )


def _counted(columns: Columns, at: Array, column: str) -> dict[str, int]:
    texts = columns.words[column].texts
    counts = np.bincount(columns.claims[column][at], minlength=len(texts))
    found = np.nonzero(counts)[0]
    order = found[np.argsort(-counts[found], kind="stable")]
    return {str(texts[each]): int(counts[each]) for each in order}


def _bounds(latitude: Array, longitude: Array) -> tuple[float, float, float, float] | None:
    if not len(latitude):
        return None
    return (
        float(longitude.min()), float(latitude.min()),
        float(longitude.max()), float(latitude.max()),
    )  # fmt: skip
