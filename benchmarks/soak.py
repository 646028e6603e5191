"""Six hours of arrivals in twenty minutes: `temoin watch` under a restart, a kill and a reader.

    .venv/bin/python benchmarks/soak.py
    .venv/bin/python benchmarks/soak.py --minutes 6 --json

Reports made of the examples (as `benchmarks/casefile.py` varies them) arrive in a watched
folder, at once or in pieces, and in a feed; some come twice, some are broken. The shipped
model reads them. The watch is restarted once and killed once with SIGKILL, and a reader keeps
searching the case. Told are: documents lost and doubled (exit code 1 if there are any), the
time from arrival to case, the time of searches, and memory, in the first and the last third.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from sqlalchemy import select

from casefile import Varied, examples, queries
from temoin.casefile import Case, verify
from temoin.casefile.schema import Acquisition, Document
from temoin.casefile.searching import search, search_documents

#: Shares of arrivals: broken, the same text again, written in pieces, as an item of the feed.
BROKEN, AGAIN, PIECES, ITEMS = 0.03, 0.05, 0.10, 0.15
#: Moments of the restart and of the kill, as shares of the time.
RESTART, KILL = 0.4, 0.6
#: Seconds that what is left over may take at the end.
DRAINING = 300.0
_PAGE = 4096


class Arrivals:
    """Makes things arrive, and remembers what and when."""

    def __init__(self, folder: Path, varied: Varied, count: int) -> None:
        self.inbox, self.feed = folder / "in", folder / "feed.xml"
        self.inbox.mkdir()
        self.varied = varied
        self.count = count
        self.chance = random.Random(8)  # noqa: S311 - seeded chance is meant
        self.items: list[str] = []
        #: Where something good arrived, and when (Unix time).
        self.at: dict[str, float] = {}
        self.texts: dict[str, int] = {}
        self.broken = 0
        self._write_feed()

    def bring(self, number: int) -> None:
        """The next arrival."""
        chance = self.chance.random()
        if chance < BROKEN:
            self._bring_broken(number)
        elif chance < BROKEN + AGAIN and number > 10:
            self._bring_file(f"{number:05}-again.txt", self.chance.randrange(number // 2), 1)
        elif chance < BROKEN + AGAIN + PIECES:
            self._bring_file(f"{number:05}-pieces.txt", number, 4)
        elif chance < BROKEN + AGAIN + PIECES + ITEMS:
            self._bring_item(number)
        else:
            self._bring_file(f"{number:05}.txt", number, 1)

    def _bring_file(self, name: str, number: int, pieces: int) -> None:
        text = self.varied.text(number)
        data = text.encode()
        path = self.inbox / name
        if pieces == 1:
            made = path.with_name(f".{name}")
            made.write_bytes(data)
            made.rename(path)
        else:
            with path.open("wb") as file:
                for piece in range(pieces):
                    size = len(data) // pieces + 1
                    file.write(data[piece * size : (piece + 1) * size])
                    file.flush()
                    time.sleep(0.4)
        self.at[str(path)] = time.time()
        self.texts[text] = number

    def _bring_item(self, number: int) -> None:
        text = " ".join(self.varied.text(number).split())
        link = f"https://news.example/{number}"
        self.items = [
            (
                f"<item><guid>g{number}</guid><link>{link}</link>"
                f"<description>{escape(escape(text))}</description></item>"
            ),
            *self.items[:29],
        ]
        self._write_feed()
        self.at[link] = time.time()
        self.texts[text] = number

    def _write_feed(self) -> None:
        made = self.feed.with_name(".feed")
        made.write_text(
            f'<rss version="2.0"><channel><title>Desk</title>{"".join(self.items)}</channel></rss>',
            encoding="utf-8",
        )
        made.replace(self.feed)

    def _bring_broken(self, number: int) -> None:
        name, data = self.chance.choice(
            [
                ("a.pdf", b"%PDF-1.7 nothing"),
                ("b.docx", b"PK\x03\x04half"),
                ("c.txt", b"\0\1\2" * 99),
            ]
        )
        (self.inbox / f"{number:05}-{name}").write_bytes(data)
        self.broken += 1


class Watched:
    """The watch as a program, started and ended; how much memory it and its readers hold."""

    def __init__(self, case: Path, arrivals: Arrivals, folder: Path) -> None:
        self.folder = folder
        self.command = [
            sys.executable, "-m", "temoin", "watch", str(case), str(arrivals.inbox),
            arrivals.feed.as_uri(), "--interval", "1", "--quiet-for", "1", "--feed-interval", "5",
            "--log-json", "--failures", str(folder / "failures.jsonl"),
            "--metrics-port", "0", "--by", "soak",
        ]  # fmt: skip
        self.log = folder / "watch.log"
        self.memory: list[tuple[float, int]] = []
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(self.command, stderr=log, cwd=self.folder)

    def end(self, number: signal.Signals) -> float:
        """End it; how long that takes."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(600)
        return time.monotonic() - begun

    def restart(self, number: signal.Signals) -> float:
        """End it and start it again."""
        took = self.end(number)
        self.process = self._started()
        return took

    def measure(self) -> None:
        """Note how much memory it and the processes below it hold."""
        own = self.process.pid
        held = [_held(each) for each in (own, *_children(own))]
        if len(held) > 1:  # its reader has started
            self.memory.append((time.time(), sum(held)))

    def metrics(self) -> str:
        """What it serves on /metrics."""
        ports = [
            json.loads(line)["port"]
            for line in self.log.read_text(encoding="utf-8").splitlines()
            if '"event": "metrics"' in line
        ]
        address = f"http://127.0.0.1:{ports[-1]}/metrics"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())


