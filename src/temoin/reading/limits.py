"""How much is read at once, and sizes as people write them."""

from __future__ import annotations

__all__ = ["MAX_DOCUMENT_BYTES", "as_size"]

#: Largest single document (file, row, page) in bytes; a report is thousands of times smaller.
MAX_DOCUMENT_BYTES = 50_000_000


def as_size(count: int) -> str:
    """A number of bytes in kB or MB (decimal), for messages."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.0f} MB"
