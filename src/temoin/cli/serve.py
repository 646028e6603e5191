"""`temoin serve`: the workbench in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from temoin.cli import _cases as cases

__all__ = ["serve"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@cases.case
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="Port to listen on; 0 for any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on. Any that other machines reach needs --users.",
)
@click.option("--no-browser", is_flag=True, help="Open no browser; only print the address.")
@click.option(
    "--users",
    type=_FILE,
    metavar="FILE",
    help="File of users (temoin users add): everybody logs in with a password.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Name of this machine by which browsers may ask for it; can be repeated.",
)
@click.option(
    "--url",
    metavar="URL",
    help="Address by which browsers come, where a proxy stands in between.",
)
@click.option("--certificate", type=_FILE, metavar="FILE", help="Certificate for https (PEM).")
@click.option("--key", type=_FILE, metavar="FILE", help="Its private key (PEM).")
@click.option(
    "--hours",
    type=click.FloatRange(0.1, 24 * 30),
    default=12,
    show_default=True,
    metavar="N",
    help="After so many hours one must enter again.",
)
@click.option(
    "--log", type=_FILE, metavar="FILE", help="Access log: JSON lines without texts or queries."
)
@cases.by
def serve(  # noqa: PLR0913 - one parameter an option
    *,
    case: str,
    port: int,
    host: str,
    no_browser: bool,
    users: Path | None,
    names: tuple[str, ...],
    url: str | None,
    certificate: Path | None,
    key: Path | None,
    hours: float,
    log: Path | None,
    by: str | None,
) -> None:
    """Look at a case, review it and export from it in a browser.

    \b
    temoin serve case.temoin
    temoin serve case.temoin --host 0.0.0.0 --users users.json --certificate c.pem --key k.pem

    Without more options only this machine reaches it, and only who has the address that is
    printed: it holds a token that works once. docs/workbench.md tells what is protected and
    what is not.
    """  # noqa: D301 - click wants the backspace itself
    # With users, each one acts under the name that was logged in.
    actor = cases.actor(by) if users is None else "workbench"
    from temoin.workbench.serving import serve as run
    from temoin.workbench.settings import Settings

    run(
        case,
        Settings(
            host=host,
            port=port,
            users=users,
            actor=actor,
            names=names,
            url=url,
            certificate=certificate,
            key=key,
            session_hours=hours,
            log=log,
        ),
        tell=click.echo,
        browser=not no_browser,
    )
