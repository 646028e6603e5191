"""`temoin spark`: reading and corroboration on a Spark cluster."""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from temoin.cli import _options as options
from temoin.cli._streams import tell
from temoin.errors import TemoinError

if TYPE_CHECKING:
    import datetime as dt

    from pyspark.sql import DataFrame, SparkSession

__all__ = ["spark"]

_master = click.option(
    "--master",
    metavar="URL",
    help="The cluster, where spark-submit does not name it. Default: local[*,4], this machine.",
)
_overwrite = click.option("--overwrite", is_flag=True, help="Replace what is in OUT.")


@click.group()
def spark() -> None:
    """Read millions of reports on a Spark cluster, and corroborate them.

    Needs temoin[spark] and Java 17 or 21. docs/scale.md tells how to run it on a real cluster.
    """


@spark.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.argument("out", metavar="OUT")
@click.option(
    "--given",
    type=click.Choice(["auto", "table", "files", "sources"]),
    default="auto",
    show_default=True,
    help="Parquet tables of texts, files of a store, or what temoin read takes.",
)
@click.option("--events", metavar="FOLDER", help="Write one row an event here besides.")
@click.option("--model", metavar="NAME", help="A model on the workers, or sent with --archives.")
@click.option(
    "--partitions",
    type=click.IntRange(min=1),
    metavar="N",
    help="Tasks. Default: four a core; for millions, one for a thousand texts.",
)
@options.published
@options.language
@options.min_confidence
@_master
@_overwrite
@options.quiet
def read(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[str, ...],
    out: str,
    given: str,
    events: str | None,
    model: str | None,
    partitions: int | None,
    published: dt.date | None,
    language: str | None,
    min_confidence: float | None,
    master: str | None,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Read reports on a Spark cluster into Parquet.

    PATH is a Parquet table with the columns id and text (optional: published, language,
    source, title, url), or files and folders that every worker sees. OUT is the folder of
    the records, one row a document; what cannot be read is a row with an error.

    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    session = _session(master)
    from temoin.reading.documents import Options
    from temoin.spark import events_on_spark, read_on_spark

    said = Options(published=published, language=language)
    kind = _kind(paths) if given == "auto" else given
    if kind == "table":
        found: Any = _said(session.read.parquet(*paths), published, language)
    elif kind == "files":
        found = session.read.format("binaryFile").load(list(paths))
    else:
        from temoin.reading import enumerate_sources

        found = list(enumerate_sources(paths, published=published, language=language))
    records = read_on_spark(
        session,
        found,
        model=model,
        min_confidence=min_confidence,
        options=said,
        partitions=partitions,
    )
    _write(records, out, overwrite=overwrite)
    kept = session.read.parquet(out)
    if events is not None:
        _write(events_on_spark(kept), events, overwrite=overwrite)
    failures = kept.where("error is not null")
    failed, total = failures.count(), kept.count()
    for row in failures.orderBy("source").limit(20).collect():
        tell(f"{row['source']}: {row['error']}")
    if failed > 20:
        tell(f"and {failed - 20:,} more: the rows of {out} with an error")
    if not quiet:
        tell(f"{total - failed:,} documents read, {failed:,} failed: {out}")
    sys.exit(2 if failed == total else int(failed > 0))


@spark.command()
@click.argument("records", metavar="RECORDS")
@click.argument("out", metavar="OUT")
@click.option("--pairs", is_flag=True, help="Write the compared pairs with their weights, too.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Claims of one component from which it is clustered on the driver. Default: 100,000.",
)
@_master
@_overwrite
@options.quiet
def corroborate(
    *,
    records: str,
    out: str,
    pairs: bool,
    most: int | None,
    master: str | None,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Group the claims of records into incidents on a Spark cluster.

    RECORDS is what temoin spark read wrote. OUT gets the Parquet tables incidents, links
    and, where they are wanted, pairs: the same as in one process.

    Exit code: 0 it was done, 2 the records cannot be read.
    """
    session = _session(master)
    from temoin.spark import corroborate_on_spark
    from temoin.spark.corroborating import MOST

    kept = session.read.parquet(records)
    found = corroborate_on_spark(kept, explain=pairs, most=most or MOST)
    folder = out.rstrip("/")
    _write(found.incidents, f"{folder}/incidents", overwrite=overwrite)
    _write(found.links, f"{folder}/links", overwrite=overwrite)
    if pairs:
        _write(found.pairs, f"{folder}/pairs", overwrite=overwrite)
    if found.on_driver:
        tell(f"{found.on_driver:,} claims were clustered on the driver: see docs/scale.md")
    if not quiet:
        count = session.read.parquet(f"{folder}/incidents").count()
        tell(
            f"{found.claims:,} claims, {count:,} incidents, {len(found.copies):,} copies, "
            f"largest component {found.largest:,} claims: {out}"
        )


def _session(master: str | None) -> SparkSession:
    if util.find_spec("pyspark") is None:
        message = "temoin spark needs pyspark: pip install 'temoin[spark]'"
        raise TemoinError(message)
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("temoin")
    if master or not SparkConf().contains("spark.master"):
        # 4: a task may be tried four times here as well, as on a cluster.
        builder = builder.master(master or "local[*,4]")
    return builder.getOrCreate()


def _kind(paths: tuple[str, ...]) -> str:
    """A table where everything is Parquet; files where it is somewhere else; else sources."""
    if all(path.endswith(".parquet") or any(Path(path).glob("*.parquet")) for path in paths):
        return "table"
    return "files" if all("://" in path for path in paths) else "sources"


def _said(texts: DataFrame, published: dt.date | None, language: str | None) -> DataFrame:
    """What the caller says of all texts goes before what the table says."""
    from pyspark.sql import functions as f

    for name, value in (("published", published), ("language", language)):
        if value is not None:
            texts = texts.withColumn(name, f.lit(str(value)))
    return texts


def _write(frame: DataFrame, out: str, *, overwrite: bool) -> None:
    frame.write.mode("overwrite" if overwrite else "errorifexists").parquet(out)
