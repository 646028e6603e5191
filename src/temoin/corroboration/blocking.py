"""Which claims are worth comparing: near in time, near in place, of one family.

Every claim has a home cell of H3, fine (about 22 km across an edge) where its place is
known closely, coarse (about 150 km) besides; it looks for others in the cells that its
radius reaches, within a few days of its own. Besides, claims meet whose documents name
the same place: some have no place, and some are put wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import h3
import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.families import families
from temoin.corroboration.table import Ints, Table

__all__ = ["candidate_pairs"]

_FINE, _COARSE = 4, 2
#: Kilometres between the centres of neighbouring cells.
_FINE_KM, _COARSE_KM = 39.0, 275.0
#: From this radius a place is a region; from the next it says too little to look around.
_REGION_KM, _COUNTRY_KM = 30.0, 260.0
#: Reports differ by a village and a day or two where they contradict each other.
_SLACK_KM, _SLACK_DAYS = 25.0, 3
#: Most pairs that one claim may start: a crowded day of a capital must not square.
_MOST = 400
#: A name, or no place at all, that brings together more than this tells nothing.
_CROWD = 150
#: A home that lasts longer than this is found by its last days only.
_LONGEST = 45
_DAY_BITS = 21
_SECOND = np.int64(1) << 32


def candidate_pairs(table: Table, *, days: int = _SLACK_DAYS) -> tuple[Ints, Ints]:
    """Rows of the claims to compare, each pair once, the smaller row first.

    Args:
        table: The claims.
        days: How many days apart the days of a pair may be told.
    """
    found = [pair for key in _keys(table) for pair in _within(table, *key, days=days)]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    pairs = np.unique(np.concatenate(found))
    return pairs >> 32, pairs & (_SECOND - 1)


Key = tuple[Ints, Ints, Ints, Ints, int]


def _keys(table: Table) -> Iterator[Key]:
    """Home rows and their keys, asking rows and theirs, one family after the other."""
    placed = table["placed"] > 0
    radius = table["radius"]
    fine_home = np.zeros(len(table), dtype=np.int64)
    coarse_home = np.zeros(len(table), dtype=np.int64)
    rows_fine: list[int] = []
    cells_fine: list[int] = []
    rows_coarse: list[int] = []
    cells_coarse: list[int] = []
    for row in np.flatnonzero(placed & (radius < _COUNTRY_KM)).tolist():
        at = (round(float(table["latitude"][row]), 3), round(float(table["longitude"][row]), 3))
        reach = float(radius[row])
        coarse_home[row] = _cell(*at, _COARSE)
        if reach < _REGION_KM:
            fine_home[row] = _cell(*at, _FINE)
            near = _around(int(fine_home[row]), 1)
            rows_fine.extend([row] * len(near))
            cells_fine.extend(near)
        else:
            near = _around(int(coarse_home[row]), 1)
            rows_coarse.extend([row] * len(near))
            cells_coarse.extend(near)
    asking = (
        (fine_home, np.array(rows_fine, np.int64), np.array(cells_fine, np.int64)),
        (coarse_home, np.array(rows_coarse, np.int64), np.array(cells_coarse, np.int64)),
    )
    for number, _ in enumerate(families()):
        member = (table["family"] & np.int64(1 << number)) != 0
        for home, rows, cells in asking:
            homes = np.flatnonzero(member & (home != 0))
            asks = member[rows]
            yield homes, home[homes], rows[asks], cells[asks], _MOST
        yield from _by_names(table, member)
        yield _lost(table, member)


def _by_names(table: Table, member: NDArray[np.bool_]) -> Iterator[Key]:
    """Claims meet in documents that name the same place, wherever each of them is put.

    For claims without a place, and those whose place was read wrongly in one report.
    """
    rows = np.flatnonzero(member)
    names = table["names"].astype(np.int64)[rows]
    every = np.repeat(rows, names.shape[1])
    keys = names.ravel()
    every, keys = every[keys != 0], keys[keys != 0]
    yield every, keys, every, keys, _CROWD


def _lost(table: Table, member: NDArray[np.bool_]) -> Key:
    """Claims without any place meet all of their family, where those are few."""
    rows = np.flatnonzero(member & (table["placed"] == 0))
    every = np.flatnonzero(member)
    return every, np.ones_like(every), rows, np.ones_like(rows), _CROWD


def _within(
    table: Table, homes: Ints, home_keys: Ints, rows: Ints, keys: Ints, most: int, *, days: int
) -> Iterator[Ints]:
    """Pairs of a row that asks and a home with the same key and days near enough."""
    if not homes.size or not rows.size:
        return
    first, last = table["since"].astype(np.int64), table["until"].astype(np.int64)
    _, codes = np.unique(np.concatenate([home_keys, keys]), return_inverse=True)
    codes = codes.astype(np.int64) << _DAY_BITS
    # Sorted by key and last day; a home that lasts long is found by its last day, so the
    # window is widened by the longest stay, and the days are checked afterwards.
    home_sort = codes[: homes.size] + last[homes]
    order = np.argsort(home_sort, kind="stable")
    sorted_homes, sorted_keys = homes[order], home_sort[order]
    longest = int(min((last[homes] - first[homes]).max(initial=0), _LONGEST))
    base = codes[homes.size :]
    low = np.searchsorted(sorted_keys, base + np.maximum(first[rows] - days, 0), side="left")
    high = np.searchsorted(
        sorted_keys,
        base + np.minimum(last[rows] + days + longest, (1 << _DAY_BITS) - 1),
        side="right",
    )
    many = high - low
    many[many > most] = 0 if most == _CROWD else most
    for start in range(0, rows.size, 500_000):
        part = slice(start, start + 500_000)
        size = many[part]
        total = int(size.sum())
        if not total:
            continue
        ends = np.cumsum(size)
        step = np.arange(total) - np.repeat(ends - size, size)
        other = sorted_homes[np.repeat(low[part], size) + step]
        row = np.repeat(rows[part], size)
        near = (row != other) & (
            np.maximum(first[row], first[other]) - np.minimum(last[row], last[other]) <= days
        )
        a, b = np.minimum(row, other)[near], np.maximum(row, other)[near]
        yield np.unique((a << 32) | b)


@lru_cache(maxsize=262144)
def _cell(latitude: float, longitude: float, resolution: int) -> int:
    return int(h3.str_to_int(h3.latlng_to_cell(latitude, longitude, resolution)))


@lru_cache(maxsize=65536)
def _around(cell: int, rings: int) -> tuple[int, ...]:
    return tuple(int(h3.str_to_int(c)) for c in h3.grid_disk(h3.int_to_str(cell), rings))
