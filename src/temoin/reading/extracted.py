"""What a format's reader hands on: text and what came with it, not yet a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from temoin.reading.quiet import silenced

__all__ = ["Extracted", "Unreadable", "guarded"]


class Unreadable(ValueError):  # noqa: N818 - it becomes the cause of a ReadingError
    """Something cannot be read; the message is the cause, without the source's name."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one report with the metadata its format carries.

    Attributes:
        text: The text that offsets will count in.
        media_type: What the bytes were.
        encoding: Python codec the bytes were decoded with; None for binary formats.
        title: Title, if the format names one.
        url: Where the page stands, if it says so.
        source: Publisher or site.
        published: Publication day that the format's metadata or the row gives.
        published_from: `metadata` or `row`, where `published` is given.
        language: Language declared by the row, not checked.
        notes: What the reader should know.
    """

    text: str
    media_type: str
    encoding: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


@contextmanager
def guarded(what: str, *loggers: str) -> Iterator[None]:
    """Turn anything a parsing library raises into a cause, and keep it quiet.

    Args:
        what: How the message names the thing, e.g. `a PDF file`.
        loggers: Names of the library's loggers.

    Raises:
        Unreadable: The library gave up, with its own words in brackets.
    """
    with silenced(*loggers):
        try:
            yield
        except Unreadable:
            raise
        except Exception as error:
            detail = " ".join(str(error).split())[:120] or type(error).__name__
            message = f"cannot be read as {what}: it is damaged or incomplete ({detail})"
            raise Unreadable(message) from error
