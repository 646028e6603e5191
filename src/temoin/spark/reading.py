"""Records on Spark: texts, files or sources in, one row a document out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from temoin.errors import ReadingError
from temoin.pipeline import Extracts
from temoin.reading import Source
from temoin.reading.documents import Options
from temoin.record import Record
from temoin.rows import COLUMNS, rows
from temoin.spark.work import Settings, Text, file_of, read_works, source_of, text_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["BATCH_BYTES", "EVENTS", "RECORDS", "bounded", "events_on_spark", "read_on_spark"]

#: The columns of what `read_on_spark` gives.
RECORDS = "document string, source string, events int, record string, error string"

_NUMBERS = {
    "latitude": "double",
    "longitude": "double",
    "radius_km": "double",
    "value": "double",
    "confidence": "double",
    "start": "long",
    "end": "long",
}
#: The columns of what `events_on_spark` gives: those of `temoin.rows`.
EVENTS = ", ".join(f"`{name}` {_NUMBERS.get(name, 'string')}" for name in COLUMNS)

#: Bytes of a batch between Spark and Python, either way; one document may be larger.
BATCH_BYTES = 8 << 20
_BATCH_ROWS = 256
_TEXT = ("id", "text")
_SAID = ("published", "language", "source", "title", "url")
#: Tasks for each core: a task that is lost is soon done again, and none waits for a long one.
_TASKS_A_CORE = 4


def read_on_spark(
    spark: SparkSession,
    given: DataFrame | Iterable[Source],
    *,
    model: str | None = None,
    extractor: Extracts | None = None,
    ground: bool = True,
    min_confidence: float | None = None,
    options: Options | None = None,
    partitions: int | None = None,
) -> DataFrame:
    """Read reports on the cluster: the same records, byte for byte, as in one process.

    Args:
        spark: The session.
        given: A table of texts (columns `id` and `text`; optional `published`, `language`,
            `source`, `title`, `url`); or a table of files as `spark.read.format("binaryFile")`
            gives it (columns `path` and `content`); or sources that
            `temoin.reading.enumerate_sources` found, in folders that every worker sees.
        model: Folder of a model on the workers, or the name of one sent along with
            `--archives model.zip#NAME`. None for the one in the package.
        extractor: What finds events, in place of a model.
        ground: Whether to resolve times, quantities, places and actors.
        min_confidence: Leave out events below this confidence, 0 to 1.
        options: What is said of all files.
        partitions: Tasks; four a core by default. For millions: one for a thousand texts.

    Returns:
        One row a document: `document` (its id), `source` (as messages name it), `events`
        (how many), `record` (JSON, as `temoin read --format jsonl` has it). A document that
        cannot be read has no `record` but an `error`. Rows come in the order of the ids of
        texts, of the paths of files, or of the sources.

    Raises:
        ValueError: The table has other columns.
    """
    from pyspark.sql import DataFrame as Frame

    bounded(spark)
    settings = Settings(model, extractor, ground, min_confidence, options or Options())
    if isinstance(given, Frame):
        table, order, work = _prepared(given, settings.options)
    else:
        found = [(at, pickle.dumps(source)) for at, source in enumerate(given)]
        table = spark.createDataFrame(found, "at long, source binary")
        order, work = ["at"], source_of
    tasks = partitions or spark.sparkContext.defaultParallelism * _TASKS_A_CORE
    # What goes in is put in order, not what comes out: to sort, Spark looks at a sample
    # first, and would read every report twice for it.
    sorted_ = table.repartitionByRange(tasks, *order).sortWithinPartitions(*order)
    return sorted_.mapInArrow(partial(_read, settings=settings, work=work), RECORDS)


def events_on_spark(records: DataFrame) -> DataFrame:
    """The events of records, one row an event, with the columns of `temoin.rows`."""
    bounded(records.sparkSession)
    return records.where("record is not null").select("record").mapInArrow(_events, EVENTS)


def bounded(spark: SparkSession) -> None:
    """Bound what Spark hands to Python at once, unless the session says otherwise."""
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"
    if spark.conf.get(name) == "10000":
        spark.conf.set(name, str(_BATCH_ROWS))
        spark.conf.set("spark.sql.execution.arrow.maxBytesPerBatch", str(BATCH_BYTES))


def batches(
    found: Iterable[Mapping[str, Any]], schema: pa.Schema, *, size: Callable[[Any], int]
) -> Iterator[pa.RecordBatch]:
    """Rows as batches of a few MB.

    Args:
        found: The rows.
        schema: Of the batches.
        size: About how many bytes a row has.
    """
    import pyarrow as pa

    held: list[Mapping[str, Any]] = []
    total = 0
    for row in found:
        held.append(row)
        total += size(row)
        if total >= BATCH_BYTES or len(held) >= 16 * _BATCH_ROWS:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
            held, total = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)


def schema_of(columns: str) -> pa.Schema:
    """The Arrow schema of `name type, name type`."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "int": pa.int32(),
        "long": pa.int64(),
        "double": pa.float64(),
        "float": pa.float32(),
        "binary": pa.binary(),
        "array<binary>": pa.list_(pa.binary()),
    }
    fields = [each.strip().partition(" ") for each in columns.split(",")]
    return pa.schema([(name.strip("`"), kinds[kind]) for name, _, kind in fields])


def _prepared(
    given: DataFrame, options: Options
) -> tuple[DataFrame, list[str], Callable[[Mapping[str, Any]], Text | Source]]:
    names = set(given.columns)
    if names >= set(_TEXT):
        said = [name for name in _SAID if name in names]
        # A day of Spark's own type becomes YYYY-MM-DD.
        columns = [given[name].cast("string").alias(name) for name in (*_TEXT, *said)]
        return given.select(*columns), ["id", "text"], text_of
    if names >= {"path", "content"}:
        return given.select("path", "content"), ["path"], partial(file_of, options=options)
    message = (
        f"a table with the columns {', '.join(given.columns)} cannot be read: texts need id "
        "and text, files path and content"
    )
    raise ValueError(message)


def _read(
    given: Iterator[pa.RecordBatch],
    *,
    settings: Settings,
    work: Callable[[Mapping[str, Any]], Text | Source],
) -> Iterator[pa.RecordBatch]:
    from pyspark import TaskContext

    context = TaskContext.get()
    works = (work(row) for batch in given for row in batch.to_pylist())
    results = read_works(works, settings, careful=bool(context and context.attemptNumber()))
    yield from batches(
        (_row(result) for result in results),
        schema_of(RECORDS),
        size=lambda row: len(row.get("record") or row["error"]),
    )


def _row(result: Record | ReadingError) -> dict[str, Any]:
    if isinstance(result, ReadingError):
        return {"source": _utf8(result.source), "error": _utf8(result.cause)}
    document = result.document
    return {
        "document": document.id,
        "source": document.path or document.id,
        "events": len(result.events),
        "record": result.to_json(),
        "error": None,
    }


def _utf8(said: str) -> str:
    """Arrow holds no half of a surrogate pair, which a file's name may have."""
    return said.encode("utf-8", "backslashreplace").decode("utf-8")


def _events(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    found = (
        row
        for batch in given
        for text in batch.column(0).to_pylist()
        for row in rows(Record.model_validate_json(text))
    )
    yield from batches(found, schema_of(EVENTS), size=lambda row: 500 + len(row["sentence"] or ""))
