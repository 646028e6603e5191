"""Passwords: argon2id, and the same time for a name that is not there."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

__all__ = ["LONGEST", "SHORTEST", "hashed", "is_right", "problem_with"]

#: Fewer characters are guessed, more are an attack on the hashing.
SHORTEST = 12
LONGEST = 1_000

#: Each hashing takes 64 MiB: no more than so many at once.
_AT_ONCE = threading.BoundedSemaphore(2)


def problem_with(password: str, *, name: str) -> str | None:
    """Why a password cannot be taken; None where it can.

    Args:
        password: The password.
        name: Of whom.
    """
    if len(password) < SHORTEST:
        return f"a password has {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"a password has {LONGEST} characters or fewer"
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        return "that password is guessed too easily"
    return None


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password is the one of which this was kept.

    Args:
        kept: What `hashed` gave; None where there is no such user: it takes as long.
        password: What was typed.
    """
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            _hasher().verify(kept or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")
