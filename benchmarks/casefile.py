"""Measures a case of many documents: how fast they are added, found, and the case opened.

    .venv/bin/python benchmarks/casefile.py --documents 10000
    TEMOIN_POSTGRES=1 .venv/bin/python benchmarks/casefile.py --documents 10000 --json

The examples are read once by the shipped model. Each document is one of them with other
places, numbers and days; its record says the same of the words where they stand now. So
texts and rows are like those of real reading, and the time is that of the casefile alone.
`TEMOIN_POSTGRES` is the address of a server whose user may create databases, or 1 to start
one as the tests do; without it only SQLite is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from temoin import casefile
from temoin.casefile.searching import search, search_documents
from temoin.pipeline import Reader
from temoin.reading import iterate_sources
from temoin.record import Document, Record

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

#: Name, latitude, longitude, country: what the places of the examples become.
PLACES = (
    ("Mizda", 31.445, 12.983, "LY"), ("Gharyan", 32.172, 13.020, "LY"),
    ("Sebha", 27.037, 14.428, "LY"), ("Zinjibar", 13.128, 45.380, "YE"),
    ("Ataq", 14.538, 46.832, "YE"), ("Bhamo", 24.262, 97.228, "MM"),
    ("Malakal", 9.533, 31.656, "SS"), ("Nasir", 8.600, 33.066, "SS"),
    ("Kidal", 18.441, 1.408, "ML"), ("Gao", 16.272, -0.045, "ML"),
    ("Menaka", 15.918, 2.402, "ML"), ("Djibo", 14.102, -1.630, "BF"),
    ("Kaya", 13.092, -1.084, "BF"), ("Bunia", 1.559, 30.252, "CD"),
    ("Goma", -1.679, 29.223, "CD"), ("Butembo", 0.131, 29.291, "CD"),
    ("Izium", 49.209, 37.248, "UA"), ("Bakhmut", 48.595, 38.001, "UA"),
    ("Idlib", 35.931, 36.634, "SY"), ("Raqqa", 35.952, 39.008, "SY"),
    ("Nyala", 12.050, 24.881, "SD"), ("Kutum", 14.200, 24.667, "SD"),
    ("Maiduguri", 11.846, 13.160, "NG"), ("Baidoa", 3.114, 43.650, "SO"),
)  # fmt: skip
PUBLISHERS = ("Agence Écho", "Radio Sahel", "Field desk", "Observatory", "Relief bulletin")
TIMES = {"earliest", "latest", "published"}


class Varied:
    """Makes documents and records out of a few records; the same number gives the same."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records

    def text(self, number: int) -> str:
        """The text of a document."""
        return str(self._made(number)["document"]["text"])

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:  # noqa: ARG002
        """The record of a document, whose name is its number."""
        made = self._made(int(document.id))
        told = made["document"]
        kept = {name: told[name] for name in ("sentences", "language", "published") if name in told}
        made["document"] = {
            **document.model_dump(mode="json", exclude_none=True),
            **kept,
            "source": PUBLISHERS[int(document.id) % len(PUBLISHERS)],
        }
        return Record.model_validate(made)

    def _made(self, number: int) -> dict[str, Any]:
        chance = random.Random(number)  # noqa: S311 - seeded chance is meant
        base = self.records[number % len(self.records)]
        changes = dict(_changes(base, chance))
        day = dt.timedelta(days=chance.randrange(3000))
        head = f"Report {number}, {chance.choice(PLACES)[0]}. "
        text, moved = _replaced(base.document.text, changes, head)
        told = _rewritten(base.to_dict(), text, moved, day, changes)
        told["document"]["text"] = text
        told["document"]["sentences"] = [
            [0, len(head.rstrip())],
            *([moved(start), moved(end)] for start, end in base.document.sentences),
        ]
        told["document"].setdefault("published", str(dt.date(2016, 1, 1) + day))
        return dict(told)


def _changes(record: Record, chance: random.Random) -> Iterator[tuple[tuple[int, int], Any]]:
    """Other words for places of one word and numbers in digits, where no span begins within."""
    edges = {edge for _, span in record.spans() for edge in (span.start, span.end)}
    edges |= {edge for sentence in record.document.sentences for edge in sentence}
    taken: set[int] = set()
    for event in record.events:
        for argument in event.arguments:
            where = (argument.start, argument.end)
            inside = range(argument.start + 1, argument.end)
            if edges & set(inside) or taken & set(range(*where)):
                continue
            if argument.place and re.fullmatch(r"[^\W\d_]+", argument.text):
                taken |= set(range(*where))
                yield where, chance.choice(PLACES)
            elif argument.role == "quantity" and argument.text.isdigit():
                taken |= set(range(*where))
                yield where, chance.randrange(2, 400)


