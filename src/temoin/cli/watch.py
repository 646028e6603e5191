"""`temoin watch`: new files and items of feeds into a case, for months."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._streams import tell

__all__ = ["watch"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@cases.case
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--once", is_flag=True, help="Read what is there now, and end.")
@click.option(
    "--interval",
    type=click.FloatRange(min=0.1),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Between two looks at folders.",
)
@click.option(
    "--quiet-for",
    type=click.FloatRange(min=0),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="A file counts as whole when it has not changed for so long.",
)
@click.option(
    "--feed-interval",
    type=click.FloatRange(min=1),
    default=900,
    show_default=True,
    metavar="SECONDS",
    help="Between two looks at a feed.",
)
@click.option("--follow", is_flag=True, help="Read the pages that items of feeds link to.")
@options.language
@click.option("--source", "publisher", metavar="NAME", help="Publisher, where none is named.")
@options.workers
@click.option("--failures", type=_FILE, metavar="FILE", help="Keep a list of failures there.")
@click.option(
    "--state",
    type=_FILE,
    metavar="FILE",
    help="What was read already. Default: beside the case, CASE.watch.",
)
@click.option("--log-json", is_flag=True, help="Log as JSON lines, without a word of any report.")
@click.option(
    "--metrics-port",
    type=click.IntRange(0, 65_535),
    metavar="N",
    help="Serve /metrics and /health on this port of 127.0.0.1.",
)
@cases.custody
@cases.by
@options.quiet
def watch(  # noqa: PLR0913 - one parameter an option
    *,
    case: str,
    sources: tuple[str, ...],
    once: bool,
    interval: float,
    quiet_for: float,
    feed_interval: float,
    follow: bool,
    language: str | None,
    publisher: str | None,
    workers: int,
    failures: Path | None,
    state: Path | None,
    log_json: bool,
    metrics_port: int | None,
    no_originals: bool,
    sensitivity: str | None,
    collected_by: str | None,
    licence: str | None,
    note: str | None,
    by: str | None,
    quiet: bool,
) -> None:
    """Read what arrives in folders and feeds into a case.

    SOURCE is a folder, or the address of an RSS or Atom feed. Each file and each item is
    read once, also when this is stopped, or killed, and started again. Ctrl-C or SIGTERM
    ends it after the document that is being read.

    Exit code: 0 it was stopped, or with --once all is in the case; 1 with --once something
    failed; 2 it could not begin, or not go on.
    """
    actor = cases.actor(by)
    from temoin import casefile
    from temoin.pipeline import Reader
    from temoin.reading.documents import Options
    from temoin.watching import feeds, running, service
    from temoin.watching.telling import Log

    folders, addresses = service.sorted_out(list(sources))
    with casefile.Case.open(case) as opened:
        info = opened.info()
        settings = running.Settings(
            folders=folders,
            feeds=addresses,
            actor=actor,
            custody=casefile.Custody(
                keep_original=info.keep_originals and not no_originals,
                sensitivity=sensitivity or info.sensitivity,
                collected_by=collected_by,
                licence=licence,
                note=note,
            ),
            options=Options(language=language, source=publisher),
            interval=interval,
            quiet=quiet_for,
            habits=feeds.Habits(every=feed_interval, follow=follow),
            once=once,
            failures=failures,
        )
        counts = service.run(
            opened,
            settings,
            service.Service(
                state=service.state_path(opened, state),
                workers=workers,
                metrics_port=metrics_port,
            ),
            reader=Reader(),
            log=Log(tell, as_json=log_json, quiet=quiet),
        )
    sys.exit(1 if once and counts["failed"] else 0)
