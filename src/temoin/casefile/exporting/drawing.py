"""A map of claims as SVG without anything from elsewhere: its background is handed in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from temoin.exporting.markup import text

__all__ = ["Bounds", "Drawing", "Line", "Spot", "map_svg"]

#: Points as (east, north), in degrees.
Line = Sequence[tuple[float, float]]
#: South, west, north, east, in degrees.
Bounds = tuple[float, float, float, float]

_WIDTH = 960.0
_TALLEST = 720.0
_KM_PER_DEGREE = 111.32
#: A map shows at least so many degrees.
_LEAST = 1.0
#: Points nearer than this, in pixels, are one on a coast.
_FINE = 0.8
_LABELS = 40
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60)


def _nothing(_: Bounds) -> Iterable[Line]:
    return ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What lies behind the points of a map.

    Attributes:
        land: Outlines of land in a box, as closed rings.
        borders: Lines between countries in a box.
    """

    land: Callable[[Bounds], Iterable[Line]] = _nothing
    borders: Callable[[Bounds], Iterable[Line]] = _nothing


@dataclass(slots=True)
class Spot:
    """A point with the claims that name it.

    Attributes:
        name: Of the place.
        longitude, latitude: In degrees.
        radius_km: The widest radius of its claims.
        anchor: Where its first claim stands in the page.
        marks: How each claim stands.
    """

    name: str
    longitude: float
    latitude: float
    radius_km: float
    anchor: str
    marks: list[str] = field(default_factory=list)


def map_svg(spots: Sequence[Spot], drawing: Drawing, *, title: str) -> str:
    """The map of some spots, framed around them.

    Args:
        spots: At least one.
        drawing: The background.
        title: What the picture is, for those who do not see it.
    """
    frame = _Frame(spots)
    head = (
        f'<svg class="map" viewBox="0 0 {frame.width:.0f} {frame.height:.0f}" role="img" '
        f'aria-label="{text(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    parts = [
        head,
        f'<rect class="sea" width="{frame.width:.0f}" height="{frame.height:.0f}"/>',
    ]
    land = "".join(frame.path(ring, closed=True) for ring in drawing.land(frame.bounds))
    parts += [f'<path class="land" d="{land}"/>'] if land else []
    borders = "".join(frame.path(line, closed=False) for line in drawing.borders(frame.bounds))
    parts += [f'<path class="border" d="{borders}"/>'] if borders else []
    parts += frame.grid()
    parts += [each for spot in spots if (each := frame.radius(spot))]
    parts += [frame.dot(spot) for spot in spots]
    parts += frame.names(spots)
    return "\n".join([*parts, "</svg>"])


