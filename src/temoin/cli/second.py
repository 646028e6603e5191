"""`temoin second`: the same reports, read by a language model that the user names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _options as options
from temoin.cli._progress import Run
from temoin.cli._sources import Skipped, count_documents, paths_or_stdin, refuse_overwriting
from temoin.cli._streams import data_output, tell
from temoin.errors import ReadingError

if TYPE_CHECKING:
    import datetime as dt

    from temoin.reading import Source
    from temoin.second_opinion import Endpoint

__all__ = ["second"]


@click.command()
@click.argument("paths", nargs=-1, metavar="FILE...")
@click.option(
    "--endpoint",
    required=True,
    metavar="URL",
    help="Base address of an OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1.",
)
@click.option("--model", required=True, metavar="NAME", help="The model to ask there.")
@click.option(
    "--beside",
    is_flag=True,
    help="Write the record of Témoin's own model too, before the other.",
)
@options.out
@options.published
@options.language
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Wait so long for one answer.",
)
@click.option(
    "--api-key-env",
    metavar="VARIABLE",
    help="Environment variable that holds the endpoint's key.",
)
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Let the text leave this machine, where the endpoint is on another.",
)
@options.quiet
def second(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[str, ...],
    endpoint: str,
    model: str,
    beside: bool,
    out: Path | None,
    published: dt.date | None,
    language: str | None,
    timeout: float,
    api_key_env: str | None,
    allow_remote: bool,
    quiet: bool,
) -> None:
    """Ask a language model that you name for a second opinion.

    FILE is anything that `temoin read` reads. A few sentences at a time are sent to
    the endpoint; the quotes it answers with are sought in the text, and what is not
    there is listed under `ungrounded`. Records are written as JSONL, each with its
    author in `provenance.model`.

    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    given = paths_or_stdin(paths)
    refuse_overwriting(out, given)
    from temoin.exporting import JsonLinesWriter
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources
    from temoin.second_opinion import Endpoint, SecondOpinion, read_second

    asked = Endpoint(
        endpoint, model=model, api_key=_key(api_key_env), timeout=timeout, allow_remote=allow_remote
    )
    _warn(asked)
    skipped = Skipped()
    sources: Iterable[Source] = iterate_sources(
        given, published=published, language=language, on_skip=skipped
    )
    total = None
    if not quiet and sys.stderr.isatty():
        sources = list(sources)
        total = count_documents(sources) * (2 if beside else 1)
    run = Run(total, quiet=quiet, shares_terminal=out is None and sys.stdout.isatty())
    opinion = SecondOpinion(asked, on_lost=run.fail)
    results = read_second(sources, opinion, beside=Reader() if beside else None)
    try:
        with closing(results), data_output(out) as stream, run:
            writer = JsonLinesWriter(stream)
            for result in results:
                if isinstance(result, ReadingError):
                    run.fail(result)
                    continue
                with run.results_aside():
                    writer.write(result)
                    stream.flush()
                run.count(result)
    except KeyboardInterrupt:
        run.tell_summary(interrupted=True)
        if out:
            tell(f"{out}: not written")
        raise
    if not quiet and str(skipped):
        tell(str(skipped))
    run.tell_summary()
    sys.exit(run.exit_code)


def _key(variable: str | None) -> str | None:
    """The endpoint's key, from the environment: an argument would stand in `ps` and histories."""
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        message = f"--api-key-env {variable}: there is no such environment variable, or it is empty"
        raise click.UsageError(message)
    return key


def _warn(endpoint: Endpoint) -> None:
    address = endpoint.address
    if not address.local:
        how = "" if address.encrypted else " unencrypted"
        where = f"it is sent{how} to {address.host}"
        tell(f"Warning: the text of the reports leaves this machine: {where}")
