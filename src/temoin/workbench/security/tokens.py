"""Start tokens: each opens one session, once."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time

from temoin.workbench.users import User

__all__ = ["StartTokens"]

#: Tokens that wait to be used; older ones are forgotten.
_MOST = 16


class StartTokens:
    """Tokens that were given out and not used. Only their hashes are in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[bytes, tuple[User, float | None]] = {}

    def give(self, user: User, *, seconds: float | None = None) -> str:
        """Make a token.

        Args:
            user: Whose session it opens.
            seconds: How long it is valid; None as long as the server runs.
        """
        token = secrets.token_urlsafe(32)
        until = None if seconds is None else time.monotonic() + seconds
        with self._lock:
            self._tokens[_hashed(token)] = (user, until)
            for old in list(self._tokens)[:-_MOST]:
                del self._tokens[old]
        return token

    def take(self, token: str) -> User | None:
        """Use a token up: the user whose session it opens; None where it is not valid."""
        # Looked up by its hash: how long that takes says nothing about the token.
        with self._lock:
            found = self._tokens.pop(_hashed(token), None)
        if found is None:
            return None
        user, until = found
        return user if until is None or time.monotonic() < until else None


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