class _Frame:
    """From degrees to pixels: equal scales across and up in the middle of the map."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._west_of = _unwrapped([spot.longitude for spot in spots])
        boxes = [self._box(spot) for spot in spots]
        south, north = min(b[0] for b in boxes), max(b[2] for b in boxes)
        west, east = min(b[1] for b in boxes), max(b[3] for b in boxes)
        across, up = max(east - west, _LEAST) * 0.1, max(north - south, _LEAST) * 0.1
        south, north = _widened(south - up, north + up)
        west, east = _widened(west - across, east + across)
        self.south, self.north = max(south, -89.0), min(north, 89.0)
        self.west, self.east = west, min(east, west + 360)
        self._squeeze = max(math.cos(math.radians((self.south + self.north) / 2)), 0.05)
        wide, high = (self.east - self.west) * self._squeeze, self.north - self.south
        # Neither a ribbon nor a tower.
        if high < wide * 0.4:
            middle, half = (self.south + self.north) / 2, wide * 0.2
            self.south, self.north = max(middle - half, -89.0), min(middle + half, 89.0)
            high = self.north - self.south
        self._scale = min(_WIDTH / wide, _TALLEST / high)
        self.width, self.height = wide * self._scale, high * self._scale
        self.bounds: Bounds = (self.south, self.west, self.north, self.east)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self._squeeze * self._scale
        # Far outside the picture nothing is to be seen: numbers stay short.
        return (
            min(max(x, -self.width), 2 * self.width),
            min(max((self.north - latitude) * self._scale, -self.height), 2 * self.height),
        )

    def path(self, line: Line, *, closed: bool) -> str:
        kept: list[tuple[float, float]] = []
        for longitude, latitude in line:
            at = self.point(longitude, latitude)
            if not kept or math.dist(at, kept[-1]) >= _FINE:
                kept.append(at)
        if len(kept) < 2 or not self._is_seen(kept):
            return ""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else "")

    def grid(self) -> list[str]:
        step = next((s for s in _STEPS if (self.east - self.west) / s <= 6), _STEPS[-1])
        lines = []
        for number in range(math.ceil(self.west / step), math.floor(self.east / step) + 1):
            x, _ = self.point(number * step, self.north)
            degrees = (number * step + 180) % 360 - 180
            lines.append(f'<path class="grid" d="M{x:.1f} 0V{self.height:.1f}"/>')
            lines.append(f'<text class="degree" x="{x + 3:.1f}" y="{self.height - 4:.1f}">'
                         f"{degrees:g}°</text>")  # fmt: skip
        for number in range(math.ceil(self.south / step), math.floor(self.north / step) + 1):
            _, y = self.point(self.west, number * step)
            lines.append(f'<path class="grid" d="M0 {y:.1f}H{self.width:.1f}"/>')
            lines.append(f'<text class="degree" x="3" y="{y - 3:.1f}">{number * step:g}°</text>')
        return lines

    def radius(self, spot: Spot) -> str:
        x, y = self.point(self._west_of(spot.longitude), spot.latitude)
        up = spot.radius_km / _KM_PER_DEGREE * self._scale
        if up < 6:
            return ""
        across = up * self._squeeze / max(math.cos(math.radians(spot.latitude)), 0.05)
        return (
            f'<ellipse class="radius" cx="{x:.1f}" cy="{y:.1f}" rx="{across:.1f}" ry="{up:.1f}"/>'
        )

    def dot(self, spot: Spot) -> str:
        x, y = self.point(self._west_of(spot.longitude), spot.latitude)
        size = min(4 + 1.6 * math.sqrt(len(spot.marks)), 16)
        doubted = "" if "affirmed" in spot.marks else " doubted"
        label = f"{spot.name}: {len(spot.marks)}"
        return (
            f'<a href="#{spot.anchor}"><circle class="dot{doubted}" cx="{x:.1f}" cy="{y:.1f}" '
            f'r="{size:.1f}"><title>{text(label)}</title></circle></a>'
        )

    def names(self, spots: Sequence[Spot]) -> list[str]:
        """Names of places, those with most claims first, where they cover no other name."""
        taken: list[tuple[float, float, float, float]] = []
        labels = []
        for spot in sorted(spots, key=lambda spot: (-len(spot.marks), spot.name))[:_LABELS]:
            x, y = self.point(self._west_of(spot.longitude), spot.latitude)
            size = min(4 + 1.6 * math.sqrt(len(spot.marks)), 16) + 3
            wide = 7.2 * len(spot.name)
            left = x + size if x + size + wide < self.width else x - size - wide
            box = (left, y - 8, left + wide, y + 8)
            if any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            labels.append(f'<text class="name" x="{left:.1f}" y="{y + 4:.1f}">'
                          f"{text(spot.name)}</text>")  # fmt: skip
        return labels

    def _box(self, spot: Spot) -> Bounds:
        up = min(spot.radius_km, 500.0) / _KM_PER_DEGREE
        across = up / max(math.cos(math.radians(spot.latitude)), 0.05)
        east = self._west_of(spot.longitude)
        return spot.latitude - up, east - across, spot.latitude + up, east + across

    def _is_seen(self, line: Line) -> bool:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        return min(xs) <= self.width and max(xs) >= 0 and min(ys) <= self.height and max(ys) >= 0


def _unwrapped(longitudes: Sequence[float]) -> Callable[[float], float]:
    """Longitudes without the jump at 180°: the widest gap between them is outside the map."""
    known = sorted(set(longitudes))
    gaps = [(b - a, b) for a, b in pairwise(known)]
    widest, start = max(gaps, default=(0.0, known[0]))
    if widest <= known[0] + 360 - known[-1]:
        return lambda longitude: longitude
    return lambda longitude: longitude if longitude >= start else longitude + 360


def _widened(low: float, high: float) -> tuple[float, float]:
    missing = max(_LEAST - (high - low), 0.0) / 2
    return low - missing, high + missing


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
