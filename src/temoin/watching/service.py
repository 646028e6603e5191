"""A watch as a service: signals, the state file, processes that read, counters on a port."""

from __future__ import annotations

import itertools
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from temoin.casefile import Case
from temoin.watching.metrics import Metrics, serve
from temoin.watching.readers import Readers
from temoin.watching.running import Settings, Watch
from temoin.watching.state import State, WatchError
from temoin.watching.telling import Log

if TYPE_CHECKING:
    from temoin.pipeline import Reader

__all__ = ["Service", "run", "sorted_out", "state_path"]

_SCHEMES = ("http://", "https://", "file://")


@dataclass(frozen=True, slots=True)
class Service:
    """What a watch needs beside its settings.

    Attributes:
        state: Its state file.
        workers: Processes that read.
        metrics_port: Port for counters on loopback; None for none, 0 for any.
    """

    state: Path
    workers: int = 1
    metrics_port: int | None = None


def sorted_out(sources: list[str]) -> tuple[list[Path], list[str]]:
    """Folders and addresses of feeds among what was given.

    Raises:
        WatchError: Something is neither, or two folders lie in one another.
    """
    folders: list[Path] = []
    feeds: list[str] = []
    for source in dict.fromkeys(sources):
        if source.lower().startswith(_SCHEMES):
            _check_address(source)
            feeds.append(source)
        elif Path(source).is_dir():
            folders.append(Path(source).resolve())
        else:
            message = f"{source}: is no folder and no address of a feed (http, https, file://)"
            raise WatchError(message)
    for folder in folders:
        if any(other != folder and folder.is_relative_to(other) for other in folders):
            message = f"{folder}: lies in another folder that is watched: leave it out"
            raise WatchError(message)
    return list(dict.fromkeys(folders)), feeds


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        message = f"{address}: is no address"
        raise WatchError(message) from error
    if parts.username or parts.password:
        message = "an address with a password in it is not watched: logs and audit would show it"
        raise WatchError(message)
    if parts.scheme == "file" and parts.hostname not in {None, "", "localhost"}:
        message = f"{address}: write a file's address as file:///folder/feed.xml"
        raise WatchError(message)
    if parts.scheme != "file" and not parts.hostname:
        message = f"{address}: names no host"
        raise WatchError(message)


def state_path(case: Case, given: Path | None) -> Path:
    """Where the state lies: as told, or beside the case.

    Raises:
        WatchError: The case is no file and nothing was told.
    """
    if given is not None:
        return given
    if case.target.path is None:
        raise WatchError("say where the state of the watch shall lie: --state FILE")
    path = case.target.path
    return path.with_name(f"{path.name}.watch")


def run(
    case: Case,
    settings: Settings,
    service: Service,
    *,
    reader: Reader,
    log: Log,
) -> dict[str, int]:
    """Watch until a signal comes, or once.

    Args:
        case: The case.
        settings: How to watch.
        service: What it needs beside.
        reader: Reads in each process.
        log: Tells what happens.

    Returns:
        Documents by outcome.

    Raises:
        TemoinError: It cannot begin, or cannot go on.
    """
    with ExitStack() as stack:
        state = stack.enter_context(State(service.state))
        if state.set_aside:
            log(
                "state_set_aside",
                f"the state could not be read: put aside as {state.set_aside}",
                level="warning",
            )
        metrics = Metrics()
        readers = stack.enter_context(closing(Readers(reader, workers=service.workers)))
        watch = Watch(case, settings, state=state, reader=readers, log=log, metrics=metrics)
        if service.metrics_port is not None:
            server = serve(metrics, service.metrics_port)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            port = server.server_address[1]
            log("metrics", f"counters at http://127.0.0.1:{port}/metrics", port=port)
        with _stopped_by_signals(watch.stop, log):
            watch.run()
        return metrics.counts()


@contextmanager
def _stopped_by_signals(stop: threading.Event, log: Log) -> Iterator[None]:
    """The first signal ends the watch after the document that is read; a second one at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    # A handler runs in the middle of whatever the main thread does, with its locks held: it
    # may neither log nor set an event, or it waits for itself. A simple queue is made for it.
    asked_for: queue.SimpleQueue[int] = queue.SimpleQueue()
    times = itertools.count()

    def asked(number: int, _frame: FrameType | None) -> None:
        if next(times):
            raise KeyboardInterrupt
        asked_for.put(number)

    def end() -> None:
        number = asked_for.get()
        if number:
            name = signal.Signals(number).name
            stop.set()
            log("stopping", f"{name}: ending after what is being read", signal=name)

    thread = threading.Thread(target=end, name="temoin-signals", daemon=True)
    thread.start()
    before: dict[signal.Signals, Callable[..., object] | int | None] = {
        number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        asked_for.put(0)
        thread.join()
