"""Which documents copy one another, on Spark: the bands and the check of `find_copies`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from temoin.corroboration.copies import (
    COPIED,
    CROWD,
    Copy,
    bands,
    hashed_shingles,
    share_copied,
)
from temoin.record import Record
from temoin.spark.reading import batches, bounded, schema_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["copies_on_spark"]

_PRINTS = "document string, shingles binary, bands array<binary>"
_CHECKED = "a string, b string, share double"


def copies_on_spark(records: DataFrame) -> list[Copy]:
    """The copies that `find_copies` finds among the documents in the order of their ids.

    Args:
        records: What `read_on_spark` gave.
    """
    from pyspark.sql import functions as f

    bounded(records.sparkSession)
    texts = records.where("record is not null").select("record")
    prints = texts.mapInArrow(_prints, _PRINTS).persist()
    try:
        keyed = prints.select("document", f.posexplode("bands").alias("band", "key"))
        # A set phrase is counted before it is gathered: a million documents may share it.
        few = keyed.groupBy("band", "key").count().where(f"count between 2 and {CROWD}")
        gathered = keyed.join(few, ["band", "key"]).groupBy("band", "key")
        members = gathered.agg(f.collect_set("document").alias("members"))
        first = members.select("members", f.explode("members").alias("a"))
        pairs = first.select("a", f.explode("members").alias("b")).where("a < b").distinct()
        one = prints.select(f.col("document").alias("a"), f.col("shingles").alias("x"))
        other = prints.select(f.col("document").alias("b"), f.col("shingles").alias("y"))
        checked = pairs.join(one, "a").join(other, "b").select("a", "b", "x", "y")
        found = checked.mapInArrow(_checked, _CHECKED).collect()
    finally:
        prints.unpersist()
    return [Copy(row["a"], row["b"], row["share"]) for row in sorted(found)]


def _prints(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def rows() -> Iterator[dict[str, Any]]:
        for batch in given:
            for text in batch.column(0).to_pylist():
                document = Record.model_validate_json(text).document
                values = hashed_shingles(document.text)
                yield {
                    "document": document.id,
                    "shingles": values.tobytes(),
                    "bands": list(bands(values)),
                }

    yield from batches(rows(), schema_of(_PRINTS), size=lambda row: len(row["shingles"]) + 1024)


def _checked(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    def rows() -> Iterator[dict[str, Any]]:
        for batch in given:
            for row in batch.to_pylist():
                shingles = (np.frombuffer(row[name], np.uint32) for name in ("x", "y"))
                share = share_copied(*shingles)
                if share >= COPIED:
                    yield {"a": row["a"], "b": row["b"], "share": round(share, 4)}

    yield from batches(rows(), schema_of(_CHECKED), size=lambda _: 100)
