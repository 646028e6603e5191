"""Claims as columns: what is compared, as numpy arrays, so that a million fit and are quick.

Words become codes of one vocabulary, sets of words become bitmaps. The same code
serves three claims and a million.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.claims import Claim, Count, Party
from temoin.corroboration.families import families, families_of
from temoin.corroboration.words import root, stems, words
from temoin.record import EventType

__all__ = ["NAMES", "Column", "Ints", "Table", "side_of", "tabulate", "telling"]

Ints = NDArray[np.int64]
Column = NDArray[Any]

_TYPES = {type_: code for code, type_ in enumerate(EventType)}
_FAMILIES = {name: 1 << at for at, name in enumerate(families())}
_PARTIES, _THINGS, _COUNTS = 4, 3, 5
_WIDE, _NARROW = 256, 128
#: How many names of its document a claim is found by.
NAMES = 16
_NO_DAY = 0
#: How far before its report an event without days of its own may lie.
_LOOKING_BACK = 21


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Claims column by column; row `n` of every array is the claim `ids[n]`."""

    ids: list[str]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        """How many claims there are."""
        return len(self.ids)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]


def tabulate(claims: Iterable[Claim], *, groups: Mapping[str, str] | None = None) -> Table:
    """Put claims into columns; each is read once and may be let go.

    Args:
        claims: The claims.
        groups: Copy group of each document; without it, every document stands alone.
    """
    code = _Codes()
    ids: list[str] = []
    rows: list[tuple[object, ...]] = []
    chunks: list[dict[str, Column]] = []
    for claim in claims:
        ids.append(claim.id)
        rows.append(_row(claim, code, (groups or {}).get(claim.document, claim.document)))
        if len(rows) == 100_000:
            chunks.append(_columns(rows))
            rows = []
    chunks.append(_columns(rows))
    columns = {name: np.concatenate([chunk[name] for chunk in chunks]) for name, _, _ in _LAYOUT}
    # A cause is named by its claim's id, which may come later in the list.
    at = {code[id_]: row for row, id_ in enumerate(ids)}
    named = columns["cause"]
    columns["cause"] = np.array([at.get(int(c), -1) if c else -1 for c in named], dtype=np.int64)
    return Table(ids, columns)


