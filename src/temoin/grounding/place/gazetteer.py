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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from temoin.errors import GazetteerError
from temoin.grounding.place.features import FEATURES, radius_km
from temoin.grounding.place.names import key, skeleton, stem

__all__ = ["Gazetteer", "Place", "default_gazetteer", "user_database"]

#: GeoNames' own numbers are below this; above are rows of the shipped file without one.
_OWN_NUMBERS = 200_000_000
_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Attributes:
        id: `geonames:169389`, `temoin:khasham-sy` or `user:12345`.
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
    """Where the user's own gazetteer is: `$TEMOIN_GAZETTEER`, or the user's data folder."""
    named = os.environ.get("TEMOIN_GAZETTEER")
    if named:
        return Path(named)
    home = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    folder = Path(home) if home else Path.home() / ".local" / "share"
    return folder / "temoin" / "gazetteer.sqlite"


class _File:
    """One SQLite file of the schema in `store`."""

    def __init__(self, path: Path, *, prefix: str) -> None:
        self.path = path
        self.prefix = prefix
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def _open(self) -> sqlite3.Connection:
        # A connection must not cross a fork: each process opens its own.
        if self._connection is None or self._process != os.getpid():
            try:
                self._connection = sqlite3.connect(
                    f"{self.path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
                )
                self._connection.execute("SELECT 1 FROM place LIMIT 1")
            except sqlite3.Error as error:
                raise GazetteerError(
                    f"{self.path}: not a gazetteer ({error}); delete it, or make it anew with "
                    "temoin gazetteer import"
                ) from error
            self._process = os.getpid()
        return self._connection

    def close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _place(self, row: tuple[int, str, int, int, str, str, int, int, int]) -> Place:
        number, name, latitude, longitude, country, admin1, feature, population, radius = row
        prefix = self.prefix if number < _OWN_NUMBERS else "temoin"
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


class _Own:
    """The own list: places in tab-separated files, indexed in memory on first use."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self._tables: dict[str, dict[str, list[Place]]] | None = None

    def _rows(self) -> Iterator[Place]:
        for file in sorted(self.folder.iterdir(), key=lambda f: f.name):
            if not file.name.endswith(".tsv"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if not line.strip() or line.startswith("#"):
                    continue
                yield own_place(line, where=f"{file.name}:{number}")

    def _load(self) -> dict[str, dict[str, list[Place]]]:
        if self._tables is None:
            tables: dict[str, dict[str, list[Place]]] = {"name": {}, "stem": {}, "skeleton": {}}
            forms: tuple[tuple[str, Callable[[str], str]], ...] = (
                ("name", key), ("stem", stem), ("skeleton", skeleton),
            )  # fmt: skip
            for place in self._rows():
                for table, form in forms:
                    for written in sorted({form(alias) for alias in place.aliases} - {""}):
                        tables[table].setdefault(written, []).append(place)
            self._tables = tables
        return self._tables

    def find(self, table: str, wanted: str) -> list[Place]:
        return self._load()[table].get(wanted, [])

    def starting(self, prefix: str, limit: int) -> list[Place]:
        found = {
            place.id: place
            for written, places in self._load()["name"].items()
            if written.startswith(prefix)
            for place in places
        }
        return list(found.values())[:limit]

    def close(self) -> None:
        self._tables = None


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
        raise GazetteerError(f"{where}: not a place: {line!r} ({error})") from error
    if feature not in FEATURES or not (-90 <= north <= 90 and -180 <= east <= 180):  # noqa: PLR2004
        raise GazetteerError(f"{where}: unknown feature or impossible coordinates: {line!r}")
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
            raise GazetteerError(f"{shipped}: the gazetteer is missing; reinstall temoin")
        self._sources: list[_Own | _File] = [_Own(own or data / "own")]
        if user is not None and user.exists():
            self._sources.append(_File(user, prefix="user"))
        self._sources.append(_File(shipped, prefix="geonames"))
        self._cached = lru_cache(maxsize=_CACHED)(self._find)

    def _find(self, table: str, wanted: str) -> tuple[Place, ...]:
        found: dict[str, Place] = {}
        for source in self._sources:
            for place in source.find(table, wanted):
                found.setdefault(place.id.partition(":")[2], place)
        return tuple(found.values())

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place of that name, spelt alike but for case, accents, hyphens, articles."""
        wanted = key(name)
        return self._cached("name", wanted) if wanted else ()

    def lookup_inflected(self, name: str) -> tuple[Place, ...]:
        """Every place whose Cyrillic name is the same without case endings."""
        wanted = stem(name)
        return self._cached("stem", wanted) if wanted else ()

    def lookup_alike(self, name: str) -> tuple[Place, ...]:
        """Every place whose name has the same consonants; compare before you believe."""
        wanted = skeleton(name)
        return self._cached("skeleton", wanted) if len(wanted) > 2 else ()  # noqa: PLR2004

    def search(self, name: str, *, limit: int = 20) -> list[Place]:
        """Places for a person to choose from: exact names first, then beginnings, by population."""
        found: dict[str, Place] = {}

        def add(places: Iterable[Place]) -> None:
            for place in sorted(places, key=lambda p: (-p.population, p.id)):
                found.setdefault(place.id, place)

        add(self.lookup(name))
        add(self.lookup_inflected(name))
        if len(found) < limit and key(name):
            for source in self._sources:
                add(source.starting(key(name), limit))
        if not found:
            add(self.lookup_alike(name))
        return list(found.values())[:limit]

    def close(self) -> None:
        """Close the files; the next look-up opens them again."""
        self._cached.cache_clear()
        for source in self._sources:
            source.close()


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer that grounding uses: the shipped one, the own list, the user's."""
    return Gazetteer(user=user_database())
