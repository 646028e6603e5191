"""Reading in processes that stay, in the order of the sources.

A damaged file takes one process down and not the watch; what takes too long is given up;
and a process is replaced after many documents, whatever its libraries have kept.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from temoin.errors import ReadingError
from temoin.pipeline.reader import Reader
from temoin.record import Record
from temoin.workbench.jobs.reader_process import ProcessReader

if TYPE_CHECKING:
    from temoin.reading import Source

__all__ = ["Readers"]

_Results = list[Record | ReadingError]

#: Documents after which a process is replaced.
_LIFE = 2_000


class Readers(Reader):
    """Reads as a reader does, in one or several processes that are kept between calls.

    Args:
        reader: What reads there.
        workers: Processes.
        seconds: Longest time for one document.
        life: Documents after which a process is replaced.
    """

    def __init__(
        self, reader: Reader, *, workers: int = 1, seconds: float = 300.0, life: int = _LIFE
    ) -> None:
        super().__init__()
        self._life = life
        # One in reserve keeps several processes busy while results are stored.
        self._most = workers + (workers > 1)
        self._free: queue.SimpleQueue[tuple[ProcessReader, int]] = queue.SimpleQueue()
        self._all = [ProcessReader(reader, seconds=seconds) for _ in range(workers)]
        for each in self._all:
            self._free.put((each, 0))
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="temoin-reading")

    def read_many(
        self,
        sources: Iterable[Source],
        *,
        workers: int = 1,  # noqa: ARG002 - as a reader has it; how many there are is settled
    ) -> Generator[Record | ReadingError]:
        """Read sources in their order; see `Reader.read_many`."""
        ahead: deque[Future[_Results]] = deque()
        try:
            for source in sources:
                ahead.append(self._threads.submit(self._read, source))
                while len(ahead) >= self._most or (ahead and ahead[0].done()):
                    yield from ahead.popleft().result()
            while ahead:
                yield from ahead.popleft().result()
        finally:
            for each in ahead:
                each.cancel()

    def _read(self, source: Source) -> _Results:
        reader, age = self._free.get()
        try:
            if age >= self._life:
                reader.close()
                age = 0
            return list(reader.read_source(source))
        finally:
            self._free.put((reader, age + 1))

    def close(self) -> None:
        """End the processes, at once."""
        for each in self._all:
            each.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
