"""`temoin init`: make an empty case."""

from __future__ import annotations

import click

from temoin.cli import _cases as cases
from temoin.cli._streams import tell

__all__ = ["init"]


@click.command()
@cases.case
@click.option("--title", metavar="TEXT", help="Title of the case.")
@click.option(
    "--no-originals",
    is_flag=True,
    help="Keep hashes of original bytes only, not the bytes.",
)
@cases.sensitivity
@cases.by
def init(
    *, case: str, title: str | None, no_originals: bool, sensitivity: str | None, by: str | None
) -> None:
    """Make an empty case.

    CASE is a file that is not there yet (evidence.temoin), or the address of an empty
    PostgreSQL database (postgresql://USER@HOST/DATABASE).
    """
    from temoin.casefile import Case

    with Case.create(
        case,
        actor=cases.actor(by),
        title=title,
        keep_originals=not no_originals,
        sensitivity=sensitivity or "internal",
    ) as made:
        tell(f"{made.target.shown}: made; add reports with temoin add {made.target.shown} PATH...")
