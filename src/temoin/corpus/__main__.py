"""`python -m temoin.corpus`: compile, lint and count gold reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from temoin.corpus import dump_jsonl, lint, load, markdown_table, statistics
from temoin.errors import CorpusError

_PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)


@click.group()
def main() -> None:
    """Work on annotated reports: .gold files, directories of them, compiled .jsonl."""


@main.command("compile")
@_PATHS
def compile_command(paths: tuple[Path, ...]) -> None:
    """Print the reports as JSON, one line each, with character offsets."""
    for line in dump_jsonl(load(*paths)):
        click.echo(line)


@main.command("lint")
@_PATHS
def lint_command(paths: tuple[Path, ...]) -> None:
    """List doubtful annotations; the exit code is 1 where there are any."""
    slips = [slip for report in load(*paths) for slip in lint(report)]
    for slip in slips:
        click.echo(str(slip))
    if slips:
        sys.exit(1)
    click.echo("nothing found")


@main.command("statistics")
@_PATHS
def statistics_command(paths: tuple[Path, ...]) -> None:
    """Print what the reports hold, as JSON."""
    click.echo(json.dumps(statistics(load(*paths)).to_dict(), ensure_ascii=False, indent=2))


@main.command("table")
@_PATHS
@click.option(
    "--write",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="README",
    help="Put the table between the lines `<!-- counts -->` and `<!-- /counts -->` of this file.",
)
def table_command(paths: tuple[Path, ...], write: Path | None) -> None:
    """Print the counts of each path as the table of the corpus's README."""
    table = markdown_table({path.name: statistics(load(path)) for path in paths})
    if write is None:
        click.echo(table)
        return
    before, start, rest = write.read_text(encoding="utf-8").partition("<!-- counts -->\n")
    _, end, after = rest.partition("<!-- /counts -->\n")
    if not (start and end):
        message = f"{write}: no lines <!-- counts --> and <!-- /counts -->"
        raise CorpusError(message)
    write.write_text(f"{before}{start}{table}\n{end}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    try:
        main()
    except CorpusError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
