"""`temoin reread`: read the documents of a case again with the present model."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._claims import clean, dumped, value
from temoin.cli._progress import Run
from temoin.errors import ReadingError

if TYPE_CHECKING:
    from temoin.casefile.rereading import ClaimChange, Reread

__all__ = ["reread"]


class _Run(Run):
    """A run that also counts what changed."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        super().__init__(None, quiet=quiet, shares_terminal=sys.stdout.isatty())
        self.passed = 0
        self.kinds: Counter[str] = Counter()
        self._json = as_json

    def settle(self, outcome: Reread | ReadingError) -> None:
        """One document is done."""
        if isinstance(outcome, ReadingError):
            self.fail(outcome)
            return
        self.count(outcome.record)
        self.kinds.update(change.kind for change in outcome.changes)
        with self.results_aside():
            if self._json:
                click.echo(dumped(_row(outcome)))
            elif outcome.changes:
                click.echo(clean(outcome.document))
                for change in outcome.changes:
                    _show(change)

    def summary(self) -> str:
        """What was read, and what changed."""
        told = ", ".join(f"{self.kinds[kind]:,} {kind}" for kind in _KINDS if self.kinds[kind])
        passed = f"; {self.passed:,} read by this model already" * bool(self.passed)
        return f"{super().summary()}; claims: {told or 'none changed'}{passed}"

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something failed, 2 nothing could be read."""
        if self.failures and not self.documents and not self.passed:
            return 2
        return 1 if self.failures else 0


_KINDS = ("added", "lost", "found", "changed")


@click.command()
@cases.case
@click.option("--where", default="", metavar="QUERY", help="Only documents that a query finds.")
@options.workers
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="One document a line, as JSON.")
@cases.by
@options.quiet
def reread(
    *,
    case: str,
    where: str,
    workers: int,
    dry_run: bool,
    as_json: bool,
    by: str | None,
    quiet: bool,
) -> None:
    """Read documents again with the present model, and show what it says otherwise.

    \b
    temoin reread case.temoin --dry-run
    temoin reread case.temoin --where "lang:ar published>=2024" --workers 2

    What people decided stays. Claims that the newer model does not find are kept, and
    marked so. Documents that this model has read are not read again, so the same command
    goes on where it was stopped.

    Exit code: 0 all was read, 1 something failed, 2 nothing could be read.
    """  # noqa: D301 - click wants the backspace itself
    actor = cases.actor(by)
    from temoin.casefile import Case
    from temoin.casefile.rereading import reread as read
    from temoin.pipeline import Reader

    run = _Run(quiet=quiet, as_json=as_json)
    with Case.open(case) as opened:
        try:
            with run:
                run.passed = read(
                    opened,
                    reader=Reader(),
                    actor=actor,
                    tell=run.settle,
                    where=where,
                    workers=workers,
                    dry_run=dry_run,
                )
        except KeyboardInterrupt:
            run.tell_summary(interrupted=True)
            raise
    run.tell_summary()
    sys.exit(run.exit_code)


def _row(outcome: Reread) -> dict[str, object]:
    return {
        "document_id": outcome.document_id,
        "document": outcome.document,
        "events": len(outcome.record.events),
        "changes": [asdict(change) for change in outcome.changes],
    }


def _show(change: ClaimChange) -> None:
    number = f"claim {change.claim}" if change.claim else "a new claim"
    decided = "" if change.state == "pending" else f"  [{change.state} by people]"
    click.echo(clean(f"  {change.kind:<8} {number}  {change.type}  {change.trigger}{decided}"))
    for each in change.fields:
        stays = "  (people decided: it stays)" if each.decided else ""
        click.echo(f"           {each.field}: {value(each.before)} -> {value(each.after)}{stays}")
