"""Families of event types: which types two reports may give to one event."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from temoin.record import EventType

__all__ = ["families", "families_of"]


@lru_cache(maxsize=1)
def families() -> dict[str, tuple[EventType, ...]]:
    """Each family with its types, as the data file lists them."""
    text = resources.files(__package__).joinpath("data/families.toml").read_text("utf-8")
    table = tomllib.loads(text)["families"]
    return {name: tuple(EventType(each) for each in types) for name, types in table.items()}


@lru_cache(maxsize=64)
def families_of(type_: EventType) -> tuple[str, ...]:
    """The families of one type, in the order of the data file."""
    return tuple(name for name, types in families().items() if type_ in types)