def _replaced(text: str, changes: dict[tuple[int, int], Any], head: str) -> tuple[str, Any]:
    """The new text, and where each offset of the old one is in it."""
    out, at, steps, shift = [head], 0, [], len(head)
    for (start, end), new in sorted(changes.items()):
        word = new[0] if isinstance(new, tuple) else str(new)
        out += [text[at:start], word]
        at = end
        shift += len(word) - (end - start)
        steps.append((end, shift))
    out.append(text[at:])

    def moved(offset: int) -> int:
        by = len(head)
        for end, step in steps:
            if offset >= end:
                by = step
        return offset + by

    return "".join(out), moved


def _rewritten(
    part: Any,  # noqa: ANN401 - any part of a record
    text: str,
    moved: Any,  # noqa: ANN401
    day: dt.timedelta,
    changes: dict[tuple[int, int], Any],
) -> Any:  # noqa: ANN401
    """A part of a record with offsets moved, days shifted, places and numbers replaced."""
    if isinstance(part, list | tuple):
        return [_rewritten(each, text, moved, day, changes) for each in part]
    if not isinstance(part, dict):
        return part
    new = {
        name: str(dt.date.fromisoformat(each) + day)
        if name in TIMES and isinstance(each, str)
        else _rewritten(each, text, moved, day, changes)
        for name, each in part.items()
    }
    if "start" in part and "end" in part and "text" in part:
        new["start"], new["end"] = moved(part["start"]), moved(part["end"])
        new["text"] = text[new["start"] : new["end"]]
        put = changes.get((part["start"], part["end"]))
        if isinstance(put, tuple) and "place" in part:
            name, latitude, longitude, country = put
            new["place"] = {"name": name, "latitude": latitude, "longitude": longitude,
                            "country": country, "radius_km": 5.0}  # fmt: skip
            new |= {"latitude": latitude, "longitude": longitude} if "latitude" in part else {}
        elif isinstance(put, int) and part.get("quantity"):
            new["quantity"] |= {"value": put, "low": put, "high": put}
            new["value"] = float(put)
    if "trigger" in part and part.get("place"):
        places = [each["place"] for each in new.get("arguments", ()) if each.get("place")]
        new["place"] = places[0] if places else new["place"]
    return new


def queries(records: list[Record], count: int = 200) -> list[tuple[str, bool, str | None]]:
    """Queries as a desk would write them: the query, whether for documents, the order."""
    chance = random.Random(5)  # noqa: S311
    words = sorted(
        {word for record in records for word in re.findall(r"[^\W\d_]{5,}", record.document.text)}
    )
    types = sorted({str(event.type) for record in records for event in record.events})
    actors = sorted(
        {
            argument.text.split()[-1]
            for record in records
            for event in record.events
            for argument in event.of_role("actor")
            if argument.text.split()[-1].isalpha()
        }
    )

    def place() -> tuple[str, float, float, str]:
        return chance.choice(PLACES)

    def day() -> str:
        return str(dt.date(2018, 1, 1) + dt.timedelta(days=chance.randrange(2000)))

    shapes = (
        lambda: "",
        lambda: chance.choice(words),
        lambda: f"{chance.choice(words)} {place()[0]}",
        lambda: f"{chance.choice(words)[:4]}*",
        lambda: f"{place()[0]} OR {place()[0]}",
        lambda: f"type:{chance.choice(types)}",
        lambda: f"type:{chance.choice(types)} place:{place()[0]}",
        lambda: f"actor:{chance.choice(actors)}",
        lambda: f"actor:{chance.choice(actors)} type:{chance.choice(types)} from:{day()}",
        lambda: "near:{1},{2}~50km".format(*place()),
        lambda: "near:{1},{2}~300".format(*place()) + f" type:{chance.choice(types)}",
        lambda: f"on:{day()[:7]}",
        lambda: f"from:{day()} certainty:possible",
        lambda: f"killed>={chance.randrange(2, 300)}",
        lambda: f"-type:{chance.choice(types)} country:{place()[3]}",
        lambda: f"(type:{chance.choice(types)} OR polarity:negated) confidence>0.8",
        lambda: f"source:echo state:pending text:{chance.choice(words)}",
        lambda: f"doc:00{chance.randrange(10)}* lang:fr",
        lambda: "state:accepted by:ana",
        lambda: f'"{chance.choice(words)}" published:{day()[:4]}',
    )
    made = []
    for number in range(count):
        query = shapes[number % len(shapes)]()
        order = chance.choice((None, None, "time", "added"))
        made.append((query, chance.random() < 0.3, order))
    return made


