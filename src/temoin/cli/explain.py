"""`temoin explain`: the text with what it claims marked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _options as options
from temoin.cli._progress import Run
from temoin.cli._sources import paths_or_stdin, refuse_overwriting
from temoin.cli._streams import colour_for, data_output, people_output, width_for
from temoin.errors import ReadingError

if TYPE_CHECKING:
    import datetime as dt

    from temoin.record import Record

__all__ = ["explain"]


@click.command()
@click.argument("path", required=False, metavar="FILE")
@click.option(
    "--html",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="OUT",
    help="Write a page that needs no network and no script (- for standard output).",
)
@options.published
@options.language
@options.min_confidence
@options.width
def explain(
    *,
    path: str | None,
    html: Path | None,
    published: dt.date | None,
    language: str | None,
    min_confidence: float | None,
    width: int | None,
) -> None:
    """Show a text with the words of its events marked.

    On a terminal words are coloured by what they are; `--html` makes a page of
    it, with a card for each event. FILE is anything that `temoin read` reads.
    """
    given = paths_or_stdin([path] if path else [])
    out = None if html is None or str(html) == "-" else html
    refuse_overwriting(out, given)
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources

    sources = iterate_sources(given, published=published, language=language)
    run = Run(None, quiet=True, shares_terminal=False)
    results = Reader(min_confidence=min_confidence).read_many(sources)
    records = _records(results, run)
    if html is None:
        _show(records, width=width)
    else:
        from temoin.exporting.explain_html import explain_html

        found = list(records)
        if found:
            with data_output(out) as stream:
                stream.write(explain_html(found))
    sys.exit(run.exit_code)


def _records(results: Iterable[Record | ReadingError], run: Run) -> Iterator[Record]:
    """The records among the results; the others are told as failures."""
    for result in results:
        if isinstance(result, ReadingError):
            run.fail(result)
        else:
            run.count(result)
            yield result


def _show(records: Iterable[Record], *, width: int | None) -> None:
    from temoin.exporting.explain_terminal import TerminalExplainer

    with people_output(None) as stream:
        explainer = TerminalExplainer(
            stream, width=width_for(stream, width), colour=colour_for(stream)
        )
        for record in records:
            explainer.write(record)
        explainer.close()
