"""Standard output and error: what they can show, and who shares the terminal."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

__all__ = ["colour_for", "data_output", "people_output", "tell", "width_for"]

#: For terminals whose encoding lacks our symbols (Latin-1, ASCII).
_PLAIN = {
    "✗": "x", "≈": "~", "»": ">>", "→": "->", "≥": ">=", "≤": "<=", "±": "+/-", "“": '"', "”": '"',
    "·": "-", "…": "...", "’": "'", "⟦": "[[", "⟧": "]]", "–": "-",
}  # fmt: skip


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char, "?") for char in words), error.end


codecs.register_error("temoin.plain", _plain)


def colour_for(stream: TextIO) -> bool:
    """Whether to use colours: on a terminal that has them, unless `NO_COLOR` is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_for(stream: TextIO, asked: int | None) -> int | None:
    """Columns to wrap at; None where there is no terminal and none was asked for."""
    if asked is not None:
        return asked
    return shutil.get_terminal_size().columns if stream.isatty() else None


@contextmanager
def people_output(out: Path | None) -> Iterator[TextIO]:
    """Where text for people goes: `out`, whole or not at all, or standard output."""
    if out is not None:
        with _file(out) as stream:
            yield stream
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="temoin.plain")
    yield sys.stdout


@contextmanager
def data_output(out: Path | None) -> Iterator[TextIO]:
    """Where data goes: `out`, whole or not at all, or standard output; UTF-8 in any locale."""
    if out is not None:
        with _file(out) as stream:
            yield stream
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    yield sys.stdout


def tell(message: str) -> None:
    """Say something on standard error; a file's name in it cannot steer the terminal."""
    shown = "".join(char if char.isprintable() else "�" for char in message)
    click.echo(shown.encode(_encoding(sys.stderr), "temoin.plain"), err=True)


def _encoding(stream: TextIO) -> str:
    return stream.encoding or "utf-8"


@contextmanager
def _file(path: Path) -> Iterator[TextIO]:
    from temoin.exporting.files import atomic_file

    with atomic_file(path) as stream:
        yield stream
