"""What the commands on a case share: the case as an argument, and who acts."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from typing import Any

import click

__all__ = ["actor", "by", "case", "custody", "sensitivity"]

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_SENSITIVITIES = ("public", "internal", "confidential", "secret")

case: _Decorator = click.argument("case", metavar="CASE")
by: _Decorator = click.option(
    "--by",
    metavar="NAME",
    help="Who acts, for the audit log. Default: $TEMOIN_USER, else the name you logged in with.",
)
sensitivity: _Decorator = click.option(
    "--sensitivity",
    type=click.Choice(_SENSITIVITIES),
    help="Who may see the documents.",
)

#: What is told of reports that are added: the last stands last in the help.
_CUSTODY: tuple[_Decorator, ...] = (
    click.option(
        "--no-originals", is_flag=True, help="Do not keep the original bytes, only hashes."
    ),
    sensitivity,
    click.option("--collected-by", metavar="NAME", help="Who collected the reports, if not you."),
    click.option("--licence", metavar="TEXT", help="Licence or terms of use of the reports."),
    click.option("--note", metavar="TEXT", help="Anything to be noted of how they were collected."),
)


def custody(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of what is told of reports that are added."""
    for option in reversed(_CUSTODY):
        command = option(command)
    return command


def actor(given: str | None) -> str:
    """Who acts: as told, or `$TEMOIN_USER`, or the name of the session."""
    name = given or os.environ.get("TEMOIN_USER") or _login()
    name = " ".join(name.split())
    if not name or not name.isprintable():
        message = "say who acts: --by NAME, or set TEMOIN_USER"
        raise click.UsageError(message)
    return name


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user of that number
        return ""
