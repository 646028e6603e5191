"""The exceptions of the casefile.

TemoinError
└── CaseError           a case cannot be used: names the case and what to do
    ├── NotACaseError       the file or database holds no case
    ├── CaseExistsError     there is something already where a case was to be made
    ├── CaseVersionError    the case is of another version of the schema
    ├── CaseBusyError       another process keeps writing to it
    ├── DamagedError        what the case holds is not what Témoin put there
    └── ConflictError       somebody else changed the same thing in between
"""

from __future__ import annotations

from temoin.errors import TemoinError

__all__ = [
    "CaseBusyError",
    "CaseError",
    "CaseExistsError",
    "CaseVersionError",
    "ConflictError",
    "DamagedError",
    "NotACaseError",
]


class CaseError(TemoinError):
    """A case cannot be used.

    Args:
        case: The case as the user would name it, without a password.
        cause: What is wrong and what mends it, without a final full stop.
    """

    def __init__(self, case: str, cause: str) -> None:
        super().__init__(f"{case}: {cause}")
        self.case = case
        self.cause = cause

    def __reduce__(self) -> tuple[type[CaseError], tuple[str, str]]:
        """Pickle by both arguments."""
        return (type(self), (self.case, self.cause))


class NotACaseError(CaseError):
    """The file or database holds no case."""


class CaseExistsError(CaseError):
    """There is something already where a case was to be made."""


class CaseVersionError(CaseError):
    """The case is of another version of the schema than this Témoin."""


class CaseBusyError(CaseError):
    """Another process keeps writing to the case."""


class DamagedError(CaseError, ValueError):
    """What the case holds is not what Témoin put there."""


class ConflictError(CaseError):
    """Somebody else changed the same thing in between; nothing was overwritten."""
