"""Bytes that are the same for the same content: what is hashed, and how it is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from typing import Any

__all__ = ["PLAIN", "ZLIB", "canonical", "day", "digest", "now", "pack", "sha256", "unpack"]

#: How bytes are stored: as they are, or compressed where that is shorter.
PLAIN = "plain"
ZLIB = "zlib"

#: A document is refused by reading above 50 MB; nothing that is stored unpacks to more than this.
_MOST = 1_000_000_000

#: What unpacks to more than so many times its size is no report, but made to fill the memory.
_BOMB_RATIO = 200
_BOMB_FLOOR = 64_000_000


def canonical(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """JSON with sorted keys and no spaces: one text for one value.

    Raises:
        ValueError: A number is not finite.
    """
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def sha256(data: bytes | str) -> str:
    """SHA-256 in hexadecimal, of a text in UTF-8."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def digest(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """SHA-256 of a value's canonical JSON."""
    return sha256(canonical(value))


def now() -> str:
    """This moment in UTC with microseconds; such texts sort as time does."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(value: dt.date | None) -> str | None:
    """A day as JSON has it."""
    return None if value is None else value.isoformat()


def pack(data: bytes) -> tuple[str, bytes]:
    """How to store bytes: the codec and what is stored."""
    packed = zlib.compress(data, level=6)
    return (ZLIB, packed) if len(packed) < len(data) else (PLAIN, data)


def unpack(codec: str, stored: bytes) -> bytes:
    """What was packed.

    Raises:
        ValueError: The bytes are damaged, or the codec is not known.
    """
    if codec == PLAIN:
        return stored
    if codec != ZLIB:
        message = f"stored with {codec!r}, which this Témoin does not know"
        raise ValueError(message)
    engine = zlib.decompressobj()
    try:
        data = engine.decompress(stored, min(_MOST, max(_BOMB_FLOOR, _BOMB_RATIO * len(stored))))
    except zlib.error as error:
        message = f"the compressed bytes are damaged ({error})"
        raise ValueError(message) from error
    if engine.unconsumed_tail or (not engine.eof and len(data) >= _BOMB_FLOOR):
        raise ValueError("the compressed bytes unpack to far more than a report has: refused")
    if not engine.eof or engine.unused_data:
        raise ValueError("the compressed bytes are cut off or followed by others")
    return data
