"""Where output goes: a file that is whole or not there, or standard output.

A file is written beside its place and moved there when it is complete, so that
a reader never sees half of it and an interrupted run leaves the old one alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

__all__ = ["atomic_file"]

#: What a new file gets before the umask takes its share.
_NEW_FILE = 0o666


@contextmanager
def atomic_file(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A stream of text that becomes `path` when the block ends well, and nothing otherwise.

    Line ends are written as given. A file that stands there keeps its
    permissions; a symbolic link keeps pointing, its target is replaced. A device
    or a named pipe is written as it is.

    Raises:
        OSError: The folder does not exist or cannot be written.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding=encoding, newline="") as stream:
            yield stream
        return
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_permissions(path))
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _permissions(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o7777
    if sys.platform == "win32":
        return _NEW_FILE
    mask = os.umask(0)
    os.umask(mask)
    return _NEW_FILE & ~mask