class _Codes(dict[str, int]):
    """A number for each word, from 1 in the order of appearance; 0 says none."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self) + 1
        return number


#: Name, type and width of each column; a width of 0 is a single value.
_LAYOUT: tuple[tuple[str, type, int], ...] = (
    ("type", np.int16, 0),
    ("family", np.int64, 0),
    ("planned", np.bool_, 0),
    ("denied", np.bool_, 0),
    ("document", np.int32, 0),
    ("group", np.int32, 0),
    ("language", np.int16, 0),
    ("sentence_id", np.int32, 0),
    ("first", np.int32, 0),
    ("last", np.int32, 0),
    ("days_own", np.bool_, 0),
    ("since", np.int32, 0),
    ("until", np.int32, 0),
    ("latitude", np.float32, 0),
    ("longitude", np.float32, 0),
    ("radius", np.float32, 0),
    ("placed", np.int8, 0),
    ("place_id", np.int32, 0),
    ("actors", np.int32, _PARTIES),
    ("actor_sides", np.int8, 0),
    ("actor_words", np.uint8, _NARROW // 8),
    ("targets", np.int32, _PARTIES),
    ("target_sides", np.int8, 0),
    ("target_words", np.uint8, _NARROW // 8),
    ("things", np.int32, _THINGS),
    ("thing_kinds", np.int32, _THINGS),
    ("count_of", np.int32, _COUNTS),
    ("low", np.float32, _COUNTS),
    ("high", np.float32, _COUNTS),
    ("trigger", np.int32, 0),
    ("trigger_bits", np.uint8, _NARROW // 8),
    ("sentence", np.uint8, _WIDE // 8),
    ("context", np.uint8, _NARROW // 8),
    ("scene", np.uint8, _NARROW // 8),
    ("names", np.int32, NAMES),
    ("cause", np.int64, 0),
)


def _columns(rows: list[tuple[object, ...]]) -> dict[str, Column]:
    made: dict[str, Column] = {}
    by_column = list(zip(*rows, strict=True)) if rows else [()] * len(_LAYOUT)
    for (name, kind, width), values in zip(_LAYOUT, by_column, strict=True):
        if width and kind is np.uint8:
            joined = b"".join(values)
            made[name] = np.frombuffer(joined, dtype=np.uint8).reshape(len(rows), width)
        elif width:
            made[name] = np.array(values, dtype=kind).reshape(len(rows), width)
        else:
            made[name] = np.array(values, dtype=kind)
    return made


def _row(claim: Claim, code: _Codes, group: str) -> tuple[object, ...]:
    days, place = claim.days, claim.place
    actors, targets = claim.actors, claim.targets
    if claim.type in (EventType.ARMED_CLASH, EventType.NEGOTIATION, EventType.AGREEMENT):
        actors = targets = actors + targets  # who is told first says nothing there
    around = claim.around
    counts = [_bounds(count) for count in (*claim.counts, *around.counts)[:_COUNTS]]
    equipment = claim.equipment or around.equipment
    if not actors and claim.cause:
        actors = around.actors
    return (
        _TYPES[claim.type],
        sum(_FAMILIES[name] for name in families_of(claim.type)),
        claim.planned,
        claim.denied,
        code[claim.document],
        code[group],
        code[claim.language],
        code[f"{claim.document}\0{claim.sentence}"],
        days.earliest.toordinal() if days else _NO_DAY,
        days.latest.toordinal() if days else _NO_DAY,
        bool(days and days.own),
        *_window(claim),
        place.latitude if place else 0.0,
        place.longitude if place else 0.0,
        place.radius_km if place else 0.0,
        (2 if place.own else 1) if place else 0,
        code[f"place:{place.id}"] if place and place.id else 0,
        _padded([code[p.id] for p in actors if p.id], _PARTIES),
        _sides(actors),
        _party_bits(actors),
        _padded([code[p.id] for p in targets if p.id], _PARTIES),
        _sides(targets),
        _party_bits(targets),
        _padded([code[t.id] for t in equipment if t.id], _THINGS),
        _padded([code[t.kind] for t in equipment if t.kind], _THINGS),
        _padded([code[of] for of, _, _ in counts], _COUNTS),
        _padded([low for _, low, _ in counts], _COUNTS),
        _padded([high for _, _, high in counts], _COUNTS),
        code[_trigger_stem(claim.trigger)],
        _trigger_bits(claim.trigger),
        _sentence_bits(claim.sentence),
        _bits(claim.context, _NARROW),
        _bits(around.words, _NARROW),
        _padded([code[name] for name in telling(claim.context)], NAMES),
        code[claim.cause] if claim.cause else 0,
    )


def _window(claim: Claim) -> tuple[int, int]:
    """The days on which it may have happened, for all that the report says."""
    if claim.days is None:
        return _NO_DAY, _NO_DAY
    since, until = claim.days.earliest.toordinal(), claim.days.latest.toordinal()
    if claim.days.own or claim.published is None:
        return since, until
    told = claim.published.toordinal()
    return min(since, told - _LOOKING_BACK), max(until, told)


def telling(context: Iterable[str]) -> list[str]:
    """Names of the document that others on the same matter are likely to share."""
    return sorted(name for name in context if name.startswith(("place:", "name:")))


def _padded(values: list[int] | list[float], width: int) -> list[float]:
    return [*values[:width], *([0] * (width - len(values)))]


def _bounds(count: Count) -> tuple[str, float, float]:
    value = count.value or 0.0
    low = count.low if count.low is not None else value
    high = count.high if count.high is not None else max(low, value) * 2
    return (count.status or count.unit or "", low, max(low, high))


@lru_cache(maxsize=1)
def _side_table() -> dict[str, str]:
    text = resources.files(__package__).joinpath("data/sides.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["sides"]
    return {kind: side for side, kinds in table.items() for kind in kinds}


@lru_cache(maxsize=1)
def _side_bits() -> dict[str, int]:
    names = dict.fromkeys(_side_table().values())
    return {side: 1 << at for at, side in enumerate(names)}


def side_of(party: Party) -> str | None:
    """The side a party stands on, as far as its kind tells."""
    return _side_table().get(party.kind) if party.kind else None


def _sides(parties: Iterable[Party]) -> int:
    found = 0
    for party in parties:
        side = side_of(party)
        if side:
            found |= _side_bits()[side]
    return found


def _bits(items: Iterable[str], width: int) -> bytes:
    bits = 0
    for item in items:
        bits |= 1 << (zlib.crc32(item.encode()) % width)
    return bits.to_bytes(width // 8, "little")


@lru_cache(maxsize=65536)
def _words_bits(text: str) -> bytes:
    return _bits(stems(text), _NARROW)


def _party_bits(parties: Iterable[Party]) -> bytes:
    return _words_bits(" ".join(party.text for party in parties))


@lru_cache(maxsize=65536)
def _trigger_stem(trigger: str) -> str:
    return "t:" + root(max(words(trigger), key=len, default=""))


@lru_cache(maxsize=65536)
def _trigger_bits(trigger: str) -> bytes:
    text = f" {' '.join(words(trigger))} "
    return _bits((text[at : at + 3] for at in range(len(text) - 2)), _NARROW)


@lru_cache(maxsize=4096)
def _sentence_bits(sentence: str) -> bytes:
    return _bits(stems(sentence), _WIDE)
