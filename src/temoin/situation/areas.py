"""Areas to look at: a circle, a box, or the circle of a named place."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Protocol

from temoin.errors import TemoinError
from temoin.situation.places import Where

__all__ = ["Area", "AreaError", "Box", "Circle", "kilometres", "parse_area"]

_EARTH_KM = 6371.0
_NUMBER = r"\s*([+-]?\d+(?:\.\d+)?)\s*"
_CIRCLE = re.compile(rf"{_NUMBER},{_NUMBER}(?:~{_NUMBER}(?:km)?)?")
_BOX = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}")
_NAMED = re.compile(rf"(.+?)\s*~{_NUMBER}(?:km)?")
#: Of a circle that is given as a point.
_AROUND_KM = 25.0


class AreaError(TemoinError):
    """An area cannot be understood, or its name is not in the gazetteer."""


class Area(Protocol):
    """What tells whether a place lies in it."""

    def has(self, place: Where) -> bool:
        """Whether a place, or part of its circle, lies in the area."""
        ...

    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east, in degrees."""
        ...


@dataclass(frozen=True, slots=True)
class Circle:
    """All within some kilometres of a point."""

    latitude: float
    longitude: float
    km: float
    name: str | None = None

    def has(self, place: Where) -> bool:
        """Whether a place, or part of its circle, lies in the area."""
        if not place.located:
            return False
        middle = Where("", "", self.latitude, self.longitude)
        return kilometres(middle, place) <= self.km + place.radius_km

    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east, in degrees."""
        north = self.km / 111.2
        east = min(180.0, north / max(math.cos(math.radians(self.latitude)), 0.01))
        return (
            max(self.latitude - north, -90.0),
            self.longitude - east,
            min(self.latitude + north, 90.0),
            self.longitude + east,
        )

    def __str__(self) -> str:
        """`50 km around Gao`."""
        middle = self.name or f"{self.latitude:g}, {self.longitude:g}"
        return f"{self.km:g} km around {middle}"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of degrees; where west is greater than east it crosses the date line."""

    south: float
    west: float
    north: float
    east: float

    def has(self, place: Where) -> bool:
        """Whether a place, or part of its circle, lies in the area."""
        if place.latitude is None or place.longitude is None:
            return False
        north = place.radius_km / 111.2
        east = north / max(math.cos(math.radians(place.latitude)), 0.01)
        if not self.south - north <= place.latitude <= self.north + north:
            return False
        if self.west <= self.east:
            return self.west - east <= place.longitude <= self.east + east
        return place.longitude >= self.west - east or place.longitude <= self.east + east

    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east, in degrees."""
        east = self.east if self.west <= self.east else self.east + 360
        return self.south, self.west, self.north, east

    def __str__(self) -> str:
        """`16.0 to 17.0 N, -1.0 to 0.5 E`."""
        return f"{self.south:g} to {self.north:g} N, {self.west:g} to {self.east:g} E"


def parse_area(given: str) -> Circle | Box:
    """An area from `lat,lon~km`, `south,west,north,east`, or `NAME` or `NAME~km`.

    Raises:
        AreaError: It is none of these, or the gazetteer does not know the name.
    """
    if found := _BOX.fullmatch(given):
        south, west, north, east = map(float, found.groups())
        _see(given, south, west)
        _see(given, north, east)
        if south > north:
            message = f"{given!r}: a box is south,west,north,east; its south is too far north"
            raise AreaError(message)
        return Box(south, west, north, east)
    if found := _CIRCLE.fullmatch(given):
        latitude, longitude = float(found[1]), float(found[2])
        _see(given, latitude, longitude)
        return Circle(latitude, longitude, float(found[3]) if found[3] else _AROUND_KM)
    found = _NAMED.fullmatch(given)
    name, km = (found[1], float(found[2])) if found else (given.strip(), None)
    return _named(name, km)


def kilometres(one: Where, other: Where) -> float:
    """The distance on a sphere; infinite where either is not located."""
    if one.latitude is None or one.longitude is None:
        return math.inf
    if other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _see(given: str, latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        message = f"{given!r}: degrees are latitude (-90 to 90), then longitude (-180 to 180)"
        raise AreaError(message)


def _named(name: str, km: float | None) -> Circle:
    from temoin.grounding.place.gazetteer import default_gazetteer

    found = default_gazetteer().search(name, limit=1) if name else []
    if not found:
        message = f"{name!r}: not in the gazetteer; give lat,lon~km, or south,west,north,east"
        raise AreaError(message)
    place = found[0]
    return Circle(place.latitude, place.longitude, km or max(place.radius, _AROUND_KM), place.name)
