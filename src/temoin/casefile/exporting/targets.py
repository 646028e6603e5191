"""Where an export goes: a file that is whole or not there, whatever writes it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["whole_file"]

_NEW_FILE = 0o666


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` when the block ends well, and nothing otherwise.

    Raises:
        OSError: The folder does not exist or cannot be written, or `path` is no file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        # Replacing a device would be the end of it.
        raise OSError(errno.EINVAL, "is no file")
    mode = path.stat().st_mode & 0o7777 if path.exists() else _new_mode()
    # A folder of its own: databases put files beside theirs.
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        made = Path(folder) / path.name
        yield made
        handle = os.open(made, os.O_RDONLY)
        try:
            with suppress(OSError):  # some file systems cannot
                os.fsync(handle)
        finally:
            os.close(handle)
        made.chmod(mode)
        made.replace(path)


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return _NEW_FILE & ~mask
