"""The tables that all codebooks share: kinds, weapons, countries, what makes an incident."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

__all__ = ["Bundling", "Country", "bundling", "countries", "groups_of_kinds", "weapon_families"]

_DATA = resources.files("temoin.codebooks") / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A country's codes and regions; empty where they are not known here.

    Attributes:
        iso2: ISO 3166-1 alpha-2.
        iso3: ISO 3166-1 alpha-3.
        numeric: ISO 3166-1 numeric.
        acled_region: ACLED's region of the world.
        ucdp_region: UCDP's.
        gw: Gleditsch and Ward's number.
        cow: The Correlates of War number.
    """

    iso2: str
    iso3: str
    numeric: int | None
    acled_region: str
    ucdp_region: str
    gw: int | None
    cow: int | None


@dataclass(frozen=True, slots=True)
class Bundling:
    """What `data/bundling.toml` says; the types of events are by name."""

    deeds: frozenset[str]
    consequences: frozenset[str]
    fights: frozenset[str]
    aftermath: frozenset[str]
    precedence: tuple[str, ...]
    within_km: float


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Every country by its ISO code of two letters."""
    found = {}
    lines = (_DATA / "countries.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if not line.startswith("#")][1:]:
        iso2, iso3, numeric, acled, ucdp, gw, cow = line.split("\t")
        found[iso2] = Country(iso2, iso3, _number(numeric), acled, ucdp, _number(gw), _number(cow))
    return found


@lru_cache(maxsize=1)
def groups_of_kinds() -> Mapping[str, str]:
    """By kind of actor the group that rules ask for: state, nonstate, civilian, ..."""
    return _inverted("groups")


@lru_cache(maxsize=1)
def weapon_families() -> Mapping[str, str]:
    """By class of equipment the family that rules ask for: artillery, firearms, ..."""
    return _inverted("weapons")


@lru_cache(maxsize=1)
def bundling() -> Bundling:
    """What makes several events one incident."""
    data = tomllib.loads((_DATA / "bundling.toml").read_text(encoding="utf-8"))
    return Bundling(
        deeds=frozenset(data["deeds"]),
        consequences=frozenset(data["consequences"]),
        fights=frozenset(data["fights"]),
        aftermath=frozenset(data["aftermath"]),
        precedence=tuple(data["precedence"]),
        within_km=data["within_km"],
    )


def _inverted(table: str) -> Mapping[str, str]:
    data = tomllib.loads((_DATA / "kinds.toml").read_text(encoding="utf-8"))[table]
    return {member: name for name, members in data.items() for member in members}


def _number(text: str) -> int | None:
    return int(text) if text else None
