"""How fast Spark reads with one Python worker and with two, and what a million reports cost.

    python benchmarks/spark.py                       # 400 reports, 1 and 2 workers
    python benchmarks/spark.py --reports 2000 --workers 1,2,4,8 --out benchmarks

Reports are the texts of `examples/`, as often as it takes, each
with an id of its own; a first job, not counted, starts the workers and loads their models. One
process without Spark reads the same texts for comparison, and the records must be the same,
byte for byte. Then claims of `linking_speed.py` are linked, on Spark and in one process.
Seconds are told on the clock and of processors: the latter are those of this process and of
all that it started (Java, Python workers), which others on the machine hardly change. The cost
of a million is computed from them. Cores are what the system lets this process use (taskset);
with fewer cores than workers the clock says nothing on scaling, and the result says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linking_speed import made_up
from machine import machine
from temoin.corroboration import corroborate
from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.reading import read_paths
from temoin.spark import read_on_spark
from temoin.spark.corroborating import link_claims
from temoin.spark.linking import CLAIMS, rows_of
from temoin.spark.reading import schema_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]
MILLION = 1_000_000


def main() -> int:
    """Measure, and print as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--workers", default="1,2", help="numbers of workers (1,2)")
    parser.add_argument("--price", type=float, default=0.05, help="of a core and hour (0.05)")
    parser.add_argument("--out", type=Path, help="folder for spark.json")
    arguments = parser.parse_args()
    logging.getLogger("py4j").setLevel(logging.ERROR)
    texts = reports(arguments.reports)
    figures: dict[str, Any] = {
        "machine": machine(),
        "reports": len(texts),
        "characters": sum(len(text) for _, text, _ in texts),
        "one process": alone(texts),
        "spark": [on_spark(int(each), texts) for each in arguments.workers.split(",")],
    }
    first = figures["spark"][0]
    for each in figures["spark"]:
        each["times one worker"] = round(first["seconds"] / each["seconds"], 2)
        if each["digest"] != figures["one process"]["digest"]:
            sys.stderr.write(f"{each['workers']} workers: other records than one process\n")
            return 1
    cores = figures["machine"]["cores_used"] or 1
    figures["enough cores"] = cores >= max(each["workers"] for each in figures["spark"])
    figures["a million reports"] = million(figures["spark"][-1], len(texts), arguments.price)
    figures["linking"] = linking(arguments.claims)
    text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    sys.stdout.write(text)
    if arguments.out is not None:
        (arguments.out / "spark.json").write_text(text, encoding="utf-8")
    return 0


def reports(count: int) -> list[tuple[str, str, str | None]]:
    """Id, text and day of so many reports."""
    found = [
        document
        for document in read_paths([ROOT / "examples"])
        if not isinstance(document, ReadingError)
    ]
    days = [None if each.published is None else each.published.isoformat() for each in found]
    return [(f"r{n:07d}", found[n % len(found)].text, days[n % len(found)]) for n in range(count)]


def alone(texts: list[tuple[str, str, str | None]]) -> dict[str, Any]:
    """One process without Spark; the model is loaded before."""
    reader = Reader()
    reader.read_text(texts[0][1])
    start, spent = time.perf_counter(), processor()
    made = [reader.read_text(text, id=id_, published=day).to_json() for id_, text, day in texts]
    seconds, used = time.perf_counter() - start, processor() - spent
    return {
        "seconds": round(seconds, 1),
        "processor seconds": round(used, 1),
        **rates(texts, seconds),
        "digest": digest(made),
    }


def on_spark(workers: int, texts: list[tuple[str, str, str | None]]) -> dict[str, Any]:
    """Spark with so many Python workers on this machine."""
    spark = session(workers)
    try:
        table = spark.createDataFrame(texts, "id string, text string, published string")
        first = table.limit(workers * 4)
        start = time.perf_counter()
        read_on_spark(spark, first, partitions=workers * 4).collect()
        warm = time.perf_counter() - start
        start, spent = time.perf_counter(), processor()
        rows = read_on_spark(spark, table, partitions=workers * 4).collect()
        seconds, used = time.perf_counter() - start, processor() - spent
    finally:
        spark.stop()
    return {
        "workers": workers,
        "seconds to start": round(warm, 1),
        "seconds": round(seconds, 1),
        "processor seconds": round(used, 1),
        **rates(texts, seconds),
        "digest": digest(row["record"] for row in rows),
    }


def rates(texts: list[tuple[str, str, str | None]], seconds: float) -> dict[str, float]:
    """Reports and thousands of characters a second."""
    characters = sum(len(text) for _, text, _ in texts)
    return {
        "reports a second": round(len(texts) / seconds, 2),
        "thousand characters a second": round(characters / 1000 / seconds, 2),
    }


def million(measured: dict[str, Any], count: int, price: float) -> dict[str, Any]:
    """What a million such reports take, and the formula."""
    hours = MILLION / count * measured["processor seconds"] / 3600
    return {
        "formula": "1,000,000 / reports x processor seconds / 3600 = core hours; x price",
        "core hours": round(hours, 1),
        "price of a core hour": price,
        "cost": round(hours * price, 2),
        "hours on 100 cores": round(hours / 100, 2),
    }


def linking(count: int) -> dict[str, Any]:
    """Seconds to link so many claims, in one process and on Spark with two workers."""
    import pyarrow as pa

    claims = sorted((claim for claim, _ in made_up(count)), key=lambda claim: claim.document)
    start = time.perf_counter()
    local = corroborate(claims)
    alone_ = time.perf_counter() - start
    spark = session(2)
    try:
        rows = [row for claim in claims for row in rows_of([claim])]
        table = spark.createDataFrame(pa.Table.from_pylist(rows, schema=schema_of(CLAIMS)))
        start = time.perf_counter()
        found = link_claims(table)
        ids = [row["incident"] for row in found.incidents.orderBy("position").collect()]
        seconds = time.perf_counter() - start
    finally:
        spark.stop()
    return {
        "claims": count,
        "incidents": len(ids),
        "same incidents": ids == [each.id for each in local.incidents],
        "largest component": found.largest,
        "seconds in one process, pairs explained": round(alone_, 1),
        "seconds on Spark, two workers": round(seconds, 1),
    }


def processor() -> float:
    """Seconds of processors that this process and its descendants have used (Linux)."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        pid = int(entry.parent.name)
        parents[pid] = int(fields[1])
        # Its own time and that of its children that have ended: user and system of each.
        ticks[pid] = sum(int(each) for each in fields[11:15])
    ours = os.getpid()
    total = 0
    for pid, used in ticks.items():
        at = pid
        while at not in {ours, 0}:
            at = parents.get(at, 0)
        total += used if at == ours else 0
    return total / os.sysconf("SC_CLK_TCK")


def session(workers: int) -> SparkSession:
    """A session on this machine with so many Python workers."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{workers},4]").appName("temoin-benchmark")
    for name, value in (
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
        ("spark.driver.host", "127.0.0.1"),
        ("spark.driver.memory", "2g"),
        ("spark.log.level", "ERROR"),
    ):
        builder = builder.config(name, value)
    return builder.getOrCreate()


def digest(records: Iterable[str]) -> str:
    """SHA-256 of all records in their order."""
    found = hashlib.sha256()
    for record in records:
        found.update(record.encode("utf-8") + b"\n")
    return found.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
