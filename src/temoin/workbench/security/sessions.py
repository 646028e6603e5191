"""Sessions: a random cookie, tied to the address it was given to, with an end.

They are in memory only: when the server ends, everybody must enter again.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from temoin.workbench.settings import Settings
from temoin.workbench.users import User

__all__ = ["Session", "Sessions", "cookie_name", "set_cookie"]

#: Sessions of one user; the oldest goes.
_EACH = 20

#: Longer than any cookie that was ever given out: not worth hashing.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Session:
    """A session.

    Attributes:
        user: Who has it, with the role that holds now.
        csrf: What requests that change something must carry in a header.
        key: What it is kept under; not the cookie, which is only in the browser.
    """

    user: User
    csrf: str
    key: bytes


@dataclass(slots=True)
class _Held:
    name: str
    csrf: str
    address: str
    begun: float
    used: float


class Sessions:
    """All sessions of a server.

    Args:
        settings: How long they last.
        user_of: The user of a name as of now; None where there is none any more.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        settings: Settings,
        user_of: Callable[[str], User | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._user_of = user_of
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[bytes, _Held] = {}

    def begin(self, user: User, *, address: str) -> str:
        """Begin a session: the value of its cookie, which is kept nowhere here.

        Args:
            user: Whose it is.
            address: From where alone it can be used.
        """
        cookie = secrets.token_urlsafe(32)
        at = self._clock()
        held = _Held(user.name, secrets.token_urlsafe(32), address, at, at)
        with self._lock:
            self._drop_ended(at)
            own = [key for key, each in self._held.items() if each.name == user.name]
            for key in own[: max(0, len(own) - _EACH + 1)]:
                del self._held[key]
            self._held[_hashed(cookie)] = held
        return cookie

    def of(self, cookie: str | None, *, address: str) -> Session | None:
        """The session of a cookie; None where there is none, or it has ended.

        Args:
            cookie: The cookie's value.
            address: Where the request comes from. A cookie that turns up somewhere else was
                stolen, or its owner has moved: the session ends.
        """
        if not cookie or len(cookie) > _LONGEST:
            return None
        key, at = _hashed(cookie), self._clock()
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return None
            if self._has_ended(held, at) or held.address != address:
                del self._held[key]
                return None
            held.used = at
        return self._session(key, held)

    def still(self, key: bytes) -> Session | None:
        """A session that an open feed began with, if it has not ended; it is not prolonged."""
        with self._lock:
            held = self._held.get(key)
        if held is None or self._has_ended(held, self._clock()):
            return None
        return self._session(key, held)

    def end(self, session: Session) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(session.key, None)

    def end_all_of(self, name: str) -> None:
        """End all sessions of a user."""
        with self._lock:
            for key in [key for key, held in self._held.items() if held.name == name]:
                del self._held[key]

    @property
    def count(self) -> int:
        """How many there are."""
        with self._lock:
            self._drop_ended(self._clock())
            return len(self._held)

    def _session(self, key: bytes, held: _Held) -> Session | None:
        user = self._user_of(held.name)
        return None if user is None else Session(user, held.csrf, key)

    def _has_ended(self, held: _Held, at: float) -> bool:
        return (
            at - held.begun > self._settings.session_hours * 3600
            or at - held.used > self._settings.idle_hours * 3600
        )

    def _drop_ended(self, at: float) -> None:
        for key in [key for key, held in self._held.items() if self._has_ended(held, at)]:
            del self._held[key]


def cookie_name(settings: Settings, port: int | None) -> str:
    """Name of the cookie: browsers give those of one host to all its ports."""
    if settings.is_secure:
        return "__Host-temoin"
    return f"temoin-{port or settings.port}"


def set_cookie(settings: Settings, port: int | None, value: str | None) -> str:
    """The header that sets the cookie, or takes it away where there is no value."""
    parts = [
        f"{cookie_name(settings, port)}={value or ''}",
        "Path=/",
        "HttpOnly",
        "SameSite=Strict",
        f"Max-Age={int(settings.session_hours * 3600) if value else 0}",
    ]
    if settings.is_secure:
        parts.append("Secure")
    return "; ".join(parts)


def _hashed(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).digest()
