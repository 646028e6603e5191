"""What is settled already, in a small file beside the case: it survives restarts and kills.

It saves work and nothing more: whether a text is in the case, the case knows itself. So a
state that is a moment behind, or lost, costs a second look at what was read, and doubles
nothing. One process has it at a time.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from temoin.errors import TemoinError
from temoin.watching.arrivals import Fingerprint

__all__ = ["Failure", "FeedMemory", "FileMemory", "State", "WatchError", "plain"]

_VERSION = 1


def plain(name: str) -> str:
    """A name as it is kept: what is no text in it (a file's name can be any bytes) written out."""
    return name.encode("utf-8", "backslashreplace").decode()


class WatchError(TemoinError):
    """Watching cannot begin, or cannot go on."""


@dataclass(frozen=True, slots=True)
class FileMemory:
    """What is known of a file.

    Attributes:
        fingerprint: What it was when it was read last.
        tries: How often reading it failed; 0 where it did not.
        again: When it is to be tried again, Unix time; None for not before it changes.
    """

    fingerprint: Fingerprint
    tries: int
    again: float | None


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """What the server said of a feed when all its items were settled."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read, as far as is known.

    Attributes:
        source: What, as messages name it.
        cause: Why.
        first: When that was first so, Unix time.
        last: When that was last so.
        tries: How often it was tried.
    """

    source: str
    cause: str
    first: float
    last: float
    tries: int


class State:
    """The state file, open; it may be used from any thread.

    Args:
        path: Where it lies, or will.

    Raises:
        WatchError: Another process has it, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        #: Where an unreadable state was put aside.
        self.set_aside: Path | None = None
        try:
            self._connection = self._opened()
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error
        except sqlite3.DatabaseError:
            self.set_aside = path.with_name(f"{path.name}.broken")
            path.replace(self.set_aside)
            for ending in ("-wal", "-shm", "-journal"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            try:
                self._connection = self._opened()
            except sqlite3.Error as error:
                raise self._refused(error) from error

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=0.5, isolation_level=None, check_same_thread=False
        )
        try:
            # Held for as long as the process lives, however it ends: no second watcher.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            self._check(version)
            for statement in (files(__package__) / "data" / "state.sql").read_text().split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        self.path.chmod(0o600)
        return connection

    def _check(self, version: int) -> None:
        if version not in {0, _VERSION}:
            message = f"{self.path}: is the state of another version of Témoin: move it away"
            raise WatchError(message)

    def _refused(self, error: sqlite3.Error) -> WatchError:
        if "locked" in str(error):
            return WatchError(f"{self.path}: another temoin watch is at work with this state")
        return WatchError(f"{self.path}: cannot be used as the state of a watch: {error}")

    def close(self) -> None:
        """Close it; another process may have it then."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        """The state itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                message = f"{self.path}: cannot be written: {error}"
                raise WatchError(message) from error

    def files_of(self, folder: str) -> dict[str, FileMemory]:
        """What is known of the files in a folder, by name."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT name, size, mtime_ns, tries, again FROM files WHERE folder = ?",
                (plain(folder),),
            ).fetchall()
        return {row[0]: FileMemory(Fingerprint(row[1], row[2]), row[3], row[4]) for row in rows}

    def keep_file(
        self,
        folder: str,
        name: str,
        fingerprint: Fingerprint,
        *,
        tries: int = 0,
        again: float | None = None,
    ) -> None:
        """Note that a file is settled, or when to try it again."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                (plain(folder), plain(name), *fingerprint, tries, again),
            )

    def forget_files(self, folder: str, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        with self._writing() as connection:
            connection.executemany(
                "DELETE FROM files WHERE folder = ? AND name = ?",
                [(plain(folder), plain(name)) for name in names],
            )

    def item(self, feed: str, key: str) -> tuple[bool, int]:
        """Whether an item is settled, and how often it failed."""
        with self._lock:
            row = self._connection.execute(
                "SELECT settled, tries FROM items WHERE feed = ? AND key = ?", (feed, key)
            ).fetchone()
        return (bool(row[0]), row[1]) if row else (False, 0)

    def keep_item(self, feed: str, key: str, *, settled: bool, tries: int = 0) -> None:
        """Note what became of an item."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)",
                (feed, key, settled, tries, time.time()),
            )

    def feed(self, feed: str) -> FeedMemory:
        """What the server said of a feed."""
        with self._lock:
            row = self._connection.execute(
                "SELECT etag, modified FROM feeds WHERE feed = ?", (feed,)
            ).fetchone()
        return FeedMemory(*row) if row else FeedMemory()

    def keep_feed(self, feed: str, memory: FeedMemory) -> None:
        """Note what the server said of a feed, when all its items are settled."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)",
                (feed, memory.etag, memory.modified),
            )

    def fail(self, source: str, cause: str) -> bool:
        """Note a failure; whether it is news."""
        moment = time.time()
        source = plain(source)
        with self._writing() as connection:
            row = connection.execute(
                "SELECT cause FROM failures WHERE source = ?", (source,)
            ).fetchone()
            connection.execute(
                "INSERT INTO failures VALUES (?1, ?2, ?3, ?3, 1) ON CONFLICT (source) DO UPDATE "
                "SET cause = ?2, last = ?3, tries = tries + 1",
                (source, cause, moment),
            )
        return row is None or row[0] != cause

    def mend(self, sources: Iterable[str]) -> bool:
        """Take away what is no failure any more; whether there was any."""
        given = [plain(source) for source in sources]
        with self._lock:
            known = [
                name
                for name in given
                if self._connection.execute(
                    "SELECT 1 FROM failures WHERE source = ?", (name,)
                ).fetchone()
            ]
        if known:
            with self._writing() as connection:
                connection.executemany(
                    "DELETE FROM failures WHERE source = ?", [(name,) for name in known]
                )
        return bool(known)

    def failures(self) -> list[Failure]:
        """All failures that hold, the oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT source, cause, first, last, tries FROM failures ORDER BY first, source"
            ).fetchall()
        return [Failure(*row) for row in rows]
