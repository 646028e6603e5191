"""Reading in several processes: in order, in bounded memory, surviving a crash.

The standard pools give up altogether when one process dies, and do not say on
what. Here every process has its own connection and one source at a time, so a
crash (a damaged PDF, not enough memory) costs that source alone and names it.
Nobody reads ahead without limit: a process whose results are not wanted yet
blocks on its connection.
"""

from __future__ import annotations

import itertools
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from temoin.errors import ReadingError, TemoinError
from temoin.pipeline.process import Fatal, work
from temoin.record import Record

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from temoin.pipeline.reader import Reader
    from temoin.reading import Source

__all__ = ["read_in_processes"]

#: Sources begun beyond the one whose results are wanted, for each worker.
_AHEAD = 4

#: Results of one source that are held while those of an earlier one are wanted.
_HELD = 16

#: Seconds that a process has to end by itself.
_PATIENCE = 5.0


@dataclass(slots=True)
class _Slot:
    """A source that was begun, and its results that are not given out yet."""

    source: Source
    results: deque[Record | ReadingError] = field(default_factory=deque)
    done: bool = False


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    ready: bool = False
    at: int | None = None  # number of the source it reads


def read_in_processes(
    reader: Reader, sources: Iterable[Source], *, workers: int
) -> Generator[Record | ReadingError]:
    """Read sources in several processes and give their results in the order of the sources.

    Raises:
        TemoinError: What keeps every source from being read; or no process can start.
    """
    pool = _Pool(reader, sources, workers)
    finished = False
    try:
        yield from pool.results()
        finished = True
    finally:
        pool.end(at_once=not finished)


class _Pool:
    def __init__(self, reader: Reader, sources: Iterable[Source], workers: int) -> None:
        # Neither copies of this process's threads (fork) nor a server to clean up (forkserver).
        self._context = multiprocessing.get_context("spawn")
        self._reader = reader
        coming = iter(sources)
        first = list(itertools.islice(coming, workers))
        self._size = len(first)  # a process without a source would load the model for nothing
        self._sources = enumerate(itertools.chain(first, coming))
        self._next: tuple[int, Source] | None = next(self._sources, None)
        self._workers: list[_Worker] = []
        self._slots: dict[int, _Slot] = {}
        self._wanted = 0

    def results(self) -> Iterator[Record | ReadingError]:
        """All results in order; returns when every source is done."""
        while self._next is not None or self._slots:
            self._hand_out()
            slot = self._slots.get(self._wanted)
            while slot is not None and slot.results:
                yield slot.results.popleft()
            if slot is not None and slot.done:
                del self._slots[self._wanted]
                self._wanted += 1
            else:
                self._listen()

    def end(self, *, at_once: bool) -> None:
        """End all processes; with `at_once` without waiting for what they are doing."""
        for worker in self._workers:
            worker.connection.close()
            if at_once:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
            worker.process.close()

    def _hand_out(self) -> None:
        """Give a source to every process that has none; replace those that died."""
        limit = self._wanted + self._size * _AHEAD
        while self._next is not None and len(self._workers) < self._size:
            self._start()
        for worker in self._workers:
            if self._next is None or self._next[0] >= limit:
                return
            if worker.ready and worker.at is None:
                worker.at, source = self._next
                self._slots[worker.at] = _Slot(source)
                with suppress(OSError):  # it has died: heard of when its connection is read
                    worker.connection.send(source)
                self._next = next(self._sources, None)

    def _start(self) -> None:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=work, args=(there, self._reader), name="temoin-reader", daemon=True
        )
        with _interrupts_ignored():
            process.start()
        there.close()  # so that the connection ends when the process does
        self._workers.append(_Worker(process, here))

    def _listen(self) -> None:
        """Wait for messages, leaving alone processes that are too far ahead."""
        heard: dict[object, _Worker] = {
            worker.connection: worker
            for worker in self._workers
            if worker.at in {None, self._wanted} or len(self._slots[worker.at].results) < _HELD
        }
        for connection in wait([worker.connection for worker in heard.values()]):
            worker = heard[connection]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            self._take(worker, message)

    def _take(self, worker: _Worker, message: Record | ReadingError | Fatal | str) -> None:
        if isinstance(message, Fatal):
            raise message.error
        if worker.at is None:
            worker.ready = True
        elif isinstance(message, str):
            self._slots[worker.at].done = True
            worker.at = None
        else:
            self._slots[worker.at].results.append(message)

    def _bury(self, worker: _Worker) -> None:
        """A process died: its source failed, if it had one."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        how = _how_it_ended(worker.process.exitcode)
        worker.process.close()
        if not worker.ready:
            message = f"a reading process could not start: it {how}; try --workers 1"
            raise TemoinError(message)
        if worker.at is not None:
            slot = self._slots[worker.at]
            slot.results.append(ReadingError(slot.source.name, f"the process that read it {how}"))
            slot.done = True


def _how_it_ended(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
        return f"was ended by {name}{hint}"
    return f"ended with code {code}"


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ctrl-C goes to the whole group of processes; those started here leave it to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say how signals are answered
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
