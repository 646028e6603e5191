"""`temoin verify`: find whatever was tampered with in a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._streams import data_output, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from temoin.casefile import Case

__all__ = ["verify"]


@click.command()
@cases.case
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NUMBER:HASH",
    help="An entry of the audit log that was noted once; may be given several times.",
)
@click.option(
    "--export-log",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write the audit log as JSON lines to this file (- for standard output).",
)
@options.quiet
def verify(*, case: str, heads: tuple[str, ...], export_log: Path | None, quiet: bool) -> None:
    """Find whatever was tampered with in a case, and say where.

    Checks the audit log's chain of hashes, and that originals, texts, records, rows,
    decisions and the search index are what it tells of. Each fault is a line on standard
    output. At the end it prints the head of the log: note it somewhere else, and give it
    back with --head, for whoever can write to a case can compute a whole log anew.

    Exit code: 0 nothing was found, 1 something was, 2 the case cannot be opened.
    """
    from temoin.casefile import Case
    from temoin.casefile.verification import Fault, Head
    from temoin.casefile.verification import verify as run

    try:
        noted = [Head.of(head) for head in heads]
    except ValueError as error:
        raise click.UsageError(str(error)) from error

    def told(fault: Fault) -> None:
        click.echo(str(fault), err=export_log is not None and str(export_log) == "-")

    with Case.open(case) as opened:
        report = run(opened, tell=told, heads=noted, progress=None if quiet else _progress())
        if export_log is not None:
            _export(opened, export_log)
    if not quiet:
        count = len(report.faults)
        found = f"{count:,} fault{'s' * (count > 1)}" if count else "nothing was tampered with"
        tell(
            f"{opened.target.shown}: {found}; {report.documents:,} documents, "
            f"{report.entries:,} audit entries"
        )
        tell(f"head of the audit log: {report.head}")
    sys.exit(1 if report.faults else 0)


def _progress() -> Callable[[int, int], None] | None:
    """Shows how far it is, on a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        if done % 50 == 0 or done == total:
            click.echo(f"\rverified {done:,} of {total:,} documents{end}", err=True, nl=False)

    return show


def _export(case: Case, path: Path) -> None:
    from temoin.casefile.audit import entries, exported

    with data_output(None if str(path) == "-" else path) as stream, case.reading() as session:
        for entry in entries(session):
            stream.write(exported(entry) + "\n")
