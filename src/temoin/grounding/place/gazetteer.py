"""The gazetteer: places by name, from three sources read as one.

- the shipped file (`data/gazetteer.sqlite`, built by `build`), opened read-only;
- Témoin's own list (`data/own/*.tsv`), small, kept in memory;
- the user's file, filled by `temoin gazetteer import`, if there is one.

Nothing is read before the first look-up. Answers are cached in a bounded cache,
so that a document's names cost one query each.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from temoin.errors import GazetteerError
from temoin.grounding.place.features import FEATURES, SETTLEMENTS, radius_km
from temoin.grounding.place.names import key, skeleton, stem, stems
from temoin.grounding.place.relative import rough_km

__all__ = ["Gazetteer", "Place", "default_gazetteer", "user_database"]

#: GeoNames' own numbers are below this; above are rows of the shipped file without one.
_OWN_NUMBERS = 200_000_000
_CACHED = 20_000
_SAME_KM = 8.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Attributes:
        id: `geonames:169389`, or `temoin:khasham-sy-city` for one that GeoNames lacks.
        name: The name to show.
        latitude: Degrees north.
        longitude: Degrees east.
        country: ISO 3166-1 alpha-2, or "".
        admin1: GeoNames' code of the first-order unit, or "".
        feature: One of `features.FEATURES`.
        population: People, 0 where unknown.
        radius: Kilometres within which the place lies.
        aliases: Other names, where the source keeps them (the own list does).
    """

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    feature: str
    population: int
    radius: float
    aliases: tuple[str, ...] = field(default=(), compare=False)


def user_database() -> Path:
    """Where the user's own gazetteer is: in `$TEMOIN_DATA`, or the user's data folder.

    Raises:
        GazetteerError: There is neither.
    """
    named = os.environ.get("TEMOIN_DATA")
    if named:
        return Path(named) / "gazetteer.sqlite"
    home = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(home) if home else Path("~/.local/share").expanduser()
    except RuntimeError as error:  # a user without a home, as in some containers
        raise GazetteerError("no home folder: set TEMOIN_DATA to a folder of yours") from error
    return folder / "temoin" / "gazetteer.sqlite"


class _File:
    """One SQLite file of the schema in `store`."""

    def __init__(self, path: Path, *, fixed: bool) -> None:
        self.path = path
        # A file of the package never changes: no locks, so it may lie on a read-only disk.
        self.mode = "mode=ro&immutable=1" if fixed else "mode=ro"
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork: each process opens its own.
        if self._connection is None or self._process != os.getpid():
            try:
                self._connection = sqlite3.connect(
                    f"{self.path.absolute().as_uri()}?{self.mode}",
                    uri=True,
                    check_same_thread=False,
                )
                self._connection.execute("SELECT 1 FROM place LIMIT 1")
            except sqlite3.Error as error:
                message = (
                    f"{self.path}: not a gazetteer ({error}); delete it, or make it anew with "
                    "temoin gazetteer import"
                )
                raise GazetteerError(message) from error
            self._process = os.getpid()
        return self._connection

    def of_feature(self, feature: str) -> list[Place]:
        rows = self._open().execute(
            "SELECT * FROM place WHERE feature = ?", (FEATURES.index(feature),)
        )
        return [self._place(row) for row in rows]

    def within(
        self, box: tuple[float, float, float, float], features: Sequence[str], limit: int
    ) -> list[Place]:
        south, west, north, east = (round(each * 10_000) for each in box)
        across = "BETWEEN ? AND ?" if west <= east else "NOT BETWEEN ? AND ?"
        ends = (west, east) if west <= east else (east + 1, west - 1)
        marks = ", ".join("?" * len(features))
        rows = self._open().execute(
            f"SELECT * FROM place WHERE latitude BETWEEN ? AND ? AND longitude {across} "  # noqa: S608
            f"AND feature IN ({marks}) ORDER BY population DESC, id LIMIT ?",
            (south, north, *ends, *(FEATURES.index(each) for each in features), limit),
        )
        return [self._place(row) for row in rows]

    def close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _place(self, row: tuple[int, str, int, int, str, str, int, int, int]) -> Place:
        number, name, latitude, longitude, country, admin1, feature, population, radius = row
        prefix = "geonames" if number < _OWN_NUMBERS else "temoin"
        return Place(
            f"{prefix}:{number}", name, latitude / 10_000, longitude / 10_000, country, admin1,
            FEATURES[feature], population, radius / 10,
        )  # fmt: skip

    def find(self, table: str, wanted: str) -> list[Place]:
        rows = self._open().execute(
            f"SELECT place.* FROM {table} JOIN place ON place.id = {table}.place "  # noqa: S608
            f"WHERE {table}.key = ?",
            (wanted,),
        )
        return [self._place(row) for row in rows]

    def starting(self, prefix: str, limit: int) -> list[Place]:
        rows = self._open().execute(
            "SELECT DISTINCT place.* FROM name JOIN place ON place.id = name.place "
            "WHERE name.key >= ? AND name.key < ? ORDER BY population DESC LIMIT ?",
            (prefix, prefix + "\uffff", limit),
        )
        return [self._place(row) for row in rows]


