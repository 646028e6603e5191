"""What becomes of what arrived: noted when it is settled, tried again or listed when it failed."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from temoin.exporting.files import atomic_file
from temoin.reading.finding import os_cause
from temoin.watching.arrivals import Arrival, FileArrival, ItemArrival
from temoin.watching.feeds import MOST_TRIES, Feed
from temoin.watching.state import State, plain
from temoin.watching.telling import Log, told_cause

if TYPE_CHECKING:
    from pathlib import Path

    from temoin.watching.folders import Folder
    from temoin.watching.metrics import Metrics

__all__ = ["AGAIN", "Settling"]

#: Seconds after which a file that could not be read is tried again; then no more.
AGAIN = (60.0, 600.0)


class Settling:
    """Notes what is settled and what failed; for the thread that reads.

    Args:
        state: Where it is noted.
        log: Tells what happens.
        metrics: Counts it.

    Attributes:
        folders: The folders that are watched.
        feeds: The feeds, by address.
    """

    def __init__(self, *, state: State, log: Log, metrics: Metrics) -> None:
        self._state = state
        self._log = log
        self._metrics = metrics
        self._listed: list[dict[str, Any]] | None = None
        self.folders: Sequence[Folder] = ()
        self.feeds: Mapping[str, Feed] = {}

    def failed(self, arrival: Arrival, name: str, cause: str) -> None:
        """A source of an arrival could not be read."""
        cause = told_cause(cause)
        arrival.failures.append((name, cause))
        news = self._state.fail(name, cause)
        self._log("failed", f"{name}: {cause}" * news, level="warning", source=name, cause=cause)

    def refuse(self, arrival: FileArrival, cause: str) -> None:
        """A file is not read at all."""
        self.failed(arrival, str(arrival.path), cause)
        self._metrics.document("failed", 0.0)
        arrival.complete = True
        self.settle(arrival)

    def settle(self, arrival: Arrival) -> None:
        """Note that all of an arrival is done, if it is."""
        if not arrival.settled:
            return
        if isinstance(arrival, FileArrival):
            self._settle_file(arrival)
        elif isinstance(arrival, ItemArrival):
            self._settle_item(arrival)

    def _settle_file(self, arrival: FileArrival) -> None:
        tries, again = 0, None
        if arrival.failures:
            before = self._state.files_of(arrival.folder).get(plain(arrival.name))
            same = before is not None and before.fingerprint == arrival.fingerprint
            tries = 1 + (before.tries if before and same else 0)
            if tries <= len(AGAIN):
                again = time.time() + AGAIN[tries - 1]
        self._state.keep_file(
            arrival.folder, arrival.name, arrival.fingerprint, tries=tries, again=again
        )
        self.folder_of(arrival).let_go(arrival)

    def _settle_item(self, arrival: ItemArrival) -> None:
        feed, tries = arrival.batch.feed, 0
        if arrival.failures:
            tries = 1 + self._state.item(feed, arrival.key)[1]
        # A text does not get better; a page may.
        settled = not arrival.failures or not arrival.linked or tries >= MOST_TRIES
        self._state.keep_item(feed, arrival.key, settled=settled, tries=tries)
        self.feeds[feed].settled(arrival.key)
        self.feeds[feed].settle(arrival.batch, whole=settled)

    def folder_of(self, arrival: FileArrival) -> Folder:
        """The folder that a file lies in."""
        return next(folder for folder in self.folders if arrival.path.is_relative_to(folder.path))

    def folder_failed(self, name: str, cause: str) -> None:
        """A folder cannot be looked at; without a cause, it can again."""
        if not cause:
            self._log("folder_mended", f"{name}: can be read again", source=name)
        elif self._state.fail(name, cause):
            self._log(
                "folder_failed", f"{name}: {cause}", level="warning", source=name, cause=cause
            )

    def list_failures(self, path: Path | None) -> None:
        """Write the list of failures, whole, where it is another one than before."""
        failures = [asdict(each) for each in self._state.failures()]
        self._metrics.failing = len(failures)
        if path is None or failures == self._listed:
            return
        try:
            with atomic_file(path) as stream:
                for each in failures:
                    stream.write(json.dumps(each, ensure_ascii=False) + "\n")
        except OSError as error:
            self._log(
                "failures_not_written",
                f"{path}: {os_cause(error)}",
                level="error",
                cause=os_cause(error),
            )
            return
        self._listed = failures
