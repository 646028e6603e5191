"""The bytes of a source, taken once: for its hash, for keeping, and for reading.

What is hashed is what is read: the source that is handed on carries the bytes, so that a
file which changes in between cannot be hashed as one thing and read as another.
"""

from __future__ import annotations

import datetime as dt
import platform
from dataclasses import dataclass, replace
from pathlib import Path

from temoin.casefile.canonical import sha256
from temoin.errors import ReadingError
from temoin.reading import Source

__all__ = ["Original", "take"]


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of one document, and where they were found.

    Attributes:
        data: The bytes.
        sha256: Their hash, as the document will have it.
        content_key: What makes it one document of a case.
        location: Where they were found: an absolute path (and row), an address, `-`.
        host: The computer.
        modified_at: The file's time of last change, UTC.
        retrieved_at: When they were fetched, UTC, of an address.
    """

    data: bytes
    sha256: str
    content_key: str
    location: str
    host: str
    modified_at: str | None
    retrieved_at: str | None


def take(source: Source) -> tuple[Source, Original]:
    """Take the bytes of a source of one document.

    Args:
        source: A file, a page, or one row of a file.

    Returns:
        The source with its bytes, and the original.

    Raises:
        ReadingError: They cannot be had.
    """
    if source.problem:
        raise ReadingError(source.name, source.problem)
    data, retrieved_at = source.data, None
    if data is None and source.page is not None:
        source, data, retrieved_at = _fetched(source)
    elif data is None:
        data = _from_file(source)
    source = replace(source, data=data)
    own = _as_hashed(source, data)
    key = sha256(own)
    if source.rows and source.rows.header:
        # The same row under other column names is another document.
        names = "\x1f".join(source.rows.header.names)
        key = sha256(f"{key}\x1e{names}")
    return source, Original(
        data=own,
        sha256=sha256(own),
        content_key=key,
        location=_location(source),
        host=platform.node(),
        modified_at=_modified_at(source),
        retrieved_at=retrieved_at,
    )


def _fetched(source: Source) -> tuple[Source, bytes, str]:
    from temoin.casefile.canonical import now
    from temoin.reading import network
    from temoin.reading.extracted import Unreadable

    try:
        fetched = network.fetch(source.location, max_bytes=source.options.max_bytes)
    except Unreadable as error:
        raise ReadingError(source.name, str(error)) from error
    page = source.page and replace(source.page, charset=fetched.charset)
    return replace(source, page=page), fetched.data, now()


def _from_file(source: Source) -> bytes:
    from temoin.reading.extracted import Unreadable
    from temoin.reading.finding import os_cause
    from temoin.reading.loading import read_file

    path = Path(source.location)
    try:
        if source.rows:
            with path.open("rb") as file:
                file.seek(source.rows.start)
                return file.read(source.rows.end - source.rows.start)
        return read_file(path, source.options.max_bytes)
    except Unreadable as error:
        raise ReadingError(source.name, str(error)) from error
    except OSError as error:
        raise ReadingError(source.name, os_cause(error)) from error


def _as_hashed(source: Source, data: bytes) -> bytes:
    """The bytes whose hash the document has: a row without its line end, in its own encoding."""
    if source.rows is None:
        return data
    row = data.rstrip(b"\r\n")
    return row.decode("utf-8").encode(source.rows.encoding) if source.rows.encoding else row


def _is_no_file(source: Source) -> bool:
    """Whether it came from the network, from standard input, or through the workbench."""
    return (
        source.page is not None or source.location == "-" or source.location.startswith("upload:")
    )


def _location(source: Source) -> str:
    if _is_no_file(source):
        return source.name
    return source.name.replace(source.location, str(Path(source.location).absolute()), 1)


def _modified_at(source: Source) -> str | None:
    if _is_no_file(source):
        return None
    try:
        changed = Path(source.location).stat().st_mtime
    except OSError:
        return None
    return dt.datetime.fromtimestamp(changed, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
