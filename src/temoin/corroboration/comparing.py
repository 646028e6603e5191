"""How alike two claims are, field by field: each comparison gives one of a few levels.

The levels of each comparison, in the order of their numbers, stand in `LEVELS`; what
each is worth is data (`data/model.toml`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.table import Column, Ints, Table

__all__ = [
    "CAUSE",
    "FIT",
    "LEVELS",
    "Levels",
    "Weights",
    "compare",
    "compare_causes",
    "compare_fit",
]

Levels = NDArray[np.int8]
Weights = NDArray[np.float32]
_Bools = NDArray[np.bool_]

LEVELS: dict[str, tuple[str, ...]] = {
    "type": ("related type", "same type"),
    "certainty": ("one is planned", "both planned or both told"),
    "polarity": ("both affirmed", "one denied", "both denied"),
    "time": (
        "unknown",
        "same day",
        "days overlap",
        "one day apart",
        "further apart",
        "assumed days overlap",
        "assumed days possible",
        "assumed days apart",
    ),
    "place": (
        "unknown",
        "same place",
        "within both radii",
        "within 15 km",
        "within 60 km",
        "further apart",
        "assumed place near",
        "assumed place apart",
    ),
    "actors": (
        "unknown",
        "same known actor",
        "same words",
        "same side",
        "other known actor",
        "other side",
    ),
    "targets": (
        "unknown",
        "same known target",
        "same words",
        "a word in common",
        "same side",
        "nothing in common",
        "other side",
    ),
    "equipment": ("unknown", "same type", "same class", "other"),
    "quantities": ("unknown", "same", "ranges overlap", "within a half", "further apart"),
    "trigger": ("other word", "same word", "alike", "other language"),
    "sentence": (
        "nothing in common",
        "little in common",
        "some words",
        "many words",
        "nearly the same",
    ),
    "scene": ("nothing told", "nothing in common", "little in common", "much in common"),
    "document": (
        "same sentence",
        "same document",
        "same document, taken up again",
        "same document, other figure",
        "copied document",
        "nothing in common",
        "some names",
        "many names",
        "most names",
    ),
    "cause": ("unknown", "same incident", "other incident"),
    "fit": ("unknown", "same report", "best of both", "best of one", "others fit better"),
}
#: Columns that a first round cannot fill.
CAUSE, FIT = list(LEVELS).index("cause"), list(LEVELS).index("fit")
_EARTH_KM = 6371.0


def compare(table: Table, a: Ints, b: Ints, *, chunk: int = 200_000) -> Levels:
    """The level of each comparison (columns, in the order of `LEVELS`) of each pair (rows).

    What needs a first round of linking (`CAUSE`, `FIT`) stays unknown.

    Args:
        table: The claims.
        a: Rows of the first claims.
        b: Rows of the second claims.
        chunk: How many pairs are held at once.
    """
    levels = np.zeros((a.size, len(LEVELS)), dtype=np.int8)
    for start in range(0, a.size, chunk):
        part = slice(start, start + chunk)
        for column, level in enumerate(_COMPARISONS.values()):
            levels[part, column] = level(table, a[part], b[part])
    return levels


def compare_causes(table: Table, a: Ints, b: Ints, incident_of: Ints) -> Levels:
    """The levels of `CAUSE`, by the incidents that a round of linking gave the causes."""
    return _cause(table, a, b, incident_of)


def compare_fit(table: Table, a: Ints, b: Ints, weights: Weights) -> Levels:
    """The levels of `FIT`: each pair against its rivals.

    Rivals are the other pairs of either claim with the other's report. Reports of one event
    tell it once or twice: that nothing else fits says much.

    Args:
        table: The claims.
        a: Rows of the first claims.
        b: Rows of the second claims.
        weights: What the other fields weigh.
    """
    document = table["document"].astype(np.int64)
    keys = np.concatenate([a << 32 | document[b], b << 32 | document[a]])
    _, group = np.unique(keys, return_inverse=True)
    twice = np.concatenate([weights, weights])
    best = np.full(group.max(initial=-1) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, group, twice)
    near = twice >= best[group] - 0.5
    first, second = near[: a.size], near[a.size :]
    return _choose(
        (document[a] == document[b], 1), (first & second, 2), (first | second, 3), otherwise=4
    )


def _choose(*cases: tuple[_Bools, int], otherwise: int = 0) -> Levels:
    return np.select([case for case, _ in cases], [level for _, level in cases], otherwise).astype(
        np.int8
    )


def _type(table: Table, a: Ints, b: Ints) -> Levels:
    return _choose((table["type"][a] == table["type"][b], 1))


def _certainty(table: Table, a: Ints, b: Ints) -> Levels:
    return _choose((table["planned"][a] == table["planned"][b], 1))


def _polarity(table: Table, a: Ints, b: Ints) -> Levels:
    denied = table["denied"]
    return _choose((denied[a] & denied[b], 2), (denied[a] | denied[b], 1))


def _time(table: Table, a: Ints, b: Ints) -> Levels:
    first, last = table["first"], table["last"]
    known = (last[a] > 0) & (last[b] > 0)
    own = table["days_own"][a] & table["days_own"][b]
    gap = np.maximum(first[a], first[b]) - np.minimum(last[a], last[b])
    since, until = table["since"], table["until"]
    possible = np.maximum(since[a], since[b]) - np.minimum(until[a], until[b])
    same = (np.abs(first[a] - first[b]) + np.abs(last[a] - last[b])) == 0
    short = (last[a] - first[a]) <= 1
    return _choose(
        (~known, 0),
        (own & same & short, 1),
        (own & (gap <= 0), 2),
        (own & (gap <= 1), 3),
        (own, 4),
        (gap <= 0, 5),
        (possible <= 0, 6),
        otherwise=7,
    )


def kilometres(table: Table, a: Ints, b: Ints) -> NDArray[np.float32]:
    """Great-circle distance between the places of each pair."""
    lat_a, lat_b = np.radians(table["latitude"][a]), np.radians(table["latitude"][b])
    lon = np.radians(table["longitude"][a] - table["longitude"][b])
    half = np.sin((lat_a - lat_b) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(lon / 2) ** 2
    apart: NDArray[np.float32] = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return apart


def _place(table: Table, a: Ints, b: Ints) -> Levels:
    placed = table["placed"]
    known = (placed[a] > 0) & (placed[b] > 0)
    own = (placed[a] == 2) & (placed[b] == 2)
    apart = kilometres(table, a, b)
    radii = table["radius"][a] + table["radius"][b]
    named = table["place_id"][a] == table["place_id"][b]
    same = (named & (table["place_id"][a] != 0)) | (apart < 2.0)
    return _choose(
        (~known, 0),
        (own & same & (radii < 60), 1),
        (own & (apart <= radii), 2),
        (own & (apart <= radii + 15), 3),
        (own & (apart <= radii + 60), 4),
        (own, 5),
        (apart <= radii + 15, 6),
        otherwise=7,
    )


def _shared(left: Column, right: Column) -> _Bools:
    """Whether two rows of codes have one in common; 0 is no code."""
    return _some((left[:, :, None] == right[:, None, :]) & (left[:, :, None] != 0))


def _some(found: Column) -> _Bools:
    """Whether anything is found in each row."""
    return np.asarray(found.any(axis=(1, 2)), dtype=np.bool_)


def _ones(bits: Column) -> Ints:
    """How many bits of each row are set."""
    count: Ints = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    return count


def _alike(left: Column, right: Column) -> NDArray[np.float64]:
    """Dice's coefficient of two rows of bitmaps; 0 where either is empty."""
    total = _ones(left) + _ones(right)
    return np.where(total > 0, 2 * _ones(left & right) / np.maximum(total, 1), 0.0)


