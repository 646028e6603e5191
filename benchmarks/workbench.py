"""How fast the workbench is on a case of 100,000 claims.

    .venv/bin/python benchmarks/workbench.py                      # builds the case: minutes
    .venv/bin/python benchmarks/workbench.py --keep big.temoin    # builds it once, keeps it

The case is that of `benchmarks/casefile.py`: the examples with other places, numbers and
days. A real `temoin serve` is looked at in a real Chromium, and asked by 20 clients, each a
thread of one other process: first as fast as they can, then with a second between two
requests, as people look. Chromium draws in software where there is no graphics card; what it
says of itself is printed with the frames.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, sync_playwright

from casefile import Varied, examples
from machine import machine
from temoin import casefile
from temoin.casefile.searching import search
from temoin.pipeline import Reader
from temoin.reading import iterate_sources

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "fakes"))

from browsing import Served, context_of, launch, serving  # noqa: E402 - lies beside the tests

#: The examples have so many claims a report, about.
EACH = 31
QUERIES = ("type:capture", "type:shelling,air_strike", "near:Kidal~200", "from:2019 to:2020",
           "killed>=10", "lang:fr -state:rejected", "place:Goma", "army")  # fmt: skip


def build(path: Path, claims: int) -> None:
    """Make the case."""
    varied = Varied(examples())
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        for number in range(claims // EACH + 100):
            text = varied.text(number)
            (reports / f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
        with casefile.Case.create(path, actor="bench") as case:
            reader = Reader(varied, ground=False)
            casefile.add(
                case, iterate_sources([reports]), reader=reader, actor="bench", tell=lambda _: None
            )


def first_view(page: Page, served: Served, view: str, sign: str) -> float:
    """Milliseconds from asking for the page until a view stands there."""
    page.goto("about:blank")
    begun = time.perf_counter()
    page.goto(f"{served.origin}/#{view}")
    page.locator(sign).first.wait_for()
    page.locator(".found strong").first.wait_for()
    return (time.perf_counter() - begun) * 1000


def filtered(page: Page, query: str) -> float:
    """Milliseconds from Enter until the counts and the list are those of the query."""
    field = page.get_by_role("searchbox").first
    before = page.locator("main h1").first.text_content() or ""
    field.fill(query)
    return float(
        page.evaluate(
            """(before) => new Promise(done => {
              const field = document.querySelector('header form input');
              const begun = performance.now();
              field.form.requestSubmit();
              const look = () => {
                const title = document.querySelector('main h1')?.textContent ?? before;
                const isStale = document.querySelector('main .stale');
                if (title !== before && !isStale) done(performance.now() - begun);
                else if (performance.now() - begun > 10000) done(-1);
                else requestAnimationFrame(look);
              };
              look();
            })""",
            before,
        )
    )


def panned(page: Page, served: Served, seconds: float) -> dict[str, float]:
    """Frames while the map is dragged there and back."""
    page.goto(f"{served.origin}/#map?map=12,20,4")
    page.locator(".map .state .badge").first.wait_for()
    page.wait_for_load_state("networkidle")
    box = page.locator("main .leaflet").bounding_box()
    if box is None:
        raise RuntimeError("the map has no size")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(
        """() => { window.frames_ = []; window.count_ = true;
          const each = at => { frames_.push(at); if (count_) requestAnimationFrame(each); };
          requestAnimationFrame(each); }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    begun = time.perf_counter()
    step = 0
    while time.perf_counter() - begun < seconds:
        step += 1
        across = (step % 60 - 30) * 6 * (1 if step // 60 % 2 else -1)
        page.mouse.move(x + across, y + across / 3)
    page.mouse.up()
    frames = page.evaluate("(count_ = false, frames_)")
    gaps = [after - before for before, after in pairwise(frames)]
    return {
        "frames_per_second": round(1000 / statistics.mean(gaps), 1),
        "slowest_frame_ms": round(max(gaps), 1),
        "frame_p95_ms": round(sorted(gaps)[int(len(gaps) * 0.95)], 1),
        "moves": step,
    }


def paths(claims: int, chance: random.Random) -> str:
    """What a page would ask for."""
    query = quote(chance.choice(QUERIES))
    west, south = chance.uniform(-20, 60), chance.uniform(-10, 40)
    return chance.choice(
        (
            f"/claims?q={query}&limit=60",
            f"/facets?q={query}",
            f"/documents?q={query}&limit=100",
            f"/timeline?q={query}&bins=100",
            (
                f"/map/clusters?q={query}&zoom=4&bbox="
                f"{west:.1f},{south:.1f},{west + 40:.1f},{south + 30:.1f}"
            ),
            f"/claims/{chance.randrange(1, claims)}",
            f"/documents/{chance.randrange(1, claims // EACH)}/claims",
        )
    )


def ask(
    origin: str,
    cookie: str,
    *,
    claims: int,
    clients: int,
    seconds: float,
    pause: float,
    out: Any,  # noqa: ANN401 - a queue
) -> None:
    """Ask with so many clients at once; tells how long each answer took."""
    took: list[tuple[str, float, int]] = []

    def client(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - seeded chance is meant
        connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)
        time.sleep(chance.random() * max(pause, 0.1))
        while time.monotonic() < end:
            path = paths(claims, chance)
            begun = time.perf_counter()
            connection.request("GET", f"/api/v1{path}", headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            name = re.sub(r"\d+", "N", path.partition("?")[0])
            took.append((name, time.perf_counter() - begun, answer.status))
            if pause:
                time.sleep(pause * (0.5 + chance.random()))

    end = time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    out.put(took)


def loaded(served: Served, cookie: str, **how: Any) -> dict[str, Any]:
    """Figures of the clients, and the server's memory before and after."""
    before = memory(served.process.pid)
    method = multiprocessing.get_context("spawn")
    queue = method.Queue()
    process = method.Process(target=ask, args=(served.origin, cookie), kwargs={**how, "out": queue})
    process.start()
    took: Sequence[tuple[str, float, int]] = queue.get()
    process.join()
    by_path: dict[str, list[float]] = {}
    for name, seconds, _ in took:
        by_path.setdefault(name, []).append(seconds * 1000)
    every = sorted(seconds * 1000 for _, seconds, _ in took)
    return {
        "pause_s": how["pause"],
        "requests": len(took),
        "per_second": round(len(took) / how["seconds"], 1),
        "not_200": sum(status != 200 for _, _, status in took),
        "p50_ms": round(every[len(every) // 2], 1),
        "p95_ms": round(every[int(len(every) * 0.95)], 1),
        "p95_ms_by_path": {
            name: round(sorted(each)[int(len(each) * 0.95)], 1) for name, each in by_path.items()
        },
        "memory_mb": [before, memory(served.process.pid)],
    }


def memory(pid: int) -> float:
    """Resident memory of a process in MB."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    return round(int(found[1]) / 1000, 1) if found else 0.0


def measured(case: Path, seconds: float, clients: int) -> dict[str, Any]:
    """Look and ask."""
    with casefile.Case.open(case) as opened:
        claims = search(opened, "").total
    figures: dict[str, Any] = {"claims": claims, "machine": machine()}
    with serving(case, "--by", "bench") as served, sync_playwright() as playwright:
        browser = launch(playwright)
        context = context_of(browser, served)
        page = context.new_page()
        for view, sign in (
            ("read", ".text .trigger"),
            ("claims", "main .claim"),
            ("map", ".map .state .badge"),
            ("timeline", ".timeline svg.strip"),
        ):
            times = [first_view(page, served, view, sign) for _ in range(5)]
            figures[f"first_view_{view}_ms"] = [round(times[0]), round(statistics.median(times))]
        page.goto(f"{served.origin}/#claims")
        page.locator("main .claim").first.wait_for()
        times = sorted(filtered(page, query) for query in QUERIES)
        figures["filter_ms"] = {
            "median": round(statistics.median(times)),
            "slowest": round(times[-1]),
        }
        figures["pan"] = panned(page, served, 10)
        figures["drawn_by"] = browser.version + (
            ", software"
            if "swiftshader" in gpu(page).lower() or not gpu(page)
            else f", {gpu(page)}"
        )
        cookie = "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())
        browser.close()
        how = {"claims": claims, "clients": clients, "seconds": seconds}
        figures["clients"] = clients
        figures["load"] = [loaded(served, cookie, pause=pause, **how) for pause in (0, 0, 1.0)]
    return figures


def gpu(page: Page) -> str:
    """What draws, as WebGL tells it; nothing where there is no WebGL at all."""
    return str(
        page.evaluate(
            """() => { const gl = document.createElement('canvas').getContext('webgl');
              const info = gl?.getExtension('WEBGL_debug_renderer_info');
              return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : '' }"""
        )
    )


def main() -> None:
    """Build and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the case here, and use it if it is there")
    parser.add_argument("--seconds", type=float, default=60, help="of each run of the clients")
    parser.add_argument("--clients", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = asked.keep or Path(folder, "workbench.temoin")
        if not case.exists():
            build(case, asked.claims)
        print(json.dumps(measured(case.resolve(), asked.seconds, asked.clients), indent=1))


if __name__ == "__main__":
    main()
