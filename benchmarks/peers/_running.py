"""What the peers' scripts share: arguments, the reader, the clock, the report."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from _scoring import Figure

from temoin import Reader, Record, TemoinError, __version__

__all__ = ["GoldError", "Notes", "Reads", "Report", "Timed", "notes", "parser", "run"]


class GoldError(Exception):
    """Gold that is missing or not in the format that the script reads."""


class Reads(Protocol):
    """What reads a text; `temoin.Reader` is one."""

    def read_text(
        self,
        text: str,
        *,
        id: str = "text",  # noqa: A002 - the record calls it so
        published: dt.date | str | None = None,
        language: str | None = None,
    ) -> Record:
        """Put on record what a text claims."""
        ...


@dataclass
class Timed:
    """A reader with a clock."""

    reader: Reads
    seconds: float = 0.0
    documents: int = 0
    words: int = 0
    model: str | None = None

    def read(
        self, text: str, *, name: str, language: str, published: dt.date | None = None
    ) -> Record:
        """Read one text, and count it."""
        begin = time.perf_counter()
        record = self.reader.read_text(text, id=name, language=language, published=published)
        self.seconds += time.perf_counter() - begin
        self.documents += 1
        self.words += len(text.split())
        if record.provenance:
            digest = (record.provenance.model_sha256 or "")[:12]
            self.model = f"{record.provenance.model} {digest}".strip()
        return record


@dataclass(frozen=True)
class Notes:
    """What must be known to read figures: what peers reach, and what is not comparable."""

    peers: tuple[str, ...]
    not_comparable: tuple[str, ...]


def notes(script: str) -> Notes:
    """The notes of a script, from `data/notes.toml`."""
    path = Path(__file__).with_name("data") / "notes.toml"
    about = tomllib.loads(path.read_text(encoding="utf-8"))[script]
    peers, others = (
        tuple(" ".join(each.split()) for each in about[key]) for key in ("peers", "not_comparable")
    )
    return Notes(peers, others)


@dataclass(frozen=True)
class Report:
    """The figures of a run and what must be known to read them."""

    gold: str
    figures: Mapping[str, Figure]
    notes: Notes
    counts: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self, timed: Timed, *, limit: int | None) -> dict[str, Any]:
        """Everything as plain JSON types."""
        return {
            "gold": self.gold,
            "sample": limit,
            "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
            "machine": machine(),
            "temoin": __version__,
            "model": timed.model,
            "documents": timed.documents,
            "words": timed.words,
            "seconds": round(timed.seconds, 2),
            "counts": dict(self.counts),
            "figures": {name: figure.as_dict() for name, figure in self.figures.items()},
            "peers": list(self.notes.peers),
            "not_comparable": list(self.notes.not_comparable),
        }

    def as_text(self, timed: Timed, *, limit: int | None) -> str:
        """Everything as lines."""
        wide = max(map(len, [*self.figures, *self.counts]), default=0)
        sample = f", the first {limit} only" if limit else ""
        speed = timed.words / timed.seconds if timed.seconds else 0.0
        lines = [f"{self.gold}{sample}", ""]
        lines += [f"{name:<{wide}}  {count}" for name, count in self.counts.items()]
        lines += [f"{name:<{wide}}  {figure}" for name, figure in self.figures.items()]
        lines += ["", *(f"peer: {each}" for each in self.notes.peers)]
        lines += [f"not comparable: {each}" for each in self.notes.not_comparable]
        lines += [
            "",
            f"Témoin {__version__}, model {timed.model or 'unknown'}; {machine()}",
        ]
        lines.append(
            f"{timed.documents} texts, {timed.words} words in {timed.seconds:.1f} s"
            f" ({speed:.0f} words/s, one process)"
        )
        return "\n".join(lines)


def machine() -> str:
    """Processor, cores that may be used, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    name = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return f"{name}, {cores} core(s), Python {platform.python_version()}"


def parser(description: str, *, folder: str) -> argparse.ArgumentParser:
    """The arguments that every script has."""
    made = argparse.ArgumentParser(description=description.partition("\n")[0])
    made.add_argument("folder", type=Path, help=folder)
    made.add_argument("--json", action="store_true", help="print the figures as JSON")
    made.add_argument("--limit", type=_positive, help="only the first so many texts")
    return made


def run(
    made: argparse.ArgumentParser,
    measure: Callable[[argparse.Namespace, Timed], Report],
    *,
    arguments: Sequence[str] | None = None,
    reader: Reads | None = None,
) -> None:
    """Parse, measure, print; gold that cannot be read ends the program with one line.

    Args:
        made: The parser.
        measure: Takes the options and the reader, gives the report.
        arguments: Instead of those of the command line.
        reader: Instead of the shipped model.
    """
    options = made.parse_args(arguments)
    if not options.folder.is_dir():
        made.error(f"no folder {options.folder}")
    timed = Timed(reader or Reader())
    try:
        report = measure(options, timed)
    except (GoldError, TemoinError, OSError) as error:
        made.error(str(error))
    if options.json:
        print(json.dumps(report.as_dict(timed, limit=options.limit), indent=2, ensure_ascii=False))
    else:
        print(report.as_text(timed, limit=options.limit))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"{number} is less than 1"
        raise argparse.ArgumentTypeError(message)
    return number
