"""The background of maps: coasts and borders of Natural Earth, 1:50 million, as shipped.

`data/countries-50m.json` is a TopoJSON file: lines are stored once, and countries refer to
them. A line of two countries is a border, one of a single country a coast.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

__all__ = ["Bounds", "Country", "borders", "countries", "inside"]

Point = tuple[float, float]
Line = tuple[Point, ...]
#: South, west, north, east, in degrees.
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's land: polygons of rings, the first of each its outline, the others holes."""

    name: str
    polygons: tuple[tuple[Line, ...], ...]


def countries(bounds: Bounds) -> Iterator[Country]:
    """The countries that lie in a box, each with its polygons there, moved into its degrees."""
    for name, polygons in _polygons():
        seen = tuple(
            tuple(_moved(ring, by) for ring in polygon)
            for polygon in polygons
            for by in (-360.0, 0.0, 360.0)
            if _meets(polygon[0], bounds, by)
        )
        if seen:
            yield Country(name, seen)


def borders(bounds: Bounds) -> Iterator[Line]:
    """The lines between countries that lie in a box."""
    arcs = _arcs()
    for number in _shared():
        for by in (-360.0, 0.0, 360.0):
            if _meets(arcs[number], bounds, by):
                yield _moved(arcs[number], by)


def inside(point: Point, rings: Sequence[Line]) -> bool:
    """Whether a point (east, north) lies in a polygon and in none of its holes."""
    x, y = point
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


@cache
def _data() -> dict[str, Any]:
    file = resources.files("temoin.situation") / "data" / "countries-50m.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def _arcs() -> tuple[Line, ...]:
    data = _data()
    (across, up), (west, south) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for steps in data["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((west + x * across, south + y * up))
        arcs.append(tuple(line))
    return tuple(arcs)


@cache
def _polygons() -> tuple[tuple[str, tuple[tuple[Line, ...], ...]], ...]:
    found = []
    for geometry in _data()["objects"]["countries"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        polygons = tuple(tuple(_ring(numbers) for numbers in part) for part in parts)
        found.append((geometry["properties"]["name"], polygons))
    return tuple(found)


@cache
def _shared() -> tuple[int, ...]:
    """Numbers of the arcs that two countries have."""
    users: Counter[int] = Counter()
    for geometry in _data()["objects"]["countries"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        users.update({n if n >= 0 else ~n for part in parts for ring in part for n in ring})
    return tuple(number for number, used in users.items() if used > 1)


def _ring(numbers: Sequence[int]) -> Line:
    """The points of arcs, one after the other; `~n` is arc `n` backwards."""
    arcs = _arcs()
    points: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    return tuple(points)


def _moved(line: Line, by: float) -> Line:
    return tuple((x + by, y) for x, y in line) if by else line


def _meets(line: Line, bounds: Bounds, by: float) -> bool:
    south, west, north, east = bounds
    xs = [x + by for x, _ in line]
    ys = [y for _, y in line]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south