def measured(address: str, varied: Varied, folder: Path, count: int) -> dict[str, Any]:
    """Build a case and measure it."""
    casefile.Case.create(address, actor="bench").close()
    added = 0

    def tell(outcome: casefile.Outcome) -> None:
        nonlocal added
        if not isinstance(outcome, casefile.Added):
            raise TypeError(outcome)
        added += 1

    begun = time.perf_counter()
    with casefile.Case.open(address) as case:
        reader = Reader(varied, ground=False)
        casefile.add(case, iterate_sources([folder]), reader=reader, actor="bench", tell=tell)
    seconds = time.perf_counter() - begun
    if "://" in address:
        _analyzed(address)
    begun = time.perf_counter()
    case = casefile.Case.open(address)
    opened = time.perf_counter() - begun
    asked = queries(varied.records)
    with case:
        claims = search(case, "").total
        times = [(_timed(case, *each), each) for each in asked for _ in range(2)]
    ordered = sorted(took for took, _ in times)
    slowest = sorted(times, key=lambda each: -each[0])[:8]
    return {
        "documents": added,
        "of": count,
        "claims": claims,
        "added_per_second": round(added / seconds, 1),
        "open_seconds": round(opened, 3),
        "queries": len(asked),
        "search_p50_ms": round(ordered[len(ordered) // 2] * 1000, 1),
        "search_p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "search_max_ms": round(ordered[-1] * 1000, 1),
        "slowest": [[round(took * 1000, 1), *each] for took, each in slowest],
    }


def _timed(case: casefile.Case, query: str, documents: bool, order: str | None) -> float:  # noqa: FBT001
    begun = time.perf_counter()
    if documents:
        search_documents(case, query, order=order)
    else:
        search(case, query, order=order)
    return time.perf_counter() - begun


def _analyzed(address: str) -> None:
    """What autovacuum would do by itself within a minute."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def addresses(folder: Path, out: str | None) -> Iterator[dict[str, str]]:
    """Where to build cases: SQLite, and PostgreSQL where there is one."""
    found = {"sqlite": out or str(folder / "bench.temoin")}
    named = os.environ.get("TEMOIN_POSTGRES")
    if not named:
        yield found
        return
    import psycopg

    sys.path.insert(0, str(ROOT / "tests" / "fakes"))
    from postgres_server import address_of, server

    if named != "1":
        os.environ["TEMOIN_TEST_POSTGRES"] = named
    with server() as served:
        name = f"bench_{os.getpid()}"
        with psycopg.connect(address_of(served, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            yield {**found, "postgresql": address_of(served, name)}
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def examples() -> list[Record]:
    """The examples, read with the shipped model."""
    results = Reader().read_many(iterate_sources([EXAMPLES]))
    return [each for each in results if isinstance(each, Record) and each.events]


def main() -> None:
    """Build and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--out", help="keep the SQLite case in this file")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args()
    # A run that is ended takes its server and its files away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    varied = Varied(examples())
    with tempfile.TemporaryDirectory() as folder, addresses(Path(folder), asked.out) as where:
        reports = Path(folder, "reports")
        reports.mkdir()
        for number in range(asked.documents):
            path = reports / f"{number:06}.txt"
            path.write_text(varied.text(number), encoding="utf-8", newline="")
        figures = {
            name: measured(address, varied, reports, asked.documents)
            for name, address in where.items()
        }
    if asked.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for name, told in figures.items():
        print(
            f"{name}: {told['documents']:,} documents, {told['claims']:,} claims; "
            f"added {told['added_per_second']:.0f}/s; opened in {told['open_seconds']:.3f} s; "
            f"{told['queries']} queries: p50 {told['search_p50_ms']:.1f} ms, "
            f"p95 {told['search_p95_ms']:.1f} ms, slowest {told['search_max_ms']:.1f} ms"
        )
        for took, query, documents, order in told["slowest"]:
            print(f"  {took:7.1f} ms  {query!r}{' documents' * documents} {order or ''}")


if __name__ == "__main__":
    main()