_FORMS: dict[str, Callable[[str], str]] = {"name": key, "stem": stem, "skeleton": skeleton}


class _Own:
    """The own list: places in tab-separated files, indexed in memory on first use."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self._places: list[Place] | None = None
        self._tables: dict[str, dict[str, list[Place]]] = {}

    def _rows(self) -> Iterator[Place]:
        for file in sorted(self.folder.iterdir(), key=lambda f: f.name):
            if not file.name.endswith(".tsv"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if not line.strip() or line.startswith("#"):
                    continue
                yield own_place(line, where=f"{file.name}:{number}")

    def _load(self, table: str) -> dict[str, list[Place]]:
        """The index of one table, made when it is first asked for."""
        index = self._tables.get(table)
        if index is None:
            if self._places is None:
                self._places = list(self._rows())
            index = {}
            form = _FORMS[table]
            for place in self._places:
                for written in sorted({form(alias) for alias in place.aliases} - {""}):
                    index.setdefault(written, []).append(place)
            self._tables[table] = index
        return index

    def find(self, table: str, wanted: str) -> list[Place]:
        return self._load(table).get(wanted, [])

    def starting(self, prefix: str, limit: int) -> list[Place]:
        found = {
            place.id: place
            for written, places in self._load("name").items()
            if written.startswith(prefix)
            for place in places
        }
        return list(found.values())[:limit]

    def close(self) -> None:
        self._places = None
        self._tables = {}


def own_place(line: str, *, where: str) -> Place:
    """Read one line of the own list.

    Args:
        line: Tab-separated: names (`|` between them, the one to show first), latitude,
            longitude, country, feature, and if known population and radius in kilometres.
        where: File and line for the message.

    Raises:
        GazetteerError: A column is missing or no number, or the feature is unknown.
    """
    cells = [cell.strip() for cell in line.split("\t")]
    try:
        names, latitude, longitude, country, feature, *rest = cells
        population = int(rest[0]) if rest and rest[0] else 0
        radius = float(rest[1]) if len(rest) > 1 and rest[1] else radius_km(feature, population)
        north, east = float(latitude), float(longitude)
    except ValueError as error:
        message = f"{where}: not a place: {line!r} ({error})"
        raise GazetteerError(message) from error
    if feature not in FEATURES or not (-90 <= north <= 90 and -180 <= east <= 180):
        message = f"{where}: unknown feature or impossible coordinates: {line!r}"
        raise GazetteerError(message)
    aliases = tuple(name.strip() for name in names.split("|") if name.strip())
    slug = "-".join(key(part) for part in aliases[0].split()).strip("-")
    return Place(
        f"temoin:{slug}-{country.lower()}-{feature}", aliases[0], north, east, country, "", feature,
        population, radius, aliases,
    )  # fmt: skip


class Gazetteer:
    """Places by name.

    Args:
        shipped: The shipped file, or another of the same schema.
        user: The user's file; left out where it does not exist.
        own: The folder of the own list.

    Raises:
        GazetteerError: On the first look-up, where a file is there and is no gazetteer.
    """

    def __init__(
        self,
        *,
        shipped: Path | None = None,
        user: Path | None = None,
        own: Traversable | None = None,
    ) -> None:
        data = resources.files("temoin.grounding.place") / "data"
        shipped = shipped or Path(str(data / "gazetteer.sqlite"))
        if not shipped.exists():
            message = f"{shipped}: the gazetteer is missing; reinstall temoin"
            raise GazetteerError(message)
        self._sources: list[_Own | _File] = [_Own(own or data / "own")]
        if user is not None and user.exists():
            self._sources.append(_File(user, fixed=False))
        self._sources.append(_File(shipped, fixed=True))
        self._cached = lru_cache(maxsize=_CACHED)(self._find)
        self._countries: dict[str, Place] | None = None
        self._twins: dict[str, Place | None] = {}

    def _find(self, table: str, wanted: str) -> tuple[Place, ...]:
        found: dict[str, Place] = {}
        for source in self._sources:
            for place in source.find(table, wanted):
                found.setdefault(place.id.partition(":")[2], place)
        merged: dict[str, Place] = {}
        for place in found.values():
            one = self._joined(place) if place.aliases else place
            merged.setdefault(one.id, one)
        return tuple(merged.values())

    def _joined(self, place: Place) -> Place:
        """A place of the own list, with what another source knows of the same town.

        The own list has the names, the others the id, the population and the unit. One
        town is one place, whichever of its names was looked up.
        """
        if place.id not in self._twins:
            self._twins[place.id] = self._twin(place)
        twin = self._twins[place.id]
        if twin is None:
            return place
        return replace(twin, name=place.name, aliases=place.aliases,
                       population=max(place.population, twin.population))  # fmt: skip

    def _twin(self, place: Place) -> Place | None:
        if place.feature not in SETTLEMENTS:
            return None
        best: Place | None = None
        spot = (place.latitude, place.longitude)
        for alias in place.aliases:
            for source in self._sources[1:]:
                for other in source.find("name", key(alias)):
                    if (
                        other.feature in SETTLEMENTS
                        and rough_km(spot, (other.latitude, other.longitude)) < _SAME_KM
                        and (best is None or other.population > best.population)
                    ):
                        best = other
        return best

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place of that name, spelt alike but for case, accents, hyphens, articles."""
        wanted = key(name)
        return self._cached("name", wanted) if wanted else ()

    def lookup_inflected(self, name: str) -> tuple[Place, ...]:
        """Every place whose Cyrillic name is the same without case endings."""
        found: dict[str, Place] = {}
        for wanted in stems(name):
            for place in self._cached("stem", wanted):
                found.setdefault(place.id, place)
        return tuple(found.values())

    def lookup_stem(self, root: str) -> tuple[Place, ...]:
        """Every place one of whose Cyrillic names has that stem (see `names.stem`)."""
        return self._cached("stem", root)

    def lookup_alike(self, name: str) -> tuple[Place, ...]:
        """Every place whose name has the same consonants; compare before you believe."""
        wanted = skeleton(name)
        return self._cached("skeleton", wanted) if len(wanted) > 2 else ()

    def country(self, code: str) -> Place | None:
        """The country with that ISO code."""
        if self._countries is None:
            shipped = self._sources[-1]
            found = shipped.of_feature("country") if isinstance(shipped, _File) else []
            self._countries = {place.country: place for place in found}
        return self._countries.get(code)

    def border(self, one: str, other: str) -> Place | None:
        """The middle of the border between two countries, its half-length as radius."""
        first, second = sorted((one, other))
        found = self.lookup(f"border {first}{second}")
        return next((place for place in found if place.feature == "border"), None)

    def search(self, name: str, *, limit: int = 20) -> list[Place]:
        """Places for a person to choose from: exact names first, then beginnings, by population."""
        found: dict[str, Place] = {}

        def add(places: Iterable[Place]) -> None:
            joined = [self._joined(place) if place.aliases else place for place in places]
            for place in sorted(joined, key=lambda p: (-p.population, p.id)):
                found.setdefault(place.id, place)

        add(self.lookup(name))
        add(self.lookup_inflected(name))
        if len(found) < limit and key(name):
            for source in self._sources:
                add(source.starting(key(name), limit))
        if not found:
            add(self.lookup_alike(name))
        return list(found.values())[:limit]

    def within(
        self,
        south: float,
        west: float,
        north: float,
        east: float,
        *,
        features: Sequence[str] = tuple(SETTLEMENTS),
        limit: int = 50,
    ) -> list[Place]:
        """The places in a box that most people live in, for a map to name.

        Args:
            south: Degrees.
            west: Degrees; where it is greater than `east` the box crosses the date line.
            north: Degrees.
            east: Degrees.
            features: Kinds of places.
            limit: So many at most.
        """
        found: dict[str, Place] = {}
        for source in self._sources:
            if isinstance(source, _File):
                for place in source.within((south, west, north, east), features, limit):
                    found.setdefault(place.id, place)
        return sorted(found.values(), key=lambda p: (-p.population, p.id))[:limit]

    def close(self) -> None:
        """Close the files; the next look-up opens them again."""
        self._cached.cache_clear()
        self._twins.clear()
        for source in self._sources:
            source.close()


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer that grounding uses: the shipped one, the own list, the user's."""
    try:
        user = user_database()
        return Gazetteer(user=user if user.exists() else None)
    except (GazetteerError, PermissionError):
        return Gazetteer()
