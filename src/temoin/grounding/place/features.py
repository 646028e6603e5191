"""Kinds of places: how large one is, and what codebooks call its precision."""

from __future__ import annotations

import math

__all__ = ["FEATURES", "POINTS", "REGIONS", "SETTLEMENTS", "code", "precision", "radius_km", "ucdp"]

#: The kinds a place can be of; the index is what the gazetteer's file stores. Append only.
FEATURES = (
    "city", "suburb", "country", "admin1", "admin2", "region", "river", "lake", "sea", "mountain",
    "island", "border", "airport", "base", "camp", "pass", "desert", "valley", "road", "bridge",
    "facility", "strait", "line", "continent", "ruin",
)  # fmt: skip
_CODES = {feature: index for index, feature in enumerate(FEATURES)}

SETTLEMENTS = frozenset({"city", "suburb", "camp", "ruin"})
REGIONS = frozenset({"admin1", "admin2", "region", "valley", "desert", "mountain", "island"})
#: Places that lie at a point: a bearing from one leads out of it.
POINTS = SETTLEMENTS | {"base", "airport", "facility", "bridge", "pass"}
_PRECISION = {
    "country": (3, 6), "continent": (3, 6), "admin1": (3, 4), "admin2": (2, 3), "region": (3, 5),
    "valley": (2, 5), "desert": (3, 5), "mountain": (2, 5), "island": (2, 5), "river": (3, 5),
    "lake": (3, 5), "sea": (3, 7), "strait": (3, 7), "border": (3, 5), "line": (3, 5),
    "road": (2, 5),
}  # fmt: skip
_EXTENT = {
    "country": 300.0, "continent": 2500.0, "admin1": 90.0, "admin2": 30.0, "region": 60.0,
    "river": 150.0, "lake": 25.0, "sea": 400.0, "mountain": 15.0, "island": 15.0, "border": 150.0,
    "airport": 2.0, "base": 2.0, "camp": 2.0, "pass": 3.0, "desert": 120.0, "valley": 25.0,
    "road": 30.0, "bridge": 1.0, "facility": 1.0, "strait": 40.0, "line": 60.0, "suburb": 2.0,
    "ruin": 1.0,
}  # fmt: skip


def code(feature: str) -> int:
    """The number under which the gazetteer's file stores a kind; raises `KeyError`."""
    return _CODES[feature]


def radius_km(feature: str, population: int = 0) -> float:
    """A radius for a place whose extent is not known.

    A town's built-up radius grows with the root of its population: 100,000 people
    live within about two kilometres, ten million within sixteen.
    """
    if feature == "city":
        return round(max(1.0, min(25.0, 0.005 * math.sqrt(max(population, 0)))), 1)
    return _EXTENT.get(feature, 2.0)


def precision(feature: str) -> tuple[int, int]:
    """ACLED `geo_precision` (1-3) and UCDP `where_prec` (1-7) of a place named outright."""
    return _PRECISION.get(feature, (1, 1))


def ucdp(radius: float) -> int:
    """UCDP `where_prec` of a point known only to within `radius` kilometres."""
    return 1 if radius <= 1 else 2 if radius <= 25 else 5
