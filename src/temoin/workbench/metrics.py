"""Counters of a server, told in the text format of Prometheus.

Written by hand: eight counters are not worth a dependency.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from temoin._version import __version__

__all__ = ["MEDIA_TYPE", "Metrics", "head", "resident", "sample"]

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: Upper bounds in seconds of the histogram of how long answers take.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

#: A feed is open for hours: how long says nothing.
_FEED = "/api/v1/events"

_PAGE = 4096


class Metrics:
    """Counts requests; everything else is asked for when the counters are read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._timed = 0
        self.begun = time.time()
        #: Requests that are being answered.
        self.active = 0
        #: Bytes of documents that were uploaded.
        self.uploaded = 0

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        with self._lock:
            self._requests[method, route, status] += 1
            if route == _FEED:
                return
            self._seconds += seconds
            self._timed += 1
            for bound in BOUNDS:
                if seconds <= bound:
                    self._buckets[bound] += 1

    def lines(self, gauges: Iterable[tuple[str, str, float]]) -> Iterator[str]:
        """The counters as text.

        Args:
            gauges: More of them: name, help, value.
        """
        with self._lock:
            requests, buckets = dict(self._requests), dict(self._buckets)
            seconds, timed = self._seconds, self._timed
        yield from head("temoin_requests_total", "counter", "Requests that were answered.")
        for (method, route, status), count in sorted(requests.items()):
            labels = {"method": method, "route": route, "status": str(status)}
            yield sample("temoin_requests_total", count, labels)
        name = "temoin_request_seconds"
        yield from head(name, "histogram", "How long answers took, without the live feed.")
        for bound in BOUNDS:
            yield sample(f"{name}_bucket", buckets.get(bound, 0), {"le": str(bound)})
        yield sample(f"{name}_bucket", timed, {"le": "+Inf"})
        yield sample(f"{name}_sum", round(seconds, 6))
        yield sample(f"{name}_count", timed)
        yield from head("temoin_info", "gauge", "The version of Témoin.")
        yield sample("temoin_info", 1, {"version": __version__})
        for gauge, told, value in (*gauges, *self._own()):
            yield from head(gauge, "counter" if gauge.endswith("_total") else "gauge", told)
            yield sample(gauge, value)

    def _own(self) -> Iterator[tuple[str, str, float]]:
        yield "temoin_requests_active", "Requests that are being answered.", self.active
        yield "temoin_uploaded_bytes_total", "Bytes of uploaded documents.", self.uploaded
        yield "temoin_start_time_seconds", "When the server began, Unix time.", round(self.begun, 3)
        memory = resident()
        if memory is not None:
            yield "temoin_resident_memory_bytes", "Memory that the server holds.", memory


def sample(name: str, value: float, labels: Mapping[str, str] | None = None) -> str:
    """One line of the text format."""
    shown = ",".join(f'{key}="{_escaped(text)}"' for key, text in (labels or {}).items())
    return f"{name}{{{shown}}} {value}" if shown else f"{name} {value}"


def head(name: str, kind: str, told: str) -> tuple[str, str]:
    """The two lines before the samples of a counter."""
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def resident() -> int | None:
    """Resident memory of this process; None where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return None
