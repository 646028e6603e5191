"""`temoin languages`: what can be read."""

from __future__ import annotations

import click

__all__ = ["languages"]


@click.command()
def languages() -> None:
    """List the languages whose reports are read.

    Texts in other languages are read too, but nobody has measured how well: their
    records carry a note.
    """
    from temoin.exporting.wording import LANGUAGES
    from temoin.extraction.extractor import Extractor

    for code in Extractor.load().info.languages:
        click.echo(f"{code}  {LANGUAGES.get(code, '')}".rstrip())
