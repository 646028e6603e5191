"""What a process that reads for another one does, and what it says."""

from __future__ import annotations

import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from temoin.errors import TemoinError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from temoin.pipeline.reader import Reader

__all__ = ["DONE", "READY", "Fatal", "work"]

#: Said when the model is loaded.
READY = "ready"
#: Said after the last result of a source.
DONE = "done"


@dataclass(frozen=True, slots=True)
class Fatal:
    """What keeps every source from being read."""

    error: TemoinError


def work(connection: Connection, reader: Reader) -> None:
    """What a process does: read one source after another until its connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _ = reader.extractor
        connection.send(READY)
        while True:
            source = connection.recv()
            for result in reader.read_source(source):
                connection.send(result)
            connection.send(DONE)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # nobody wants more
    except TemoinError as error:
        with suppress(OSError):
            connection.send(Fatal(error))
