"""Fuzzes the readers of Témoin: `make fuzz`, or one target for a while.

    python tools/fuzz.py --target html --seconds 600
    python tools/fuzz.py                     # every target, a minute each

Uses atheris (coverage-guided; `pip install --group fuzz`) where it is installed, and seeded
mutations of the corpus where it is not. Findings are printed, made smaller and written to
`--findings`; one that is mended belongs into `tests/fuzz/corpus/<target>/`, where a test
runs it for ever.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "fuzz"), str(ROOT / "tests" / "fakes")]

if TYPE_CHECKING:
    from fuzz_targets import Target

#: What coverage is measured in: our code, and the Python libraries that see the bytes.
_MEASURED = [
    "temoin",
    "docx",
    "trafilatura",
    "htmldate",
    "courlan",
    "justext",
    "charset_normalizer",
]
#: Megabytes at which atheris gives up on an input.
_MOST_MEMORY = 3_000


def main() -> int:
    """Fuzz; 1 where something was found."""
    arguments = _arguments()
    if arguments.target == "all":
        return _all(arguments)
    guided = arguments.engine != "mutation" and find_spec("atheris") is not None
    if arguments.engine == "atheris" and not guided:
        sys.exit("atheris is not installed: pip install --group fuzz")
    atheris: Any = importlib.import_module("atheris") if guided else None
    # Much is imported when it is first needed: the seeds have to run where imports are measured.
    with atheris.instrument_imports(include=_MEASURED) if atheris else nullcontext():
        import fuzz_targets

        hunt = Hunt(fuzz_targets.TARGETS[arguments.target], arguments.findings)
        hunt.warm()
    if atheris is None:
        hunt.mutate(arguments.seconds, seed=arguments.seed)
    else:
        hunt.guide(atheris, arguments.seconds, seed=arguments.seed)
    return 1 if hunt.found else 0


class Hunt:
    """One target, what was found so far, and where it is kept.

    Args:
        target: What is fuzzed.
        folder: Where findings go.
    """

    def __init__(self, target: Target, folder: Path) -> None:
        from fuzz_targets import seeds

        import temoin.casefile.engine

        temoin.casefile.engine.SYNCHRONOUS = "OFF"  # nothing of it has to survive a power cut
        self.target = target
        self.folder = folder
        self.seeds = seeds(target.name)
        self.found: set[str] = set()
        self.runs = 0

    def warm(self) -> None:
        """Load libraries and tables, so that their time and memory is nobody's."""
        for data in self.seeds:
            self.one(data)

    def one(self, data: bytes) -> None:
        """One call; a finding is told and kept, and the hunt goes on."""
        from fuzz_bounds import check, minimised

        self.runs += 1
        finding = check(self.target, data)
        if finding is None or finding.name in self.found:
            return
        self.found.add(finding.name)
        slow = finding.what in {"hang", "memory"}
        small = minimised(self.target, data, finding, tries=12 if slow else 300)
        self.folder.mkdir(parents=True, exist_ok=True)
        label = re.sub(r"[^\w.-]+", "-", finding.name)[:100]
        path = self.folder / f"{self.target.name}--{label}"
        path.write_bytes(small)
        path.with_name(f"{path.name}.txt").write_text(finding.told, encoding="utf-8")
        print(f"FOUND {self.target.name}: {finding.name} -> {path}", flush=True)  # noqa: T201

    def mutate(self, seconds: float, *, seed: int) -> None:
        """Change the corpus by chance for so many seconds."""
        from fuzz_mutation import drawn, edited

        chance = random.Random(seed)  # noqa: S311 - seeded chance is meant
        began, last = time.monotonic(), self.folder / f"{self.target.name}.last"
        self.folder.mkdir(parents=True, exist_ok=True)
        while time.monotonic() - began < seconds:
            data = edited(chance.choice(self.seeds), chance.choice(self.seeds), drawn(chance))
            last.write_bytes(data)  # what a crash of the process leaves behind
            self.one(data)
        last.unlink(missing_ok=True)
        self._tell("mutation", time.monotonic() - began)

    def guide(self, atheris: Any, seconds: float, *, seed: int) -> None:  # noqa: ANN401 - untyped
        """Let coverage choose; libFuzzer ends the process when the time is over."""
        from fuzz_mutation import TOKENS
        from fuzz_targets import CORPUS

        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="temoin-fuzz-") as work:
            words = Path(work, "words")
            words.write_text("".join(map(_quoted, TOKENS)), encoding="ascii")
            (new := Path(work, "corpus")).mkdir()
            self.folder.mkdir(parents=True, exist_ok=True)

            def one(data: bytes) -> None:
                # libFuzzer leaves by _exit, with this process: the report comes before.
                if time.monotonic() - began > seconds:
                    self._tell("atheris", time.monotonic() - began)
                    os._exit(1 if self.found else 0)
                self.one(data)

            flags = [
                f"-seed={seed + 1}",
                "-max_len=20000",
                f"-rss_limit_mb={_MOST_MEMORY}",
                "-timeout=60",
                "-verbosity=0",
                f"-dict={words}",
                f"-artifact_prefix={self.folder}/{self.target.name}--died-",
            ]
            atheris.Setup([sys.argv[0], *flags, str(new), str(CORPUS / self.target.name)], one)
            atheris.Fuzz()

    def _tell(self, engine: str, seconds: float) -> None:
        used = time.process_time()
        print(  # noqa: T201
            f"{self.target.name}: {engine}, {self.runs:,} runs in {seconds:.0f} s "
            f"({used:.0f} s of processor), {len(self.found)} findings",
            flush=True,
        )


def _all(arguments: argparse.Namespace) -> int:
    """Each target in a process of its own: one that dies does not end the others."""
    from fuzz_targets import TARGETS

    worst = 0
    for name in TARGETS:
        given = ["--seconds", str(arguments.seconds), "--engine", arguments.engine]
        given += ["--seed", str(arguments.seed), "--findings", str(arguments.findings)]
        command = [sys.executable, __file__, "--target", name, *given]
        done = subprocess.run(command, check=False)  # noqa: S603 - this file
        if done.returncode not in {0, 1}:
            print(f"DIED {name}: exit {done.returncode}", flush=True)  # noqa: T201
        worst = max(worst, abs(done.returncode))
    return min(worst, 1)


def _quoted(token: bytes) -> str:
    """A line of libFuzzer's dictionary; it takes at most 64 bytes."""
    if not 0 < len(token) <= 64:
        return ""
    return '"{}"\n'.format("".join(f"\\x{byte:02x}" for byte in token))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--target", default="all", help="its name in tests/fuzz/fuzz_targets.py")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--engine", choices=["auto", "atheris", "mutation"], default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--findings", type=Path, default=ROOT / "out" / "fuzz")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
