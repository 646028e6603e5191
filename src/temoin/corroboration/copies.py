"""Which documents copy one another: word shingles, MinHash, then an exact check.

Candidates come from bands of MinHash values (Broder 1997), so that a million documents
need no comparison of all pairs. A candidate counts as a copy where enough of the shorter
text stands in the longer: wire copy is cut as often as it is printed whole. A translation
shares no words and is not found here.

Ours and not `datasketch`, which brings scipy (140 MB) for what numpy does in few lines.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from temoin.corroboration.unions import Unions
from temoin.corroboration.words import shingles

__all__ = [
    "COPIED",
    "CROWD",
    "Copy",
    "Shingles",
    "bands",
    "copy_groups",
    "find_copies",
    "hashed_shingles",
    "share_copied",
]

Shingles = NDArray[np.uint32]

#: Share of the shorter text's shingles from which it counts as copied. Two reports of one
#: event written apart share names and set phrases, seldom a tenth of their shingles.
COPIED = 0.3
_PERMUTATIONS, _ROWS = 128, 2
_FEWEST = 5
#: A band that more documents share than this is a set phrase (a disclaimer, a byline).
CROWD = 200
_PRIME = np.uint64((1 << 31) - 1)


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share text.

    Attributes:
        a: Id of the one.
        b: Id of the other, the later in the order given.
        share: Share of the shorter one's shingles that stand in the other.
    """

    a: str
    b: str
    share: float


def find_copies(
    texts: Iterable[tuple[str, str]], *, share: float = COPIED, size: int = 4
) -> list[Copy]:
    """Pairs of near-duplicate documents, in the order of the documents.

    Args:
        texts: Id and text of each document.
        share: Share of the shorter text from which it counts as copied.
        size: Words of a shingle.
    """
    ids: list[str] = []
    hashed: list[Shingles] = []
    for id_, text in texts:
        ids.append(id_)
        hashed.append(hashed_shingles(text, size=size))
    copies = []
    for a, b in sorted(_candidates(hashed)):
        copied = share_copied(hashed[a], hashed[b])
        if copied >= share:
            copies.append(Copy(ids[a], ids[b], round(copied, 4)))
    return copies


def hashed_shingles(text: str, *, size: int = 4) -> Shingles:
    """The shingles of a text as sorted numbers, each once."""
    found = {zlib.crc32(" ".join(run).encode()) for run in shingles(text, size=size)}
    return np.fromiter(sorted(found), dtype=np.uint32, count=len(found))


def share_copied(one: Shingles, other: Shingles) -> float:
    """Share of the shorter text's shingles that stand in the other."""
    common = np.intersect1d(one, other, assume_unique=True).size
    return float(common / min(one.size, other.size))


def copy_groups(ids: Iterable[str], copies: Iterable[Copy]) -> dict[str, str]:
    """The group of each document: the id of the group's first document, in the order given."""
    known = list(ids)
    groups = Unions(known)
    for copy in copies:
        groups.join(copy.a, copy.b)
    return {id_: groups.root(id_) for id_ in known}


def _candidates(hashed: list[NDArray[np.uint32]]) -> set[tuple[int, int]]:
    buckets: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    for at, values in enumerate(hashed):
        for band, key in enumerate(bands(values)):
            buckets[band, key].append(at)
    return {
        pair
        for members in buckets.values()
        if 1 < len(members) <= CROWD
        for pair in combinations(members, 2)
    }


def bands(values: Shingles) -> Iterator[bytes]:
    """The bands of a text's MinHash values: texts that share one are compared.

    None where the text is too short for that to mean anything.
    """
    if values.size < _FEWEST:
        return
    factors, offsets = _permutations()
    mixed = (factors[:, None] * (values[None, :] % _PRIME) + offsets[:, None]) % _PRIME
    least = mixed.min(axis=1)
    yield from (least[at : at + _ROWS].tobytes() for at in range(0, _PERMUTATIONS, _ROWS))


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    chance = np.random.default_rng(20240311)  # fixed: the same documents, the same bands
    return (
        chance.integers(1, int(_PRIME), _PERMUTATIONS, dtype=np.uint64),
        chance.integers(0, int(_PRIME), _PERMUTATIONS, dtype=np.uint64),
    )
