"""Files in a folder that are new, or changed, and quiet.

Looked at again and again instead of asking the system for events: that works on network
drives and in containers too, and nothing is lost while nobody looks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from temoin.reading.finding import os_cause
from temoin.reading.formats import EXTENSIONS
from temoin.watching.arrivals import FileArrival, Fingerprint
from temoin.watching.state import State, plain

__all__ = ["Folder"]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that may still be written: what it was, and since when it is so (monotonic)."""

    fingerprint: Fingerprint
    since: float


class Folder:
    """A folder that is watched.

    Args:
        path: The folder.
        state: What is settled.
        quiet: Seconds without a change after which a file counts as whole.
        tell: Called with a folder's or file's name and why it cannot be looked at.
    """

    def __init__(
        self, path: Path, *, state: State, quiet: float, tell: Callable[[str, str], None]
    ) -> None:
        self.path = path.absolute()
        self._state = state
        self._quiet = quiet
        self._tell = tell
        self._young: dict[Path, _Seen] = {}
        self._busy: set[Path] = set()
        #: Folders that could not be looked at the last time.
        self.broken: set[str] = set()

    @property
    def growing(self) -> int:
        """Files that wait until they are quiet."""
        return len(self._young)

    def look(self) -> Iterator[FileArrival]:
        """What is new and quiet, one at a time; what is handed out comes again unless settled."""
        met: set[Path] = set()
        broken: dict[str, str] = {}

        def remember(error: OSError) -> None:
            broken[str(error.filename or self.path)] = os_cause(error)

        for root, folders, names in os.walk(self.path, onerror=remember):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from self._look_into(root, sorted(names), met)
        self._young = {path: seen for path, seen in self._young.items() if path in met}
        for name in sorted(broken.keys() | self.broken):
            if name in broken:
                self._tell(name, broken[name])
            elif self._state.mend([name]):
                self._tell(name, "")
        self.broken = set(broken)

    def _look_into(self, root: str, names: list[str], met: set[Path]) -> Iterator[FileArrival]:
        """One folder; what is not quiet is added to `met`."""
        known = self._state.files_of(root)
        for name in names:
            if name.startswith(".") or Path(name).suffix.lower() not in EXTENSIONS:
                continue
            memory = known.pop(plain(name), None)
            path = Path(root, name)
            try:
                now = Fingerprint.of(path)
            except OSError:
                continue  # gone in between
            if memory is not None and memory.fingerprint == now:
                if memory.again is None or memory.again > time.time():
                    continue
            elif not self._is_quiet(path, now):
                met.add(path)
                continue
            if path not in self._busy:
                self._busy.add(path)
                yield FileArrival(root, name, now)
        if known:
            self._state.forget_files(root, known)

    def let_go(self, arrival: FileArrival) -> None:
        """An arrival is settled, or given up for this time: it may come again."""
        self._busy.discard(arrival.path)

    def _is_quiet(self, path: Path, now: Fingerprint) -> bool:
        """Whether a file has not changed for long enough.

        Its own time is trusted where it is old: what lay there before need not wait. Clocks
        of network drives differ, so a young file, or one of the future, is watched instead.
        """
        age = time.time() - now.mtime_ns / 1e9
        if age > max(60.0, 2 * self._quiet):
            return True
        seen = self._young.get(path)
        if seen is None or seen.fingerprint != now:
            self._young[path] = _Seen(now, time.monotonic())
            return self._quiet == 0
        return time.monotonic() - seen.since >= self._quiet
