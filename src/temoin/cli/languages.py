"""`temoin languages`: what can be read."""

from __future__ import annotations

import click

__all__ = ["languages"]


@click.command()
def languages() -> None:
    """List the languages whose reports are read, and how well.

    F1 of events and of their arguments, measured on reports that the model was not
    trained on. Texts in other languages are read too, but nobody has measured how
    well: their records carry a note.
    """
    from temoin.exporting.wording import LANGUAGES
    from temoin.extraction.extractor import Extractor

    info = Extractor.load().info
    measured = info.card.get("measured", {})
    for code in info.languages:
        line = f"{code}  {LANGUAGES.get(code, ''):10}"
        found = measured.get(code)
        if found:
            line += (
                f"  events {found['events_f1']:.2f}  arguments {found['arguments_f1']:.2f}"
                f"  ({found['reports']} reports, {found['events']} events)"
            )
        click.echo(line.rstrip())
