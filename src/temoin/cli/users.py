"""`temoin users`: who may log in to a workbench that others can reach."""

from __future__ import annotations

import sys
from pathlib import Path

import click

__all__ = ["users"]

_file = click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
_ROLES = ("read", "review", "admin")


@click.group(no_args_is_help=False)
def users() -> None:
    """Add, list and remove those who may log in to a workbench.

    FILE is a file of users for temoin serve --users: names, roles and hashes of passwords
    (argon2id). A running workbench takes changes over at once. Roles: read looks and
    exports; review also decides, adds reports and corroborates; admin also changes users.
    """


@users.command()
@_file
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(_ROLES),
    default="review",
    show_default=True,
    help="What the user may do.",
)
@click.option("--replace", is_flag=True, help="Give a user who is there this role and password.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of input."
)
def add(*, file: Path, name: str, role: str, replace: bool, password_stdin: bool) -> None:
    """Add a user to FILE, which is made if it is not there.

    The password is asked for twice and not shown; it has 12 characters or more.
    """
    from temoin.workbench.users import ROLES, UserTable

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    (chosen,) = [each for each in ROLES if each == role]
    added = UserTable(file).add(name, role=chosen, password=password, replace=replace)
    click.echo(f"{added.name} may {added.role}", err=True)


@users.command(name="list")
@_file
def list_(*, file: Path) -> None:
    """List the users of FILE with their roles and the day of their password."""
    from temoin.workbench.users import UserTable

    table = UserTable.open(file)
    for user in table.all():
        click.echo(f"{user.role:<6}  {table.added_at(user.name)[:10]}  {user.name}")


@users.command()
@_file
@click.argument("name")
def remove(*, file: Path, name: str) -> None:
    """Remove a user from FILE; open sessions end. What the user decided stays.

    One user must be left who may change users.
    """
    from temoin.workbench.users import UserTable

    UserTable.open(file).remove(name)
    click.echo(f"{name} may no longer log in", err=True)
