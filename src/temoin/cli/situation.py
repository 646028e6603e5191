"""`temoin situation`: who holds what on a day, on which claims."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _options as options
from temoin.cli._records import Records
from temoin.cli._sources import refuse_overwriting
from temoin.cli._streams import data_output, people_output, tell, width_for

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["situation"]

_PICTURES = ("png", "svg")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--at", type=options.DAY, required=True, metavar="DATE", help="The day.")
@click.option(
    "--area",
    metavar="AREA",
    help="Only there: “lat,lon~km”, “south,west,north,east”, or a place’s name (“Gao~40”).",
)
@click.option(
    "--changes-since", type=options.DAY, metavar="DATE", help="Also what changed since that day."
)
@click.option(
    "--known-by",
    type=options.DAY,
    metavar="DATE",
    help="Leave out what was published later: what could be known then.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json", "geojson", *_PICTURES]),
    default="table",
    show_default=True,
    help="table to read, json with all claims, geojson, or a map as png or svg.",
)
@options.width
@options.out
@options.quiet
def situation(  # noqa: PLR0913 - one parameter an option
    *,
    sources: tuple[str, ...],
    at: dt.date,
    area: str | None,
    changes_since: dt.date | None,
    known_by: dt.date | None,
    form: str,
    width: int | None,
    out: Path | None,
    quiet: bool,
) -> None:
    """Show who is claimed to hold what on a day, with the claims for and against.

    SOURCE is a file of `temoin read --format jsonl`, a folder of such files, a case, or
    - for standard input. A case gives its claims under people's decisions, without the
    rejected ones.

    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    refuse_overwriting(out, sources)
    if form == "png" and out is None and sys.stdout.isatty():
        message = "A picture needs a file: --out map.png."
        raise click.UsageError(message)
    if form in _PICTURES and changes_since is not None:
        message = "A map shows one day: --changes-since goes with table, json and geojson."
        raise click.UsageError(message)
    from temoin.situation import changes, claims_of_all, parse_area
    from temoin.situation import situation as derived

    region = parse_area(area) if area else None
    records = Records(sources)
    claims = list(claims_of_all(records))
    if records.exit_code == 2:
        tell(f"no situation: nothing was read ({records.summary()})")
        sys.exit(2)
    found = derived(claims, at=at, area=region, known_by=known_by)
    changed = (
        None
        if changes_since is None
        else changes(claims, changes_since, at, area=region, known_by=known_by)
    )
    if form in _PICTURES:
        from temoin.situation.mapping import draw

        _write_bytes(draw(found, form), out)
    elif form == "table":
        from temoin.situation.writing import as_table

        with people_output(out) as stream:
            since = changes_since.isoformat() if changes_since else None
            columns = width_for(stream, width) or 100
            stream.write(as_table(found, changed, since=since, width=columns))
    else:
        from temoin.situation.writing import as_geojson, as_json

        with data_output(out) as stream:
            told = as_json(found, changed) if form == "json" else as_geojson(found, changed)
            stream.write(told)
    if not quiet:
        contested = sum(state.contested for state in found.states)
        tell(f"{records.summary()}; {len(found.states)} states on {at}, {contested} contested, "
             f"{len(found.listed)} claims that make none")  # fmt: skip
    sys.exit(records.exit_code)


def _write_bytes(data: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(data)
        return
    from temoin.situation.files import write_bytes

    write_bytes(out, data)
