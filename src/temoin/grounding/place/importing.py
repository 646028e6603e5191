"""The user's own gazetteer: places of GeoNames dumps, kept beside the shipped ones."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from temoin.errors import GazetteerError
from temoin.grounding.place.features import radius_km
from temoin.grounding.place.geonames import Row, open_dump, read_line
from temoin.grounding.place.store import SCHEMA, add_place

__all__ = ["Imported", "import_dump"]

_NAMES = ("name", "stem", "skeleton")
#: So many broken lines are kept with their reasons; a file of another kind has thousands.
_TOLD = 100


@dataclass(slots=True)
class Imported:
    """What an import did.

    Attributes:
        places: Places that were added or replaced.
        skipped: Lines of kinds that the gazetteer has no use for (schools, wells, ...).
        broken: How many lines could not be read.
        faults: Number and reason of the first hundred of them.
    """

    places: int = 0
    skipped: int = 0
    broken: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, number: int, reason: str) -> None:
        """Note a broken line."""
        self.broken += 1
        if len(self.faults) < _TOLD:
            self.faults.append((number, reason))


def import_dump(path: Path, target: Path) -> Imported:
    """Add the places of a GeoNames dump to a gazetteer's file.

    A line that cannot be read is told with its number, and the rest goes on. A place
    that is there already is replaced, so a newer dump may follow an older one.

    Args:
        path: The dump (`SY.txt`, `SY.zip`, `allCountries.zip`), nineteen columns.
        target: The SQLite file to add to; made if it is not there.

    Raises:
        GazetteerError: The dump cannot be read or has no place, or the file cannot
            be written.
    """
    done = Imported()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(target)
    except (OSError, sqlite3.Error) as error:
        message = f"{target}: cannot be written ({error})"
        raise GazetteerError(message) from error
    try:
        database.executescript(SCHEMA)
        for table in _NAMES:
            database.execute(f"CREATE INDEX IF NOT EXISTS {table}_place ON {table} (place)")
        with open_dump(path) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    row = read_line(line)
                except ValueError as error:
                    done.fault(number, str(error))
                    continue
                if row is None:
                    done.skipped += 1
                    continue
                _add(database, row)
                done.places += 1
        if not done.places:
            message = f"{path}: no place in it; is it a GeoNames dump of 19 columns?"
            raise GazetteerError(message)
        database.commit()
    except sqlite3.Error as error:
        message = f"{target}: cannot be written ({error})"
        raise GazetteerError(message) from error
    finally:
        database.close()
    return done


def _add(database: sqlite3.Connection, row: Row) -> None:
    for table in _NAMES:
        # An older import may have given the place names that it no longer has.
        database.execute(f"DELETE FROM {table} WHERE place = ?", (row.id,))  # noqa: S608
    add_place(
        database, id=row.id, name=row.name, latitude=row.latitude, longitude=row.longitude,
        country=row.country, admin1=row.admin1, feature=row.feature, population=row.population,
        radius=radius_km(row.feature, row.population), names=row.names,
    )  # fmt: skip
