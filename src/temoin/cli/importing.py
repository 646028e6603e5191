"""`temoin import`: data of others and records, into a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._streams import tell
from temoin.errors import ReadingError

if TYPE_CHECKING:
    from temoin.casefile import Case, Custody
    from temoin.casefile.importing import Mapping

__all__ = ["import_"]


@click.command(name="import")
@cases.case
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--as",
    "kind",
    required=True,
    metavar="KIND",
    help="acled, ucdp, gdelt, a mapping file (NAME.toml), or records.",
)
@click.option(
    "--header",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The first line of this file names the columns, for files without a header.",
)
@cases.sensitivity
@click.option("--note", metavar="TEXT", help="Anything to be noted of where the files are from.")
@cases.by
@options.quiet
def import_(
    *,
    case: str,
    files: tuple[Path, ...],
    kind: str,
    header: Path | None,
    sensitivity: str | None,
    note: str | None,
    by: str | None,
    quiet: bool,
) -> None:
    """Import reference data, or records, into a case.

    Each row of ACLED, UCDP GED, GDELT, or of a table with a mapping file, becomes a document
    with one claim: that of its source. Records (--as records) are lines of `temoin export`,
    with what was decided, or of `temoin read --format jsonl`.

    What is in the case already is left alone. What cannot be taken is named by file and
    line, and the rest goes on. Exit code: 0 all is in the case, 1 something failed.
    """
    from temoin import casefile
    from temoin.casefile.importing import load_mapping

    actor = cases.actor(by)
    mapping = None if kind == "records" else load_mapping(kind)
    failed = 0
    with casefile.Case.open(case) as opened:
        info = opened.info()
        custody = casefile.Custody(
            keep_original=info.keep_originals,
            sensitivity=sensitivity or info.sensitivity,
            licence=mapping.terms if mapping else None,
            note=note,
        )
        for path in files:
            try:
                if mapping is None:
                    count, summary = _records(opened, path, actor, custody)
                else:
                    count, summary = _rows(opened, path, mapping, actor, custody, header)
            except ReadingError as error:
                tell(str(error))
                failed += 1
                continue
            failed += count
            if not quiet:
                for line in summary.splitlines():
                    tell(f"{path}: {line}")
        if mapping is not None and not quiet:
            tell(f"terms of use: {mapping.terms}")
    sys.exit(1 if failed else 0)


def _told(error: ReadingError) -> None:
    tell(str(error))


def _records(case: Case, path: Path, actor: str, custody: Custody) -> tuple[int, str]:
    from temoin.casefile.exchanging import import_records

    taken = import_records(case, path, actor=actor, custody=custody, tell=_told)
    summary = (
        f"added {taken.added:,} documents with {taken.decisions:,} decisions and {taken.pairs:,} "
        f"verdicts on pairs; {taken.known:,} known already; {taken.failed:,} failed"
    )
    return taken.failed + taken.untied, summary


def _rows(
    case: Case, path: Path, mapping: Mapping, actor: str, custody: Custody, header: Path | None
) -> tuple[int, str]:
    from temoin.casefile.importing import import_rows

    done = import_rows(
        case,
        path,
        mapping,
        actor=actor,
        custody=custody,
        tell=_told,
        header=_columns(header, mapping.delimiter) if header else None,
    )
    summary = (
        f"added {done.added:,} documents, {done.revised:,} revised, {done.replaced:,} replaced; "
        f"{done.claims:,} claims; {done.known:,} known already; {done.failed:,} failed"
    )
    for reason, count in done.untyped.most_common():
        summary += f"\n{count:,} without a claim: {reason}"
    return done.failed, summary


def _columns(path: Path, delimiter: str) -> list[str]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [name.strip() for name in next(csv.reader(stream, delimiter=delimiter), [])]
