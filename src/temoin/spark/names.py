"""Numbers for names that workers agree on without speaking to one another."""

from __future__ import annotations

import hashlib
from functools import lru_cache

__all__ = ["number_of"]


@lru_cache(maxsize=65536)
def number_of(name: str) -> int:
    """A number of 63 bits, never 0: two names in ten million meet once in 200,000 corpora."""
    digest = hashlib.blake2b(name.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1 or 1