def _held(process: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    return 0


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


class Asking(threading.Thread):
    """Somebody who searches the case all the time."""

    def __init__(self, case: Path, varied: Varied) -> None:
        super().__init__(daemon=True)
        self.case, self.asked = case, queries(varied.records)
        self.ended = threading.Event()
        self.times: list[tuple[float, float]] = []
        self.failed = 0

    def run(self) -> None:
        """Search until the end."""
        with Case.open(self.case) as case:
            number = 0
            while not self.ended.wait(1.0):
                query, documents, order = self.asked[number % len(self.asked)]
                number += 1
                begun = time.perf_counter()
                try:
                    (search_documents if documents else search)(case, query, order=order)
                except Exception as error:  # noqa: BLE001 - counted
                    print(f"search failed: {error}", file=sys.stderr)
                    self.failed += 1
                self.times.append((time.time(), time.perf_counter() - begun))


def soak(folder: Path, *, minutes: float, count: int) -> dict[str, Any]:
    """Run it."""
    varied = Varied(examples())
    case = folder / "soak.temoin"
    Case.create(case, actor="soak").close()
    arrivals = Arrivals(folder, varied, count)
    watched = Watched(case, arrivals, folder)
    asking = Asking(case, varied)
    asking.start()
    begun = time.time()
    moments = sorted(arrivals.chance.uniform(0, minutes * 60) for _ in range(count))
    breaks = [(RESTART * minutes * 60, signal.SIGTERM), (KILL * minutes * 60, signal.SIGKILL)]
    ending = []
    measured = 0.0
    try:
        for number, moment in enumerate(moments):
            while (left := begun + moment - time.time()) > 0:
                time.sleep(min(left, 1.0))
                if time.time() - measured > 5:
                    watched.measure()
                    measured = time.time()
            if breaks and moment >= breaks[0][0]:
                ending.append(watched.restart(breaks.pop(0)[1]))
            arrivals.bring(number)
        drained = _drain(case, arrivals, watched)
        metrics = watched.metrics()
        ending.append(watched.end(signal.SIGTERM))
    finally:
        asking.ended.set()
        watched.process.kill()
        watched.process.wait()
    asking.join()
    print(metrics, file=sys.stderr)
    return {
        **_counted(case, arrivals),
        "minutes": minutes,
        "arrivals": count,
        "seconds_to_drain": round(drained, 1),
        "seconds_to_end": [round(each, 1) for each in ending],
        "exit_code": watched.process.returncode,
        "to_case_seconds": _spread(_delays(case, arrivals), begun, minutes),
        "search_ms": _spread([(at, took * 1000) for at, took in asking.times], begun, minutes),
        "searches_failed": asking.failed,
        "memory_mb": _spread([(at, held / 1e6) for at, held in watched.memory], begun, minutes),
    }


def _drain(case: Path, arrivals: Arrivals, watched: Watched) -> float:
    begun = time.time()
    while time.time() - begun < DRAINING:
        if len(_delays(case, arrivals)) == len(arrivals.at):
            break
        time.sleep(1)
        watched.measure()
    return time.time() - begun


def _delays(path: Path, arrivals: Arrivals) -> list[tuple[float, float]]:
    """When each thing arrived, and how long it took until the case had it."""
    with Case.open(path) as case, case.reading() as session:
        rows = session.execute(select(Acquisition.location, Acquisition.at)).all()
    entered: dict[str, float] = {}
    for location, at in rows:
        moment = dt.datetime.fromisoformat(str(at)).timestamp()
        entered[location] = min(moment, entered.get(location, moment))
    return [(at, entered[where] - at) for where, at in arrivals.at.items() if where in entered]


def _counted(path: Path, arrivals: Arrivals) -> dict[str, Any]:
    with Case.open(path) as case:
        with case.reading() as session:
            kept = list(session.scalars(select(Document.text)))
        faults = verify(case).faults
    failures = (path.parent / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        "documents": len(kept),
        "lost": len(arrivals.texts.keys() - set(kept)),
        "doubled": len(kept) - len(set(kept)),
        "strange": len(set(kept) - arrivals.texts.keys()),
        "places_missed": len(arrivals.at) - len(_delays(path, arrivals)),
        "broken": arrivals.broken,
        "failures_listed": len(failures),
        "faults_of_the_case": len(faults),
    }


def _spread(
    values: list[tuple[float, float]], begun: float, minutes: float
) -> dict[str, dict[str, float]]:
    """p50, p95 and the greatest: of all, of the first third, of the last third."""
    third = minutes * 60 / 3
    parts = {
        "all": [value for _, value in values],
        "first third": [value for at, value in values if at < begun + third],
        "last third": [value for at, value in values if at >= begun + 2 * third],
    }
    return {
        name: {
            "p50": round(statistics.median(part), 2),
            "p95": round(sorted(part)[int(len(part) * 0.95)], 2),
            "max": round(max(part), 2),
        }
        for name, part in parts.items()
        if part
    }


def main() -> None:
    """Run it and tell the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--hours", type=float, default=6, help="how long it stands for")
    parser.add_argument("--an-hour", type=float, default=50, help="arrivals in each of them")
    parser.add_argument("--keep", type=Path, help="leave the case and the logs in this folder")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    count = round(asked.hours * asked.an_hour)
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        figures = soak(folder, minutes=asked.minutes, count=count)
    load = [round(each, 1) for each in os.getloadavg()]
    if asked.json:
        print(json.dumps({**figures, "load": load}, indent=2))
    else:
        for name, told in figures.items():
            print(f"{name:>20}  {told}")
        print(f"{'load':>20}  {load}")
    wrong = ("lost", "doubled", "strange", "places_missed", "faults_of_the_case", "exit_code")
    sys.exit(any(figures[name] for name in wrong))


if __name__ == "__main__":
    main()
