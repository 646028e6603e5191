"""`temoin migrate`: bring a case of an older Témoin to this version."""

from __future__ import annotations

import click

from temoin.cli import _cases as cases
from temoin.cli._streams import tell

__all__ = ["migrate"]


@click.command()
@cases.case
@cases.by
def migrate(*, case: str, by: str | None) -> None:
    """Bring a case of an older Témoin to this version.

    A case in a file is copied beside itself first. On PostgreSQL, make a dump yourself
    (pg_dump) if you want one. All is done in one transaction, or nothing.
    """
    from temoin.casefile import Case

    done = Case.migrate(case, actor=cases.actor(by))
    if done.before == done.after:
        tell(f"{done.shown}: is of this version already")
        return
    kept = f"; as it was: {done.copy}" if done.copy else ""
    tell(f"{done.shown}: brought from schema {done.before} to {done.after}{kept}")
