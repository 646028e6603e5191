"""`temoin add`: read reports into a case."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._progress import Run
from temoin.cli._sources import Skipped, count_documents, paths_or_stdin
from temoin.cli._streams import tell
from temoin.errors import ReadingError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from temoin.casefile import Outcome
    from temoin.reading import Source

__all__ = ["add"]


class _Run(Run):
    """A run that also counts what the case had already."""

    def __init__(self, total: int | None, *, quiet: bool) -> None:
        super().__init__(total, quiet=quiet, shares_terminal=False)
        self.known = 0

    def settle(self, outcome: Outcome) -> None:
        """One source is done."""
        from temoin.casefile import Added

        if isinstance(outcome, ReadingError):
            self.fail(outcome)
        elif isinstance(outcome, Added):
            self.count(outcome.record)
        else:
            self.known += 1
            self._advance()

    def summary(self) -> str:
        """What was added, and how many documents were there already."""
        return f"added {super().summary()}" + (f"; {self.known:,} known already" * bool(self.known))

    @property
    def exit_code(self) -> int:
        """0 all is in the case, 1 something failed, 2 nothing was read."""
        if not self.documents and not self.known:
            return 2
        return 1 if self.failures else 0


@click.command()
@cases.case
@click.argument("paths", nargs=-1, metavar="PATH...")
@options.published
@options.language
@options.workers
@cases.custody
@cases.by
@options.quiet
def add(  # noqa: PLR0913 - one parameter an option
    *,
    case: str,
    paths: tuple[str, ...],
    published: dt.date | None,
    language: str | None,
    workers: int,
    no_originals: bool,
    sensitivity: str | None,
    collected_by: str | None,
    licence: str | None,
    note: str | None,
    by: str | None,
    quiet: bool,
) -> None:
    """Read reports and keep them in a case.

    PATH is what `temoin read` takes. A report whose bytes the case has already is not
    read again, so the same command goes on where it was stopped.

    What cannot be read is told on standard error, and the rest goes on.
    Exit code: 0 all is in the case, 1 something failed, 2 nothing was read.
    """
    actor = cases.actor(by)
    given = paths_or_stdin(paths)
    from temoin import casefile
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources

    skipped = Skipped()
    sources: Iterable[Source] = iterate_sources(
        given, published=published, language=language, on_skip=skipped
    )
    with casefile.Case.open(case) as opened:
        info = opened.info()
        total = None
        if not quiet and sys.stderr.isatty():
            # Only a bar must know how much there is.
            sources = list(sources)
            total = count_documents(sources)
        run = _Run(total, quiet=quiet)
        try:
            with run:
                casefile.add(
                    opened,
                    sources,
                    reader=Reader(),
                    actor=actor,
                    tell=run.settle,
                    custody=casefile.Custody(
                        keep_original=info.keep_originals and not no_originals,
                        sensitivity=sensitivity or info.sensitivity,
                        collected_by=collected_by,
                        licence=licence,
                        note=note,
                    ),
                    workers=workers,
                )
        except KeyboardInterrupt:
            run.tell_summary(interrupted=True)
            raise
    if not quiet and str(skipped):
        tell(str(skipped))
    run.tell_summary()
    sys.exit(run.exit_code)
