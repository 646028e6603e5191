"""`temoin codes`: records in, rows of a codebook out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

import click

from temoin.cli import _options as options
from temoin.cli._sources import refuse_overwriting
from temoin.cli._streams import data_output, people_output, tell
from temoin.errors import ReadingError

if TYPE_CHECKING:
    from temoin.codebooks import Codebook, Coding
    from temoin.record import Record

__all__ = ["codes"]


class _Writer(Protocol):
    def write(self, coding: Coding) -> None: ...
    def close(self) -> None: ...


@click.command()
@click.argument("given", nargs=-1, metavar="[CODEBOOK] RECORDS...")
@click.option(
    "--codebook",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH.toml",
    help="A codebook of your own, instead of CODEBOOK.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="table to read; csv for the codebook's own columns; jsonl for one row a line.",
)
@click.option(
    "--why",
    is_flag=True,
    help="Show for each cell the rule and the words, what is undecided, and what gave no row.",
)
@options.out
@options.quiet
def codes(
    *,
    given: tuple[str, ...],
    path: Path | None,
    form: str,
    why: bool,
    out: Path | None,
    quiet: bool,
) -> None:
    """Code records as rows of ACLED, UCDP GED, CAMEO, PLOVER or a codebook of yours.

    CODEBOOK is acled, ucdp, cameo, plover, or the path of a .toml file. RECORDS
    are files of `temoin read --format jsonl`, or - for standard input.

    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    paths = list(given)
    if path is None:
        if not paths:
            message = "Name a codebook (acled, ucdp, cameo, plover or a .toml file)."
            raise click.UsageError(message)
        path = Path(paths.pop(0))
    if not paths:
        message = "Give files of records, made with temoin read --format jsonl, or -."
        raise click.UsageError(message)
    refuse_overwriting(out, paths)
    from temoin.codebooks import code, load

    book = load(path)
    failures = documents = rows = left_out = 0
    with people_output(out) if form == "table" else data_output(out) as stream:
        writer = _writer(form, stream, book, why=why)
        for one in _records(paths):
            if isinstance(one, ReadingError):
                failures += 1
                tell(str(one))
                continue
            coding = code(one, book)
            documents += 1
            rows += len(coding.rows)
            left_out += len(coding.not_coded)
            writer.write(coding)
        writer.close()
        stream.flush()
    if not quiet:
        tell(f"{documents} records, {rows} rows, {left_out} incidents not coded, "
             f"{failures} failures")  # fmt: skip
    sys.exit(0 if not failures else 1 if documents else 2)


def _records(paths: list[str]) -> Iterator[Record | ReadingError]:
    from temoin.codebooks.records import read_records, records_of

    for path in paths:
        if path == "-":
            yield from records_of(sys.stdin, "standard input")
        else:
            yield from read_records(Path(path))


def _writer(form: str, stream: TextIO, book: Codebook, *, why: bool) -> _Writer:
    from temoin.codebooks import writing

    if form == "csv":
        return writing.CodesCsvWriter(stream, book, why=why)
    if form == "jsonl":
        return writing.CodesJsonLinesWriter(stream, book, why=why)
    return writing.CodesTextWriter(stream, book, why=why)
