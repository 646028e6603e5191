"""`temoin gazetteer`: add places to the gazetteer, and look names up in it."""

from __future__ import annotations

import json
from pathlib import Path

import click

__all__ = ["gazetteer"]

_SHOWN = 5


@click.group(no_args_is_help=False)
def gazetteer() -> None:
    """Add places to the gazetteer, and look names up in it.

    The shipped gazetteer knows towns of 500 people and more, and places that wars
    made known. Villages come with a dump of GeoNames for the country in question
    (download.geonames.org/export/dump/SY.zip), read once and kept in your data folder.
    """


@gazetteer.command(name="import")
@click.argument(
    "dumps",
    metavar="DUMP...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
def import_(dumps: tuple[Path, ...]) -> None:
    """Add the places of GeoNames dumps (.txt or .zip) to your gazetteer.

    A line that cannot be read is told with its number, and the rest goes on. The
    exit code is 1 when there were such lines.
    """
    from temoin.grounding.place.gazetteer import user_database
    from temoin.grounding.place.importing import import_dump

    target = user_database()
    broken = 0
    for dump in dumps:
        done = import_dump(dump, target)
        for number, reason in done.faults[:_SHOWN]:
            click.echo(f"{dump}:{number}: {reason}", err=True)
        if done.broken > _SHOWN:
            click.echo(f"{dump}: {done.broken - _SHOWN} more lines could not be read", err=True)
        broken += done.broken
        click.echo(f"{dump}: {done.places} places added to {target}", err=True)
    if broken:
        click.get_current_context().exit(1)


@gazetteer.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Most places to show.")
@click.option("--json", "as_json", is_flag=True, help="One place a line, as JSON.")
def search(name: str, *, limit: int, as_json: bool) -> None:
    """Show the places that bear a name, in whatever spelling or script.

    The exit code is 1 where there is none.
    """
    from temoin.grounding.place.gazetteer import default_gazetteer

    found = default_gazetteer().search(name, limit=limit)
    for place in found:
        if as_json:
            about = {
                "id": place.id,
                "name": place.name,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "country": place.country,
                "feature": place.feature,
                "population": place.population,
                "radius_km": place.radius,
            }
            click.echo(json.dumps(about, ensure_ascii=False))
        else:
            people = f"  {place.population:,} people" if place.population else ""
            click.echo(
                f"{place.name}  {place.feature} {place.country}  "
                f"{place.latitude:.4f} {place.longitude:.4f}{people}  {place.id}"
            )
    if not found:
        click.echo(
            f"{name}: not in the gazetteer; temoin gazetteer import adds a GeoNames dump", err=True
        )
        click.get_current_context().exit(1)
