"""The gazetteer's file: one SQLite schema for the shipped one and the user's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from temoin.grounding.place.features import code
from temoin.grounding.place.names import key, script, skeleton, stem

__all__ = ["SCHEMA", "SPELT_ONE_WAY", "add_place"]

#: Coordinates are ten-thousandths of a degree (11 m): SQLite stores such integers in 3 or 4 bytes.
SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE IF NOT EXISTS place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude INTEGER NOT NULL,
    longitude INTEGER NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL,
    feature INTEGER NOT NULL, population INTEGER NOT NULL, radius INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS name (
    key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stem (
    key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skeleton (
    key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""

_SHORTEST_SKELETON = 3
#: Countries whose names news does not transliterate: no skeletons, four megabytes less.
SPELT_ONE_WAY = frozenset(
    """US CA GB IE AU NZ FR DE AT CH NL BE LU DK NO SE FI IS PT IT ES CZ SK HU PL SI HR RO JP KR
    TW CN VN BR AR CL UY PY BO PE EC CR PA MX GT HN SV NI DO CU PR JM ZA""".split()  # noqa: SIM905
)
_LATIN_SKELETONS = 2


def add_place(  # noqa: PLR0913 - the columns of the table
    database: sqlite3.Connection,
    *,
    id: int,  # noqa: A002
    name: str,
    latitude: float,
    longitude: float,
    country: str,
    admin1: str,
    feature: str,
    population: int,
    radius: float,
    names: Iterable[str],
) -> None:
    """Add one place under all its names; a place with the same id is replaced.

    Args:
        database: A connection whose database has `SCHEMA`.
        id: The place's number, GeoNames' own where it has one.
        name: The name to show.
        latitude: Degrees north.
        longitude: Degrees east.
        country: ISO 3166-1 alpha-2, or "".
        admin1: GeoNames' code of the first-order unit, or "".
        feature: One of `features.FEATURES`.
        population: People, 0 where unknown.
        radius: Kilometres within which the place lies.
        names: All names, the one to show among them.
    """
    database.execute(
        "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            id, name, round(latitude * 10_000), round(longitude * 10_000), country, admin1,
            code(feature), population, round(radius * 10),
        ),
    )  # fmt: skip
    names = list(names)
    keys = {key(n) for n in names} - {""}
    stems = {stem(n) for n in names} - {""}
    # A skeleton of each script's first names: the others are exonyms, found by their key.
    told: dict[str, int] = {}
    skeletons = set()
    for n in names:
        written = script(n)
        told[written] = told.get(written, 0) + 1
        if told[written] <= _LATIN_SKELETONS:
            skeletons.add(skeleton(n))
    skeletons = {s for s in skeletons if len(s) >= _SHORTEST_SKELETON}
    if country in SPELT_ONE_WAY:
        skeletons = set()
    for table, rows in (("name", keys), ("stem", stems), ("skeleton", skeletons)):
        database.executemany(
            f"INSERT OR IGNORE INTO {table} VALUES (?, ?)",  # noqa: S608 - our own table names
            [(row, id) for row in sorted(rows)],
        )
