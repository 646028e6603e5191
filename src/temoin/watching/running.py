"""A watch: what arrives in folders and feeds is read into a case, each thing once.

One thread writes the case: it takes what folders and feeds have, gives it to
`casefile.add`, and notes what is settled when the case has it. Between the two a kill costs
a second look: the case knows what it has by content, so that nothing is doubled.
"""

from __future__ import annotations

import itertools
import queue
import random
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from temoin.casefile import Added, Case, CaseError, Custody, Outcome, add
from temoin.casefile.schema import Acquisition
from temoin.errors import ReadingError
from temoin.reading.documents import Options
from temoin.reading.finding import iterate_sources, os_cause
from temoin.reading.limits import as_size
from temoin.watching.arrivals import Arrival, FileArrival, Fingerprint, ItemArrival
from temoin.watching.feeds import Feed, Habits, waiting
from temoin.watching.folders import Folder
from temoin.watching.metrics import Metrics
from temoin.watching.settling import Settling
from temoin.watching.state import State, WatchError
from temoin.watching.telling import Log

if TYPE_CHECKING:
    from temoin.pipeline import Reader
    from temoin.reading import Source

__all__ = ["Settings", "Watch"]

#: Items that wait to be read before their feeds are made to wait.
_QUEUE = 200

#: Longest pause while the case cannot be written.
_LONGEST = 300.0

#: A look at folders takes at most this share of the time.
_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Settings:
    """How to watch. Times are seconds.

    Attributes:
        folders: Folders that are watched, with all below them.
        feeds: Addresses of feeds.
        actor: Who adds, for the audit log.
        custody: What is told of everything that is added.
        options: What is told to the reader.
        interval: Between two looks at the folders.
        quiet: Without a change after which a file counts as whole.
        habits: How feeds are asked.
        once: Whether to read what is there and end.
        failures: File for the list of failures.
    """

    folders: Sequence[Path]
    feeds: Sequence[str]
    actor: str
    custody: Custody = field(default_factory=Custody)
    options: Options = field(default_factory=Options)
    interval: float = 10.0
    quiet: float = 5.0
    habits: Habits = field(default_factory=Habits)
    once: bool = False
    failures: Path | None = None


