"""Slows down whoever guesses passwords, by the address and by the name that is tried."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Throttle"]

#: Seconds to wait after the first failure too many; doubled with each further one.
_FIRST = 2.0
_LONGEST = 900.0

#: After so many seconds without a failure all is forgotten.
_FORGOTTEN = 3_600.0

#: A name may fail so many times as often as an address: else anyone could lock its owner out.
_OF_A_NAME = 10

#: Addresses and names that are remembered; the oldest go.
_MOST = 10_000


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0


class Throttle:
    """Counts failed log-ins.

    Args:
        attempts: Failures in a row that are free.
        clock: Seconds that only grow.
    """

    def __init__(self, attempts: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._attempts = attempts
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, _Failures] = {}

    def wait(self, address: str, name: str) -> int:
        """Seconds to wait before the next attempt; 0 where it may be made.

        Args:
            address: Where it comes from.
            name: The name that is tried.
        """
        at = self._clock()
        by_address, by_name = _keys(address, name)
        with self._lock:
            return max(
                self._wait(by_address, self._attempts, at),
                self._wait(by_name, self._attempts * _OF_A_NAME, at),
            )

    def failed(self, address: str, name: str) -> None:
        """An attempt failed."""
        at = self._clock()
        with self._lock:
            for key in _keys(address, name):
                found = self._failures.pop(key, None) or _Failures()
                if at - found.last > _FORGOTTEN:
                    found.count = 0
                found.count += 1
                found.last = at
                self._failures[key] = found  # now the newest
            for key in list(self._failures)[: max(0, len(self._failures) - _MOST)]:
                del self._failures[key]

    def succeeded(self, address: str, name: str) -> None:
        """An attempt succeeded: what failed before is forgotten."""
        with self._lock:
            for key in _keys(address, name):
                self._failures.pop(key, None)

    def _wait(self, key: str, attempts: int, at: float) -> int:
        found = self._failures.get(key)
        if found is None or found.count < attempts:
            return 0
        doublings = min(found.count - attempts, 20)
        pause = min(_LONGEST, _FIRST * (1 << doublings))
        return max(0, math.ceil(found.last + pause - at))


def _keys(address: str, name: str) -> tuple[str, str]:
    return f"address {address}", f"name {name}"
