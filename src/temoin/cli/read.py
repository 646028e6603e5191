"""`temoin read`: reports in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

import click

from temoin.cli import _options as options
from temoin.cli._progress import Run
from temoin.cli._sources import Skipped, count_documents, paths_or_stdin, refuse_overwriting
from temoin.cli._streams import colour_for, data_output, people_output, tell, width_for
from temoin.errors import ReadingError

if TYPE_CHECKING:
    import datetime as dt

    from temoin.reading import Source
    from temoin.record import Record

__all__ = ["read"]

#: Rows of a table that are handed to a process at once: few, so that all have work.
_ROWS_AT_ONCE = 8


class _Writer(Protocol):
    def write(self, record: Record) -> None: ...
    def close(self) -> None: ...


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="table to read, json or jsonl for whole records, csv for one row an event.",
)
@options.out
@options.published
@options.language
@options.workers
@options.min_confidence
@options.width
@options.quiet
def read(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    published: dt.date | None,
    language: str | None,
    workers: int,
    min_confidence: float | None,
    width: int | None,
    quiet: bool,
) -> None:
    """Read reports and put on record what they claim.

    PATH is a file (text, Markdown, HTML, PDF, DOCX, JSONL, CSV), a folder, an
    http(s) address, or - for standard input.

    What cannot be read is told on standard error, and the rest goes on.
    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    given = paths_or_stdin(paths)
    refuse_overwriting(out, given)
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources

    skipped = Skipped()
    sources: Iterable[Source] = iterate_sources(
        given,
        published=published,
        language=language,
        rows_per_source=_ROWS_AT_ONCE,
        on_skip=skipped,
    )
    total = None
    if not quiet and sys.stderr.isatty():
        # Only a bar must know how much there is: without one, sources are found as they are read.
        sources = list(sources)
        total = count_documents(sources)
    run = Run(total, quiet=quiet, shares_terminal=out is None and sys.stdout.isatty())
    output = people_output(out) if form == "table" else data_output(out)
    try:
        # closing: an interrupted run ends its processes before it says goodbye.
        with (
            closing(Reader(min_confidence=min_confidence).read_many(sources, workers=workers)) as (
                results
            ),
            output as stream,
            run,
        ):
            writer = _writer(form, stream, width=width)
            for result in results:
                if isinstance(result, ReadingError):
                    run.fail(result)
                    continue
                with run.results_aside():
                    writer.write(result)
                    stream.flush()
                run.count(result)
            writer.close()
            stream.flush()
    except KeyboardInterrupt:
        run.tell_summary(interrupted=True)
        if out:
            tell(f"{out}: not written")
        raise
    if not quiet and str(skipped):
        tell(str(skipped))
    run.tell_summary()
    sys.exit(run.exit_code)


def _writer(form: str, stream: TextIO, *, width: int | None) -> _Writer:
    from temoin import exporting

    if form == "jsonl":
        return exporting.JsonLinesWriter(stream)
    if form == "json":
        return exporting.JsonWriter(stream)
    if form == "csv":
        return exporting.CsvWriter(stream)
    return exporting.TableWriter(stream, width=width_for(stream, width), colour=colour_for(stream))