def _actors(table: Table, a: Ints, b: Ints) -> Levels:
    ids, sides, bits = table["actors"], table["actor_sides"], table["actor_words"]
    named = (ids[a] != 0).any(axis=1) & (ids[b] != 0).any(axis=1)
    sided = (sides[a] != 0) & (sides[b] != 0)
    return _choose(
        (_shared(ids[a], ids[b]), 1),
        (_alike(bits[a], bits[b]) >= 0.6, 2),
        (named, 4),
        (sided & ((sides[a] & sides[b]) != 0), 3),
        (sided, 5),
    )


def _targets(table: Table, a: Ints, b: Ints) -> Levels:
    ids, sides, bits = table["targets"], table["target_sides"], table["target_words"]
    there = (_ones(bits[a]) > 0) & (_ones(bits[b]) > 0)
    sided = (sides[a] != 0) & (sides[b] != 0)
    alike = _alike(bits[a], bits[b])
    return _choose(
        (_shared(ids[a], ids[b]), 1),
        (alike >= 0.6, 2),
        (alike >= 0.25, 3),
        (sided & ((sides[a] & sides[b]) != 0), 4),
        (sided, 6),
        (there, 5),
    )


def _equipment(table: Table, a: Ints, b: Ints) -> Levels:
    ids, kinds = table["things"], table["thing_kinds"]
    known = (kinds[a] != 0).any(axis=1) & (kinds[b] != 0).any(axis=1)
    return _choose((_shared(ids[a], ids[b]), 1), (_shared(kinds[a], kinds[b]), 2), (known, 3))


