"""What goes wrong with a codebook.

TemoinError
└── CodebookError       a codebook is not there, or breaks the form of a codebook
"""

from __future__ import annotations

from temoin.errors import TemoinError

__all__ = ["CodebookError"]


class CodebookError(TemoinError):
    """A codebook is not there, or breaks the form of a codebook.

    Args:
        book: Its name or path, as the user gave it.
        cause: What is wrong, without a final full stop.
    """

    def __init__(self, book: str, cause: str) -> None:
        super().__init__(f"{book}: {cause}")
        self.book = book
        self.cause = cause

    def __reduce__(self) -> tuple[type[CodebookError], tuple[str, str]]:
        """Pickle by both arguments."""
        return (type(self), (self.book, self.cause))
