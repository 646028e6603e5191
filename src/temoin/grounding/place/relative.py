"""Points and radii on the ellipsoid, with `geographiclib`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

__all__ = ["centre", "distance_km", "move", "rough_km"]


@lru_cache(maxsize=1)
def _wgs84() -> Any:  # noqa: ANN401 - geographiclib has no types
    from geographiclib.geodesic import Geodesic

    return Geodesic.WGS84


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (degrees north, degrees east) on WGS 84."""
    return float(_wgs84().Inverse(*one, *other)["s12"]) / 1000


def rough_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points on a sphere: fast, right to half a percent."""
    a, b, c, d = (math.radians(v) for v in (*one, *other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def move(point: tuple[float, float], bearing: float, kilometres: float) -> tuple[float, float]:
    """The point `kilometres` away in the direction `bearing` (degrees clockwise from north)."""
    line = _wgs84().Direct(*point, bearing, kilometres * 1000)
    return (float(line["lat2"]), float(line["lon2"]))


def centre(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], float]:
    """The middle of some points and the distance in kilometres of the farthest from it."""
    if len(points) == 2:
        line = _wgs84().InverseLine(*points[0], *points[1])
        half = line.Position(line.s13 / 2)
        middle = (float(half["lat2"]), float(half["lon2"]))
    else:
        middle = (
            sum(point[0] for point in points) / len(points),
            sum(point[1] for point in points) / len(points),
        )
    return middle, max(distance_km(middle, point) for point in points)
