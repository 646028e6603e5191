"""What arrives: a file that is quiet, or an item of a feed, until it is settled."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from temoin.reading import Source

__all__ = ["Arrival", "Batch", "FileArrival", "Fingerprint", "ItemArrival"]


class Fingerprint(NamedTuple):
    """What tells a file that has changed from one that has not, without reading it."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> Fingerprint:
        """The fingerprint of a file as it is now.

        Raises:
            OSError: It is not there, or the system refuses.
        """
        told = path.stat()
        return cls(told.st_size, told.st_mtime_ns)


@dataclass(eq=False, slots=True)
class Arrival:
    """Something to be read: one source, or as many as a file has rows.

    Attributes:
        given: Sources that were handed to the reader.
        told: Those of them whose outcome is known.
        complete: Whether all sources have been handed over.
        failures: Names and causes of what could not be read.
        begun: When each source was handed over, by the name that outcomes have.
    """

    given: int = field(default=0, init=False)
    told: int = field(default=0, init=False)
    complete: bool = field(default=False, init=False)
    failures: list[tuple[str, str]] = field(default_factory=list, init=False)
    begun: dict[str, float] = field(default_factory=dict, init=False)

    @property
    def settled(self) -> bool:
        """Whether the outcome of all of it is known."""
        return self.complete and self.told == self.given

    def hand_over(self, source: Source) -> None:
        """Note that a source goes to the reader."""
        self.given += 1
        self.begun[source.name] = time.monotonic()


@dataclass(eq=False, slots=True)
class FileArrival(Arrival):
    """A file that has not changed for a while.

    Attributes:
        folder: The folder that it lies in, absolute.
        name: Its name there.
        fingerprint: What it was when it was found to be quiet.
    """

    folder: str
    name: str
    fingerprint: Fingerprint

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.folder, self.name)


class Batch:
    """The new items of one look at a feed: what the server said of it holds when all are settled.

    Two threads have a part in it: the feed's, which queues, and the one that reads.

    Args:
        feed: Address of the feed.
        etag: What the server calls this state of it.
        modified: When the server says that it changed.
    """

    def __init__(self, feed: str, etag: str | None, modified: str | None) -> None:
        self.feed = feed
        self.etag = etag
        self.modified = modified
        self._open = 0
        self._whole = True
        self._lock = threading.Lock()

    def open(self, *, whole: bool = True) -> None:
        """Something more is to be done."""
        with self._lock:
            self._open += 1
            self._whole = self._whole and whole

    def close(self, *, whole: bool = True) -> bool:
        """Something is done; whether that was the last, and nothing has to be tried again.

        Args:
            whole: Whether it is done for good.
        """
        with self._lock:
            self._open -= 1
            self._whole = self._whole and whole
            return self._open == 0 and self._whole


@dataclass(eq=False, slots=True)
class ItemArrival(Arrival):
    """An item of a feed.

    Attributes:
        batch: The look at the feed that brought it.
        key: What makes it one item of that feed.
        source: The item with its bytes.
        linked: Whether the bytes are those of the page it links to.
    """

    batch: Batch
    key: str
    source: Source
    linked: bool = False

    def sources(self) -> Iterator[Source]:
        """The one source."""
        yield self.source
