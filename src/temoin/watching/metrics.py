"""Counters of a watch in the text format of Prometheus, and whether it lives, on loopback."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from temoin._version import __version__
from temoin.watching.state import WatchError
from temoin.workbench.metrics import MEDIA_TYPE, head, resident, sample

__all__ = ["BOUNDS", "Metrics", "serve"]

#: Upper bounds in seconds of the histogram of how long a document takes.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)

#: Seconds without a sign of life after which a watch counts as stuck: longer than any document.
_STUCK = 900.0
_OUTCOMES = ("added", "known", "failed")
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Metrics:
    """Counts what a watch does; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._documents: Counter[str] = Counter()
        self._feeds: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._timed = 0
        self.begun = time.time()
        #: When a document was added or found to be known, Unix time; 0 for never.
        self.last_success = 0.0
        #: When the watch was last known to be alive (monotonic).
        self.beat = time.monotonic()
        #: Failures that hold now.
        self.failing = 0
        #: Why the case cannot be written at present; empty where it can.
        self.trouble = ""
        #: Asked for what waits, by name.
        self.waiting: Callable[[], dict[str, int]] = dict

    def document(self, outcome: str, seconds: float) -> None:
        """A document is settled: added, known or failed."""
        with self._lock:
            self._documents[outcome] += 1
            self._seconds += seconds
            self._timed += 1
            for bound in BOUNDS:
                if seconds <= bound:
                    self._buckets[bound] += 1
        if outcome != "failed":
            self.last_success = time.time()

    def feed(self, outcome: str) -> None:
        """A feed was asked: changed, unchanged or failed."""
        with self._lock:
            self._feeds[outcome] += 1

    def counts(self) -> dict[str, int]:
        """Documents by outcome."""
        with self._lock:
            return {outcome: self._documents[outcome] for outcome in _OUTCOMES}

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether it lives and can work, and what is told of that."""
        silent = time.monotonic() - self.beat
        well = silent < _STUCK and not self.trouble
        return well, {
            "status": "ok" if well else "stuck" if silent >= _STUCK else "waiting for the case",
            "version": __version__,
            "seconds_since_sign_of_life": round(silent, 1),
            "last_success": round(self.last_success, 3) or None,
            "failing": self.failing,
            "waiting": sum(self.waiting().values()),
        }

    def lines(self) -> Iterator[str]:
        """The counters as text."""
        counts = self.counts()
        with self._lock:
            feeds, buckets = dict(self._feeds), dict(self._buckets)
            seconds, timed = self._seconds, self._timed
        name = "temoin_watch_documents_total"
        yield from head(name, "counter", "Documents that were settled.")
        for outcome, count in counts.items():
            yield sample(name, count, {"outcome": outcome})
        name = "temoin_watch_feeds_total"
        yield from head(name, "counter", "Looks at feeds.")
        for outcome in ("changed", "unchanged", "failed"):
            yield sample(name, feeds.get(outcome, 0), {"outcome": outcome})
        name = "temoin_watch_document_seconds"
        yield from head(name, "histogram", "From taking a document up until it is settled.")
        for bound in BOUNDS:
            yield sample(f"{name}_bucket", buckets.get(bound, 0), {"le": str(bound)})
        yield sample(f"{name}_bucket", timed, {"le": "+Inf"})
        yield sample(f"{name}_sum", round(seconds, 6))
        yield sample(f"{name}_count", timed)
        name = "temoin_watch_queue"
        yield from head(name, "gauge", "What waits: growing files, items of feeds, in reading.")
        for where, count in sorted(self.waiting().items()):
            yield sample(name, count, {"where": where})
        for gauge, told, value in self._gauges():
            yield from head(gauge, "gauge", told)
            yield sample(gauge, value)
        yield from head("temoin_info", "gauge", "The version of Témoin.")
        yield sample("temoin_info", 1, {"version": __version__})

    def _gauges(self) -> Iterator[tuple[str, str, float]]:
        yield "temoin_watch_failing", "Sources that cannot be read at present.", self.failing
        yield "temoin_watch_up", "Whether it lives and can work.", int(self.health()[0])
        yield (
            "temoin_watch_last_success_timestamp_seconds",
            "When a document was last added or known, Unix time.",
            round(self.last_success, 3),
        )
        yield "temoin_start_time_seconds", "When it began, Unix time.", round(self.begun, 3)
        memory = resident()
        if memory is not None:
            yield "temoin_resident_memory_bytes", "Memory of this process alone.", memory


class _Handler(BaseHTTPRequestHandler):
    """Answers GET /metrics and GET /health."""

    metrics: Metrics
    server_version = "temoin"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
        if host not in _HOSTS:  # a page in a browser that has renamed its own host
            self._answer(421, "text/plain", "not a host of this server\n")
        elif self.path == "/metrics":
            self._answer(200, MEDIA_TYPE, "\n".join(self.metrics.lines()) + "\n")
        elif self.path == "/health":
            well, told = self.metrics.health()
            self._answer(200 if well else 503, "application/json", json.dumps(told) + "\n")
        else:
            self._answer(404, "text/plain", "there are /metrics and /health\n")

    def _answer(self, status: int, media_type: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a scrape each few seconds is no news."""


def serve(metrics: Metrics, port: int) -> ThreadingHTTPServer:
    """Answer on 127.0.0.1 in a thread, until it is shut down.

    Args:
        metrics: What is told.
        port: The port; 0 for any that is free.

    Raises:
        WatchError: It is taken.
    """
    handler = type("_Own", (_Handler,), {"metrics": metrics})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"--metrics-port {port}: {(error.strerror or str(error)).lower()}"
        raise WatchError(message) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="temoin-metrics", daemon=True).start()
    return server