class Watch:
    """Watches folders and feeds for one case.

    Args:
        case: The case.
        settings: How to watch.
        state: What is settled.
        reader: Reads what arrives.
        log: Tells what happens.
        metrics: Counts it.
    """

    def __init__(
        self,
        case: Case,
        settings: Settings,
        *,
        state: State,
        reader: Reader,
        log: Log,
        metrics: Metrics | None = None,
    ) -> None:
        self._case = case
        self._settings = settings
        self._state = state
        self._reader = reader
        self._log = log
        self.metrics = metrics or Metrics()
        self.stop = threading.Event()
        self._wake = threading.Event()
        self._items: queue.Queue[ItemArrival] = queue.Queue(_QUEUE)
        self._later: list[ItemArrival] = []
        self._flying: dict[str, Arrival] = {}
        self._ids: dict[str, str] = {}
        self._looked = 0.0
        self._scan = 0.0  # seconds that a look at the folders takes
        self._settling = Settling(state=state, log=log, metrics=self.metrics)
        self._folders = [
            Folder(path, state=state, quiet=settings.quiet, tell=self._settling.folder_failed)
            for path in settings.folders
        ]
        self._feeds = {
            address: Feed(
                address,
                state=state,
                options=settings.options,
                habits=settings.habits,
                arrivals=self._items,
                stop=self.stop,
                log=log,
                metrics=self.metrics,
                once=settings.once,
            )
            for address in settings.feeds
        }
        self._settling.folders = self._folders
        self._settling.feeds = self._feeds
        self.metrics.waiting = self._waiting

    def run(self) -> None:
        """Watch until `stop` is set, or once.

        Raises:
            TemoinError: What keeps everything from being read (no model, say).
        """
        self._log(
            "started",
            f"watching {len(self._folders)} folders and {len(self._feeds)} feeds",
            folders=len(self._folders),
            feeds=len(self._feeds),
        )
        for feed in self._feeds.values():
            feed.start()
        try:
            self._rounds()
        finally:
            self.stop.set()
            self._settling.list_failures(self._settings.failures)
            counts: dict[str, Any] = dict(self.metrics.counts())
            self._log(
                "stopped",
                "{added:,} added, {known:,} known already, {failed:,} failed".format(**counts),
                **counts,
            )

    def _rounds(self) -> None:
        troubles = 0
        looks = 0
        while not self.stop.is_set():
            self.metrics.beat = time.monotonic()
            try:
                self._round()
            except CaseError as error:
                troubles += 1
                self._in_trouble(error, troubles)
                continue
            self._out_of_trouble()
            troubles = 0
            looks += 1
            self._see_to_feeds()
            self._settling.list_failures(self._settings.failures)
            if self._settings.once and self._is_done(looks):
                return
            self._pause()

    def _is_done(self, looks: int) -> bool:
        """Whether all that was there is read; files that keep growing are left."""
        if any(feed.is_alive() for feed in self._feeds.values()) or not self._items.empty():
            return False
        growing = sum(folder.growing for folder in self._folders)
        if growing and looks < 3:
            self.stop.wait(self._settings.quiet + 0.05)
            self._looked = 0.0
            return False
        if growing:
            self._log(
                "growing",
                f"{growing} files are still growing: left for the next time",
                files=growing,
            )
        return not self._later

    def _pause(self) -> None:
        """Wait for something to do; an item of a feed ends the wait."""
        if self._settings.once:
            self.stop.wait(0.05)
            return
        until = self._looked + max(self._settings.interval, self._scan / _SHARE)
        while not self.stop.is_set() and self._items.empty() and not self._later:
            left = until - time.monotonic()
            if left <= 0:
                return
            self.metrics.beat = time.monotonic()
            self.stop.wait(min(left, 0.5))

    def _round(self) -> None:
        """Read what is there now."""
        begun = time.monotonic()
        sources = self._sources()
        first = next(sources, None)
        if first is None:
            self._scan = time.monotonic() - begun
            return
        try:
            add(
                self._case,
                itertools.chain((first,), sources),
                reader=self._reader,
                actor=self._settings.actor,
                tell=self._told,
                custody=self._settings.custody,
            )
        finally:
            sources.close()
            self._give_back()

    def _sources(self) -> Generator[Source]:
        """Sources of all that is there, a file and some items in turn."""
        looked = time.monotonic()
        due = looked - self._looked >= self._settings.interval or not self._looked
        files = (arrival for folder in self._folders if due for arrival in folder.look())
        later, self._later = self._later, []
        yield from self._of_items(iter(later))
        for arrival in files:
            yield from self._of_file(arrival)
            yield from self._of_items(waiting(self._items))
            if self.stop.is_set():
                return
        if due:
            self._looked = time.monotonic()
        yield from self._of_items(waiting(self._items))

    def _of_items(self, items: Iterator[ItemArrival]) -> Iterator[Source]:
        for arrival in items:
            if self.stop.is_set():
                return
            source = arrival.source
            if source.name in self._flying:
                self._later.append(arrival)  # another item with the same link is being read
            elif arrival.linked and self._has_location(source.location):
                arrival.complete = True
                self._settling.settle(arrival)
                self.metrics.document("known", 0.0)
            else:
                self._fly(arrival, source)
                arrival.complete = True
                yield source

    def _of_file(self, arrival: FileArrival) -> Iterator[Source]:
        """The sources of a file, with its bytes if it is one document."""
        name = str(arrival.path)
        id_ = (
            arrival.path.relative_to(self._settling.folder_of(arrival).path)
            .with_suffix("")
            .as_posix()
        )
        if not name.isprintable() and not _is_text(name):
            self._settling.refuse(arrival, "its name is no text: rename it")
            return
        try:
            for source in iterate_sources(
                [arrival.path],
                published=self._settings.options.published,
                language=self._settings.options.language,
                source=self._settings.options.source,
                max_bytes=self._settings.options.max_bytes,
            ):
                whole = source if source.rows or source.problem else _taken(source, arrival)
                whole = replace(whole, id=id_)
                if self.stop.is_set() and arrival.given:
                    return  # the rest of its rows next time
                self._fly(arrival, whole)
                yield whole
        except _ChangedError:
            self._settling.folder_of(arrival).let_go(arrival)
            return
        except OSError as error:
            self._settling.refuse(arrival, os_cause(error))
            return
        arrival.complete = True
        self._settling.settle(arrival)

    def _fly(self, arrival: Arrival, source: Source) -> None:
        arrival.hand_over(source)
        self._flying[source.name] = arrival
        self._ids[source.id] = source.name

    def _told(self, outcome: Outcome) -> None:
        """The outcome of one source is known, and the case has it."""
        self.metrics.beat = time.monotonic()
        if isinstance(outcome, ReadingError):
            name = outcome.source
        elif isinstance(outcome, Added):
            name = outcome.record.document.path or outcome.record.document.id
        else:
            name = outcome.name
        name = name if name in self._flying else self._ids.get(name, name)
        arrival = self._flying.pop(name, None)
        if arrival is None:
            return
        if isinstance(outcome, ReadingError) and self.stop.is_set():
            # Its process may have been ended with this one: not the document's fault.
            return
        arrival.told += 1
        seconds = time.monotonic() - arrival.begun.pop(name)
        told: dict[str, Any] = {"source": name, "seconds": round(seconds, 3)}
        if isinstance(outcome, ReadingError):
            self.metrics.document("failed", seconds)
            self._settling.failed(arrival, name, outcome.cause)
        elif isinstance(outcome, Added):
            self.metrics.document("added", seconds)
            claims = len(outcome.record.events)
            self._log("added", document=outcome.document_id, claims=claims, **told)
            self._state.mend([name])
        else:
            self.metrics.document("known", seconds)
            self._log("known", document=outcome.document_id, **told)
            self._state.mend([name])
        self._settling.settle(arrival)

    def _give_back(self) -> None:
        """What was handed over and not settled comes again."""
        for arrival in {id(each): each for each in self._flying.values()}.values():
            if isinstance(arrival, FileArrival):
                self._settling.folder_of(arrival).let_go(arrival)
            elif isinstance(arrival, ItemArrival):
                arrival.given = arrival.told = 0
                self._later.append(arrival)
        self._flying.clear()
        self._ids.clear()

    def _has_location(self, location: str) -> bool:
        with self._case.reading() as session:
            known = select(Acquisition.id).where(Acquisition.location == location).limit(1)
            return session.scalar(known) is not None

    def _see_to_feeds(self) -> None:
        for feed in self._feeds.values():
            if feed.defect is not None:
                message = f"{feed.shown}: watching it ended"
                raise WatchError(message) from feed.defect

    def _in_trouble(self, error: CaseError, times: int) -> None:
        """The case cannot be written: told once, tried again ever more seldom."""
        pause = min(2.0**times, _LONGEST) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
        news = self.metrics.trouble != error.cause
        self.metrics.trouble = error.cause
        self._log(
            "case_trouble",
            f"{error}; trying again" * news,
            level="error",
            again_in=round(pause, 1),
        )
        if self._settings.once and times >= 3:
            raise error
        self.stop.wait(pause)

    def _out_of_trouble(self) -> None:
        if self.metrics.trouble:
            self.metrics.trouble = ""
            self._log("case_mended", "the case can be written again")

    def _waiting(self) -> dict[str, int]:
        return {
            "growing": sum(folder.growing for folder in self._folders),
            "items": self._items.qsize() + len(self._later),
            "reading": len(self._flying),
        }


class _ChangedError(Exception):
    """A file changed while it was read."""


def _taken(source: Source, arrival: FileArrival) -> Source:
    """A file's bytes, if it is still what was found to be quiet."""
    limit = source.options.max_bytes
    if arrival.fingerprint.size > limit:
        cause = f"has {as_size(arrival.fingerprint.size)}, more than {as_size(limit)}"
        return replace(source, problem=cause)
    data = arrival.path.read_bytes()
    if Fingerprint.of(arrival.path) != arrival.fingerprint:
        raise _ChangedError
    return replace(source, data=data)


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
