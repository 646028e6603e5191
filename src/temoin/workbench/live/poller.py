"""Looks for changes of a case, one thread a server: at once after an own write, else each second.

What other processes wrote (a command line, another server) is found by the number of the
last audit entry, which is one small row.
"""

from __future__ import annotations

import logging
import threading

from temoin.casefile import Case, CaseError
from temoin.workbench.live.changes import changes, entries_after, head
from temoin.workbench.live.feed import Live

__all__ = ["Poller"]

_log = logging.getLogger("temoin.workbench.live")

#: Entries that are read at once; who is further behind loads everything anew.
MOST = 2_000

#: Seconds between two looks where the case could not be read.
_AFTER_FAILURE = 10.0


class Poller:
    """Turns new entries of the audit log into events.

    Args:
        case: The case.
        live: Whom to tell.
        every: Seconds between two looks.
    """

    def __init__(self, case: Case, live: Live, *, every: float) -> None:
        self._case = case
        self._live = live
        self._every = every
        self._poked = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="temoin-live", daemon=True)
        #: Number of the last entry that was told of.
        self.seen = 0

    def start(self) -> None:
        """Begin; what is in the log already is not told."""
        with self._case.reading() as session:
            self.seen = head(session)
        self._live.on_poke(self._poked.set)
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self._poked.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def look(self) -> None:
        """Tell of what is new."""
        with self._case.reading() as session:
            newest = head(session)
            if newest <= self.seen:
                return
            if newest - self.seen > MOST:
                self._live.publish("resync", {"seq": newest}, seq=newest)
                self.seen = newest
                return
            found = list(changes(entries_after(session, self.seen, limit=MOST)))
        for change in found:
            self._live.publish(change.event, change.told(), seq=change.seq)
        self.seen = newest

    def _run(self) -> None:
        while not self._ended.is_set():
            self._poked.wait(self._every)
            if self._ended.is_set():
                return
            self._poked.clear()
            try:
                self.look()
            except CaseError as error:
                _log.warning("cannot look for changes: %s", error.cause)
                self._ended.wait(_AFTER_FAILURE)
