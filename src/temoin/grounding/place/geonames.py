"""Lines of a GeoNames dump: nineteen tab-separated columns, one place a line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from temoin.errors import GazetteerError
from temoin.grounding.place.names import key, script

__all__ = ["Row", "kept_names", "open_dump", "read_line"]

_COLUMNS = 19
_SCRIPTS = frozenset({"latin", "cyrillic", "arabic"})
#: GeoNames' feature codes and our kinds; a code is tried whole, then by its class.
_KINDS = {
    "PPLX": "suburb", "PPLQ": "ruin", "PPLW": "ruin", "PPLH": "ruin", "P": "city",
    "ADM1": "admin1", "ADM1H": "", "ADMDH": "", "ADM2": "admin2", "ADM3": "admin2",
    "ADM4": "admin2", "ADMD": "admin2",
    "STM": "river", "STMX": "river", "STMI": "river", "WAD": "river", "WADX": "river",
    "CNL": "river", "LK": "lake", "LKS": "lake", "RSV": "lake", "LGN": "lake", "SEA": "sea",
    "GULF": "sea", "BAY": "sea", "STRT": "strait",
    "MT": "mountain", "MTS": "mountain", "HLL": "mountain", "HLLS": "mountain", "PK": "mountain",
    "RDGE": "mountain", "PASS": "pass", "ISL": "island", "ISLS": "island", "VAL": "valley",
    "DSRT": "desert", "PEN": "region", "PLN": "region", "PLAT": "region", "FRST": "region",
    "RGN": "region", "AREA": "region",
    "AIRP": "airport", "AIRF": "airport", "AIRB": "base", "MILB": "base", "INSM": "base",
    "FT": "base", "CMP": "camp", "CMPRF": "camp", "CMPLA": "camp",
    "BDG": "bridge", "DAM": "facility", "OILF": "facility", "OILR": "facility", "MN": "facility",
    "PRT": "facility", "PS": "facility", "PSN": "facility", "PRN": "facility", "RD": "road",
    "RDJCT": "facility",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A place of a dump."""

    id: int
    name: str
    names: tuple[str, ...]
    latitude: float
    longitude: float
    feature: str
    country: str
    admin1: str
    population: int


def kept_names(main: str, others: list[str]) -> tuple[str, ...]:
    """The names worth an entry: letters we read, no codes, nothing very short."""
    kept = {key(main): main} if key(main) else {}
    for name in others:
        if script(name) not in _SCRIPTS or (name.isascii() and name.isupper()):
            continue
        least = 3 if script(name) == "arabic" else 4
        if len(key(name)) >= least and not key(name).isdigit():
            kept.setdefault(key(name), name)
    return tuple(kept.values())


def read_line(line: str) -> Row | None:
    """The place of a line, or None where it is of a kind that the gazetteer has no use for.

    Raises:
        ValueError: The line is not one of a dump; the message says why.
    """
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != _COLUMNS:
        message = f"{len(cells)} columns instead of {_COLUMNS}"
        raise ValueError(message)
    try:
        number, latitude, longitude = int(cells[0]), float(cells[4]), float(cells[5])
        population = int(cells[14] or 0)
    except ValueError:
        raise ValueError("the id, a coordinate or the population is no number") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        message = f"no such coordinates: {latitude}, {longitude}"
        raise ValueError(message)
    if not key(cells[1]):
        raise ValueError("no name")
    feature = _KINDS.get(cells[7], _KINDS.get(cells[6], ""))
    if not feature:
        return None
    names = kept_names(cells[1], [cells[2], *cells[3].split(",")])
    return Row(
        number, cells[1], names, latitude, longitude, feature, cells[8][:2], cells[10], population
    )


@contextmanager
def open_dump(path: Path) -> Iterator[TextIO]:
    """A dump's text, out of its .zip file if it is in one.

    Raises:
        GazetteerError: There is no such file, or no dump in the .zip file.
    """
    import io

    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8", errors="replace") as text:
                yield text
            return
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.casefold().endswith(".txt")]
            named = [n for n in names if not n.casefold().endswith("readme.txt")]
            if not named:
                message = f"{path}: no dump in it (a .txt file of 19 columns)"
                raise GazetteerError(message)
            with archive.open(named[0]) as data:
                yield io.TextIOWrapper(data, encoding="utf-8", errors="replace")
    except (OSError, zipfile.BadZipFile) as error:
        message = f"{path}: cannot be read ({error})"
        raise GazetteerError(message) from error
