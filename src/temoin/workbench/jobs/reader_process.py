"""A reader in a process of its own: a damaged file takes that one down, not the server.

The process is started with the first document and kept with its model. What takes too long
is ended with the process, and the next document gets a new one.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from temoin.errors import ReadingError, TemoinError
from temoin.pipeline.process import DONE, Fatal, work
from temoin.pipeline.reader import Reader
from temoin.record import Record

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from temoin.reading import Source

__all__ = ["ProcessReader"]

#: Seconds between two looks whether the job was called off.
_LOOK = 0.5

#: Seconds that a process has to start and load its model.
_START = 120.0


class ProcessReader(Reader):
    """Reads as a reader does, elsewhere; for one thread.

    Args:
        reader: What reads there; without a loaded model it is small to send.
        seconds: Longest time for one document.
    """

    def __init__(self, reader: Reader, *, seconds: float) -> None:
        super().__init__()
        self._reader = reader
        self._seconds = seconds
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        #: Called while a document is read; raises where the job was called off.
        self.check: Callable[[], None] = _nothing

    def read_many(
        self,
        sources: Iterable[Source],
        *,
        workers: int = 1,  # noqa: ARG002 - as a reader has it; this one is alone
    ) -> Generator[Record | ReadingError]:
        """Read sources in their order; see `Reader.read_many`."""
        for source in sources:
            yield from self.read_source(source)

    def read_source(self, source: Source) -> Iterator[Record | ReadingError]:
        """Read one source there; see `Reader.read_source`."""
        self.check()
        connection = self._started()
        until = time.monotonic() + self._seconds
        try:
            connection.send(source)
            while True:
                message = self._next(connection, until)
                if message == DONE:
                    return
                until = time.monotonic() + self._seconds
                yield _result(message)
        except TimeoutError:
            self.close()
            yield ReadingError(
                source.name, f"reading it took more than {self._seconds:.0f} seconds: given up"
            )
        except (EOFError, OSError):
            self.close()
            yield ReadingError(source.name, "the process that read it broke down")
        except BaseException:
            self.close()  # what it has still to say belongs to nobody
            raise

    def close(self) -> None:
        """End the process."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join(5)
            if process.exitcode is None:
                process.kill()
                process.join()
            process.close()

    def _started(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self.close()
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(
            target=work, args=(there, self._reader), name="temoin-reader", daemon=True
        )
        process.start()
        there.close()
        with self._lock:
            self._process, self._connection = process, here
        try:
            message = self._next(here, time.monotonic() + _START)
        except (EOFError, OSError) as error:
            self.close()
            message = "the process that reads could not start"
            raise TemoinError(message) from error
        if isinstance(message, Fatal):
            self.close()
            raise message.error
        return here

    def _next(self, connection: Connection, until: float) -> object:
        """What comes next from the process.

        Raises:
            TimeoutError: Nothing came in time.
        """
        while not connection.poll(max(0.0, min(_LOOK, until - time.monotonic()))):
            self.check()
            if time.monotonic() >= until:
                raise TimeoutError
        return connection.recv()


def _nothing() -> None:
    return


def _result(message: object) -> Record | ReadingError:
    """What the process sent, if it is a result; it raises what keeps everything from being read."""
    if isinstance(message, Record | ReadingError):
        return message
    if isinstance(message, Fatal):
        raise message.error
    raise TemoinError("the process that reads said something else")
