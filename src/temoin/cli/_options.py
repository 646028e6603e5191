"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["DAY", "language", "min_confidence", "out", "published", "quiet", "width", "workers"]

#: The languages that a text can be declared to be in.
LANGUAGE_CODES = ("fr", "en", "es", "ar", "uk", "ru")


class _Day(click.ParamType[dt.date]):
    """A day as `YYYY-MM-DD`."""

    name = "day"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> dt.date:
        """Read a day; fails with a message that shows the form."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as YYYY-MM-DD.", param, ctx)


DAY = _Day()

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

published: _Decorator = click.option(
    "--published",
    type=DAY,
    metavar="DATE",
    help="Day of publication (YYYY-MM-DD), for relative times such as “yesterday”.",
)
language: _Decorator = click.option(
    "--language",
    type=click.Choice(LANGUAGE_CODES),
    help="Language of the texts; detected where it is not given.",
)
min_confidence: _Decorator = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Leave out events below this confidence (0 to 1).",
)
out: _Decorator = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file, when all is read, instead of standard output.",
)
quiet: _Decorator = click.option(
    "-q", "--quiet", is_flag=True, help="No progress and no summary; failures only."
)
width: _Decorator = click.option(
    "--width",
    type=click.IntRange(min=40),
    metavar="N",
    help="Wrap at N columns. Default: the terminal's width; no wrapping in a pipe or a file.",
)
workers: _Decorator = click.option(
    "-w",
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Read with N processes.",
)
