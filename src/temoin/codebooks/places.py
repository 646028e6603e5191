"""What codebooks ask of a place beyond its point: its first-order unit, its grid cell."""

from __future__ import annotations

import math
import sqlite3
from functools import lru_cache
from importlib import resources
from pathlib import Path

from temoin.grounding.place.features import code
from temoin.grounding.place.gazetteer import default_gazetteer
from temoin.record import PlaceValue

__all__ = ["admin1_of", "priogrid"]

_GEONAMES = "geonames:"


@lru_cache(maxsize=4096)
def admin1_of(place: PlaceValue) -> str | None:
    """The name of the first-order unit that a place lies in, where the gazetteer knows it."""
    if place.feature == "admin1":
        return place.name
    if not place.country or not place.gazetteer_id:
        return None
    unit = next(
        (p.admin1 for p in default_gazetteer().lookup(place.name) if p.id == place.gazetteer_id), ""
    )
    if not unit and place.gazetteer_id.startswith(_GEONAMES):
        unit = _unit_of(int(place.gazetteer_id.removeprefix(_GEONAMES)))
    return _name(place.country, unit) if unit else None


def priogrid(latitude: float, longitude: float) -> int:
    """The number of the PRIO-GRID cell: half a degree, from the south-west corner eastwards."""
    row = min(359, math.floor((latitude + 90) * 2))
    column = min(719, math.floor((longitude + 180) * 2))
    return row * 720 + column + 1


@lru_cache(maxsize=1)
def _database() -> sqlite3.Connection:
    path = Path(str(resources.files("temoin.grounding.place") / "data" / "gazetteer.sqlite"))
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )


def _unit_of(number: int) -> str:
    row = _database().execute("SELECT admin1 FROM place WHERE id = ?", (number,)).fetchone()
    return str(row[0]) if row else ""


@lru_cache(maxsize=4096)
def _name(country: str, unit: str) -> str | None:
    row = (
        _database()
        .execute(
            "SELECT name FROM place WHERE country = ? AND admin1 = ? AND feature = ?",
            (country, unit, code("admin1")),
        )
        .fetchone()
    )
    return str(row[0]) if row else None
