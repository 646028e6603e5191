"""What is kept in memory of a case: answers until the audit log goes on, and its columns.

One memory a case object, shared by all threads that serve it. It is bounded, and all of it
can be forgotten at any time: it follows from the case.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from temoin.casefile import Case
from temoin.casefile.schema import CaseInfo
from temoin.workbench.views.columns import Columns, Keeper

__all__ = ["Memory", "head_of", "memory_of"]

T = TypeVar("T")

#: Answers that are kept: together, and the largest one.
_MOST_BYTES = 64 * 1024 * 1024
_LARGEST = 8 * 1024 * 1024

#: Values in between (found claims, situations) that are kept.
_MOST_VALUES = 64


@dataclass(slots=True)
class _Kept:
    head: int
    value: Any
    size: int


@dataclass(slots=True)
class _Shelf:
    """Values by key, those of the last head only, the least used thrown away."""

    most: int
    held: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, key: Hashable, head: int) -> _Kept | None:
        found = self.held.get(key)
        if found is None:
            return None
        if found.head != head:
            self._drop(key)
            return None
        self.held.move_to_end(key)
        return found

    def put(self, key: Hashable, kept: _Kept) -> None:
        if key in self.held:
            self._drop(key)
        self.held[key] = kept
        self.size += kept.size
        while self.size > self.most:
            self._drop(next(iter(self.held)))

    def _drop(self, key: Hashable) -> None:
        self.size -= self.held.pop(key).size


class Memory:
    """What is kept of one case. It must not know the case itself, which it would keep alive.

    Args:
        sqlite: Whether it is a SQLite case, or else one on PostgreSQL.
    """

    def __init__(self, *, sqlite: bool) -> None:
        self._keeper = Keeper(sqlite)
        self._lock = Lock()
        self._answers = _Shelf(_MOST_BYTES)
        self._values = _Shelf(_MOST_VALUES)
        self._making: dict[Hashable, Lock] = {}
        #: What belongs to the case and outlives changes: previews of steps, suggestions.
        self.besides: dict[str, Any] = {}

    def bytes_of(self, key: Hashable, head: int, make: Callable[[], bytes]) -> bytes:
        """The bytes of an answer, made anew where the case changed since.

        Args:
            key: What tells it from others.
            head: The case's last audit entry.
            make: Makes it, of this state or a later one.
        """
        found = self._found(self._answers, key, head)
        if found is not None:
            return bytes(found.value)
        with self._making_of(key):
            found = self._found(self._answers, key, head)
            if found is not None:
                return bytes(found.value)
            body = make()
            if len(body) <= _LARGEST:
                # The key, and what holds both, take a few hundred bytes.
                with self._lock:
                    self._answers.put(key, _Kept(head, body, len(body) + 500))
        return body

    def value_of(self, key: Hashable, head: int, make: Callable[[], T]) -> T:
        """A value in between, made anew where the case changed since.

        Args:
            key: What tells it from others.
            head: Of the transaction that it is read in.
            make: Makes it; must not ask for another value of the same key.
        """
        found = self._found(self._values, key, head)
        if found is not None:
            return cast("T", found.value)
        with self._making_of(("value", key)):
            found = self._found(self._values, key, head)
            if found is not None:
                return cast("T", found.value)
            value = make()
            with self._lock:
                self._values.put(key, _Kept(head, value, 1))
        return value

    def columns(self, session: Session) -> Columns:
        """The claims of the case as arrays, as a transaction sees them."""
        return self._keeper.columns(session, head_of(session))

    def warm(self, case: Case) -> None:
        """Read the columns of the case now, so that the first request need not."""
        with case.reading() as session:
            self.columns(session).entities(session)

    def size(self) -> int:
        """Bytes of the answers that are kept."""
        return self._answers.size + sys.getsizeof(self._values.held)

    def _found(self, shelf: _Shelf, key: Hashable, head: int) -> _Kept | None:
        with self._lock:
            return shelf.get(key, head)

    def _making_of(self, key: Hashable) -> _Turn:
        """One at a time: many that ask the same wait for the first, and take what it made."""
        return _Turn(self._making, self._lock, key)


class _Turn:
    """A lock by key that goes when nobody waits for it any more."""

    def __init__(self, locks: dict[Hashable, Lock], guard: Lock, key: Hashable) -> None:
        self._locks, self._guard, self._key = locks, guard, key
        with guard:
            self._mine = locks.setdefault(key, Lock())

    def __enter__(self) -> None:
        self._mine.acquire()

    def __exit__(self, *_: object) -> None:
        self._mine.release()
        with self._guard:
            if self._locks.get(self._key) is self._mine and not self._mine.locked():
                del self._locks[self._key]


def head_of(session: Session) -> int:
    """The number of the last audit entry, as a transaction sees it."""
    return session.execute(select(CaseInfo.head_seq)).scalar_one()


_memories: WeakKeyDictionary[Case, Memory] = WeakKeyDictionary()
_guard = Lock()


def memory_of(case: Case) -> Memory:
    """The memory of a case."""
    with _guard:
        found = _memories.get(case)
        if found is None:
            found = _memories[case] = Memory(sqlite=case.target.path is not None)
        return found
