"""How far a run is: a bar on a terminal, failures as they come, a summary at the end."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Self

from temoin.cli._streams import tell
from temoin.errors import ReadingError
from temoin.record import Record

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Run"]


class Run:
    """Counts what was read and what failed, and shows it on standard error.

    Args:
        total: How many documents there will be; None where that is not known.
        quiet: Show failures only.
        shares_terminal: Results go to the same terminal: the bar makes way for them.
    """

    def __init__(self, total: int | None, *, quiet: bool, shares_terminal: bool) -> None:
        self.documents = 0
        self.events = 0
        self.failures = 0
        self.words = 0
        self._total = total
        self._quiet = quiet
        self._shares_terminal = shares_terminal
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the bar, where there is a terminal."""
        if not self._quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("reading", total=self._total, rate="")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def count(self, record: Record) -> None:
        """One document was read."""
        self.documents += 1
        self.events += len(record.events)
        self.words += len(record.document.text.split())
        self._advance()

    def fail(self, error: ReadingError) -> None:
        """One source could not be read: say so at once."""
        self.failures += 1
        with self.aside():
            tell(str(error))
        self._advance()

    def aside(self) -> AbstractContextManager[None]:
        """The terminal without the bar, for other output."""
        return nullcontext() if self._bar is None else _Aside(self._bar)

    def results_aside(self) -> AbstractContextManager[None]:
        """As `aside`, where results go to the same terminal."""
        return self.aside() if self._shares_terminal else nullcontext()

    def summary(self) -> str:
        """Documents, events, failures, words, time and speed, in a line."""
        seconds = time.monotonic() - self._begun
        return (
            f"{_count(self.documents, 'document')}, {_count(self.events, 'event')}, "
            f"{_count(self.failures, 'failure')}; {_count(self.words, 'word')} "
            f"in {seconds:.1f} s ({self.words / max(seconds, 1e-3):,.0f} words/s)"
        )

    def tell_summary(self, *, interrupted: bool = False) -> None:
        """Show the summary, unless quiet."""
        if not self._quiet:
            tell(f"{'interrupted: ' if interrupted else ''}{self.summary()}")

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something failed, 2 nothing was read."""
        if not self.documents:
            return 2
        return 1 if self.failures else 0

    def _advance(self) -> None:
        if self._bar is not None and self._task is not None:
            seconds = max(time.monotonic() - self._begun, 1e-3)
            done = self.documents + self.failures
            rate = f"{self.words / seconds:,.0f} words/s"
            self._bar.update(self._task, completed=done, rate=rate)


class _Aside(AbstractContextManager[None]):
    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    def __enter__(self) -> None:
        self._bar.stop()

    def __exit__(self, *_: object) -> None:
        self._bar.start()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("ETA"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
