"""Search by name over the tables of actors and equipment, in whatever language or script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from temoin.grounding.actors.store import Actor, actors
from temoin.grounding.actors.words import words

__all__ = ["Named", "names_of", "search", "search_actors"]

#: How good a match is: the whole name, its beginning, words of it.
_WHOLE, _BEGINNING, _WORDS = 0, 1, 2


class Named(Protocol):
    """What can be searched: it has an id, a name and aliases with their languages."""

    @property
    def id(self) -> str:
        """Its key."""
        ...

    @property
    def name(self) -> str:
        """Its canonical name."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names, as the tables have them."""
        ...


T = TypeVar("T", bound=Named)


def search_actors(name: str, *, limit: int = 20) -> list[Actor]:
    """The actors that bear a name, the best matches first."""
    return search(name, actors().values(), limit=limit)


def search(name: str, table: Iterable[T], *, limit: int) -> list[T]:
    """The rows of a table that bear a name: whole, at its beginning, or some words of it."""
    wanted = _level(name)
    if not wanted and not name.strip():
        return []
    ranked: list[tuple[int, str, T]] = []
    for row in table:
        best = min((_match(wanted, name, known) for known in names_of(row)), default=None)
        if best is not None and best <= _WORDS:
            ranked.append((best, row.name, row))
    ranked.sort(key=lambda found: found[:2])
    return [row for _, _, row in ranked[:limit]]


def names_of(row: Named) -> Iterator[str]:
    """Every name of a row, without marks of language and doubt."""
    yield row.id
    yield row.name
    for alias in row.aliases:
        prefix, colon, name = alias.partition(":")
        yield (name if colon and len(prefix) == 2 else alias).rstrip("?")


def _match(wanted: tuple[str, ...], name: str, known: str) -> int:
    if known.casefold() == name.strip().casefold():
        return _WHOLE
    found = _level(known)
    if not wanted or not found:
        return _WORDS + 1
    if found == wanted:
        return _WHOLE
    if found[: len(wanted)] == wanted:
        return _BEGINNING
    if all(any(word.startswith(part) for word in found) for part in wanted):
        return _WORDS
    return _WORDS + 1


def _level(name: str) -> tuple[str, ...]:
    return tuple(word.forms[-1] for word in words(name))
