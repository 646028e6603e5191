"""What may go wrong with an export."""

from __future__ import annotations

from temoin.errors import TemoinError

__all__ = ["ExportError"]


class ExportError(TemoinError):
    """An export that cannot be made."""