def _quantities(table: Table, a: Ints, b: Ints) -> Levels:
    of, low, high = table["count_of"], table["low"], table["high"]
    paired = (of[a][:, :, None] == of[b][:, None, :]) & (of[a][:, :, None] != 0)
    low_a, high_a = low[a][:, :, None], high[a][:, :, None]
    low_b, high_b = low[b][:, None, :], high[b][:, None, :]
    same = paired & (low_a == low_b) & (high_a == high_b)
    overlap = paired & (low_a <= high_b) & (low_b <= high_a)
    close = paired & (1.5 * np.minimum(high_a, high_b) >= np.maximum(low_a, low_b))

    return _choose((_some(same), 1), (_some(overlap), 2), (_some(close), 3), (_some(paired), 4))


def _trigger(table: Table, a: Ints, b: Ints) -> Levels:
    bits = table["trigger_bits"]
    return _choose(
        (table["trigger"][a] == table["trigger"][b], 1),
        (_alike(bits[a], bits[b]) >= 0.5, 2),
        (table["language"][a] != table["language"][b], 3),
    )


def _sentence(table: Table, a: Ints, b: Ints) -> Levels:
    alike = _alike(table["sentence"][a], table["sentence"][b])
    return np.digitize(alike, [0.1, 0.2, 0.35, 0.6]).astype(np.int8)


def _scene(table: Table, a: Ints, b: Ints) -> Levels:
    words = table["scene"]
    told = (_ones(words[a]) > 0) & (_ones(words[b]) > 0)
    alike = _alike(words[a], words[b])
    return _choose((~told, 0), (alike >= 0.4, 3), (alike >= 0.15, 2), otherwise=1)


def _document(table: Table, a: Ints, b: Ints) -> Levels:
    context = table["context"]
    bare = (table["placed"] < 2) & ~table[
        "days_own"
    ]  # "these shots": where and when is told before
    least = np.minimum(_ones(context[a]), _ones(context[b]))
    share = _ones(context[a] & context[b]) / np.maximum(least, 1)
    within = table["document"][a] == table["document"][b]
    return _choose(
        (table["sentence_id"][a] == table["sentence_id"][b], 0),
        # One report that counts two numbers of dead mostly means two events.
        (within & (_quantities(table, a, b) >= 3), 3),
        (within & (bare[a] != bare[b]), 2),
        (within, 1),
        (table["group"][a] == table["group"][b], 4),
        (share >= 0.75, 8),
        (share >= 0.5, 7),
        (share >= 0.25, 6),
        otherwise=5,
    )


def _cause(table: Table, a: Ints, b: Ints, incident_of: Ints) -> Levels:
    cause = table["cause"].astype(np.int64)
    known = (cause[a] >= 0) & (cause[b] >= 0)
    # Row -1 is never read as a cause: `known` masks it.
    same = incident_of[cause[a]] == incident_of[cause[b]]
    return _choose((~known, 0), (same, 1), otherwise=2)


_COMPARISONS: dict[str, Callable[[Table, Ints, Ints], Levels]] = {
    "type": _type,
    "certainty": _certainty,
    "polarity": _polarity,
    "time": _time,
    "place": _place,
    "actors": _actors,
    "targets": _targets,
    "equipment": _equipment,
    "quantities": _quantities,
    "trigger": _trigger,
    "sentence": _sentence,
    "scene": _scene,
    "document": _document,
}
