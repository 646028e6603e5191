"""The types and classes of equipment, and the words that name them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from temoin.errors import TemoinError
from temoin.grounding.actors.lexicon import LANGUAGES, Vocabulary, parse, spoken
from temoin.grounding.actors.store import NameIndex, name_index, user_file, user_rows

__all__ = [
    "Class",
    "Equipment",
    "EquipmentWords",
    "classes",
    "equipment",
    "forget",
    "index",
    "service",
    "vocabulary",
]

_DATA = resources.files("temoin.grounding.equipment") / "data"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of equipment; `data/classes.toml` says what its marks mean."""

    id: str
    label: str
    weight: int
    arms: bool
    service: str | None = None
    platform: bool = False
    munition: bool = False
    gun: bool = False


@dataclass(frozen=True, slots=True)
class Equipment:
    """A type of equipment.

    Attributes:
        id: Its key, e.g. su-25.
        name: e.g. Su-25.
        kind: Id of its class.
        origin: ISO 3166-1 alpha-2 of the country that made it first; SU and YU are
            the reserved codes of the Soviet Union and Yugoslavia.
        caliber: Millimetres, or None.
        aliases: As the table has them.
    """

    id: str
    name: str
    kind: str
    origin: str | None
    caliber: float | None
    aliases: tuple[str, ...]


@dataclass(slots=True)
class EquipmentWords:
    """One language's words: of classes, and of where something is made."""

    classes: Vocabulary[str]
    made: Vocabulary[bool]


@lru_cache(maxsize=1)
def classes() -> dict[str, Class]:
    """All classes by id."""
    with (_DATA / "classes.toml").open("rb") as file:
        data: dict[str, dict[str, Any]] = tomllib.load(file)
    return {name: Class(name, **values) for name, values in data.items()}


def service(kind: str) -> str | None:
    """Class of the force that has such equipment (army, air_force, navy), if it tells one."""
    return classes()[kind].service


@lru_cache(maxsize=1)
def equipment() -> dict[str, Equipment]:
    """All types by id, the user's own over the shipped ones."""
    path = user_file("equipment.tsv")
    found = {row["id"]: _read(row, table) for table, row in shipped()}
    for row in user_rows(path, required=("id", "name", "class")):
        found[row["id"]] = _read(row, str(path))
    return found


def forget() -> None:
    """Read the user's table anew at the next look-up."""
    for cached in (user_file, equipment, index):
        cached.cache_clear()


@lru_cache(maxsize=16)
def index(language: str) -> NameIndex:
    """The names of all types that hold in a language."""
    return name_index(equipment().values(), language)


@lru_cache(maxsize=len(LANGUAGES))
def vocabulary(language: str) -> EquipmentWords:
    """The words of one language."""
    with (_DATA / "words" / f"{spoken(language)}.toml").open("rb") as file:
        data = tomllib.load(file)
    found = EquipmentWords(Vocabulary(), Vocabulary())
    for name, phrases in data["classes"].items():
        for phrase in phrases:
            found.classes.add(phrase, name)
    for phrase in data["made"]:
        found.made.add(phrase, value=True)
    return found


def shipped() -> Iterator[tuple[str, dict[str, str]]]:
    """Every row of the shipped tables with the name of its table."""
    for table in sorted((_DATA / "types").iterdir(), key=lambda item: item.name):
        if table.name.endswith(".tsv"):
            for row in parse(table.read_text(encoding="utf-8").splitlines()):
                yield table.name, row


def _read(row: dict[str, str], source: str) -> Equipment:
    if row["class"] not in classes():
        message = (
            f"{source}: {row['id']}: {row['class']!r} is no class of equipment; known are "
            f"{', '.join(sorted(classes()))}"
        )
        raise TemoinError(message)
    try:
        caliber = float(row["caliber_mm"]) if row.get("caliber_mm") else None
    except ValueError as error:
        message = f"{source}: {row['id']}: {row['caliber_mm']!r} is no caliber in millimetres"
        raise TemoinError(message) from error
    return Equipment(
        id=row["id"],
        name=row["name"],
        kind=row["class"],
        origin=row.get("origin") or None,
        caliber=caliber,
        aliases=tuple(filter(None, (row.get("aliases") or "").split("|"))),
    )
