"""Reading on Spark: the same bytes as one process, errors as rows, deaths survived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fake_extractor import FakeExtractor
from spark_extractor import Mortal

from temoin.errors import ReadingError
from temoin.pipeline import Reader
from temoin.reading import enumerate_sources
from temoin.record import Record
from temoin.rows import COLUMNS, rows
from temoin.spark import events_on_spark, read_on_spark

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

pytestmark = [
    pytest.mark.slow,
    # No pandas is used, but PySpark looks at its version all the same.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "L'armée a bombardé Mizda mardi."
COLUMNS_IN = "id string, text string, published string, language string"


def table(spark: SparkSession, *given: tuple[str | None, str | None]) -> DataFrame:
    found = [(id_, text, "2019-11-14", None) for id_, text in given]
    return spark.createDataFrame(found, COLUMNS_IN)


def reports(count: int) -> list[tuple[str | None, str | None]]:
    """Ids whose order is not that of their numbers, and texts of many lengths."""
    return [(f"r{n}", " ".join([TEXT] * (n % 7 + 1)) + f" {n} morts.") for n in range(count)]


def test_records_are_those_of_one_process_byte_for_byte(spark: SparkSession) -> None:
    given = reports(200)
    reader = Reader(FakeExtractor())
    expected = [
        reader.read_text(text or "", id=id_ or "", published="2019-11-14").to_json()
        for id_, text in sorted(given, key=lambda each: each[0] or "")
    ]
    found = read_on_spark(spark, table(spark, *given), extractor=FakeExtractor()).collect()
    assert [row["record"] for row in found] == expected


def test_the_model_gives_the_records_of_temoin_read(spark: SparkSession, tmp_path: Path) -> None:
    sources = list(enumerate_sources([EXAMPLES]))
    expected = [
        result.to_json()
        for result in Reader().read_many(sources)
        if not isinstance(result, ReadingError)
    ]
    out = tmp_path / "records"
    read_on_spark(spark, sources, partitions=4).write.parquet(str(out))
    kept = spark.read.parquet(str(out))
    assert sorted(row["record"] for row in kept.collect()) == sorted(expected)
    events = [tuple(row) for row in events_on_spark(kept).collect()]
    read = [Record.model_validate_json(text) for text in expected]
    wanted = [tuple(row[name] for name in COLUMNS) for record in read for row in rows(record)]
    assert sorted(events, key=str) == sorted(wanted, key=str)


def test_work_is_done_by_several_processes_that_keep_their_model(spark: SparkSession) -> None:
    from pyspark import TaskContext

    def tell(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os

        import pyarrow as pa

        for _ in batches:
            pass
        context = TaskContext.get()
        assert context is not None
        yield pa.RecordBatch.from_pydict({"process": [os.getpid()]})

    found = spark.range(8).repartition(8).mapInArrow(tell, "process long").collect()
    assert len({row["process"] for row in found}) >= 2


def test_what_cannot_be_read_is_an_error_row(spark: SparkSession) -> None:
    given = table(
        spark, ("a", TEXT), ("b", ""), ("c", None), ("d", "BOOM"), ("e", "   "), (None, TEXT)
    )
    found = read_on_spark(spark, given, extractor=FakeExtractor(), partitions=2).collect()
    told = {row["source"]: row["error"] for row in found}
    assert told.pop("a") is None
    assert told["b"] == "is empty"
    assert told["c"] == "has no text"
    assert "boom" in told["d"]
    assert "white space" in told["e"]
    assert any(name.startswith("a row without an id") for name in told)
    assert len(found) == 6


def test_an_unknown_language_is_an_error_row(spark: SparkSession) -> None:
    given = spark.createDataFrame([("a", TEXT, None, "xx")], COLUMNS_IN)
    (row,) = read_on_spark(spark, given, extractor=FakeExtractor()).collect()
    assert "xx" in row["error"]


def test_files_of_a_store_are_read_from_their_bytes(spark: SparkSession) -> None:
    files = spark.read.format("binaryFile").load(str(EXAMPLES / "mizda"))
    found = read_on_spark(spark, files, extractor=FakeExtractor(), partitions=2).collect()
    documents = [json.loads(row["record"])["document"] for row in found]
    assert [each["id"] for each in documents] == [
        "mizda-communique.txt",
        "mizda-dispatch.md",
        "mizda-tribune.html",
    ]
    assert all(each["sha256"] for each in documents)


def test_other_columns_are_refused(spark: SparkSession) -> None:
    with pytest.raises(ValueError, match="texts need id and text"):
        read_on_spark(spark, spark.range(1))


@pytest.mark.parametrize("death", ["ONCE", "EXECUTOR"])
def test_the_death_of_a_worker_or_executor_loses_nothing(
    spark: SparkSession, tmp_path: Path, death: str
) -> None:
    given = [*reports(20), ("r0-dies", f"{TEXT} {death}")]
    read = read_on_spark(spark, table(spark, *given), extractor=Mortal(str(tmp_path)), partitions=4)
    found = read.collect()
    assert any(tmp_path.iterdir())  # it did die
    assert [row["document"] for row in found] == sorted(id_ for id_, _ in given if id_)


def test_a_document_that_always_ends_its_process_is_named(
    spark: SparkSession, tmp_path: Path
) -> None:
    given = [*reports(20), ("r0-kills", f"{TEXT} KILL")]
    read = read_on_spark(spark, table(spark, *given), extractor=Mortal(str(tmp_path)), partitions=4)
    found = read.collect()
    assert len(found) == 21
    (failed,) = [row for row in found if row["error"]]
    assert failed["source"] == "r0-kills"
    assert "SIGKILL" in failed["error"]


def test_a_missing_model_fails_the_job_and_says_which(spark: SparkSession) -> None:
    read = read_on_spark(spark, table(spark, ("a", TEXT)), model="no-such-model", partitions=1)
    with pytest.raises(Exception, match="no-such-model: no folder of this name"):
        read.collect()
