"""`temoin doctor`: is all as it should be."""

from __future__ import annotations

import sys

import click

__all__ = ["doctor"]

_SIGNS = {"ok": "ok", "warning": "!", "wrong": "WRONG"}


@click.command()
@click.argument("case", metavar="[CASE]", required=False)
@click.option("--quick", is_flag=True, help="Do not verify the case, which takes its time.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(*, case: str | None, quick: bool, as_json: bool) -> None:
    """Look whether all is as it should be.

    Looks at the program and what it needs, its model and gazetteer, the disk, and at a case:
    can it be reached, is its schema of this version, is the database sound, does it verify.

    Exit code: 0 all is well, 1 something is wrong.
    """
    from temoin.casefile.doctor import as_json as written
    from temoin.casefile.doctor import examine

    checks = []
    for check in examine(case, quick=quick):
        checks.append(check)
        if not as_json:
            click.echo(f"{_SIGNS[check.state]:<6} {check.name:<22} {check.detail}")
    if as_json:
        click.echo(written(checks))
    sys.exit(1 if any(check.state == "wrong" for check in checks) else 0)
