"""Reading and corroboration on an Apache Spark cluster: the same records, the same incidents.

    from temoin.spark import corroborate_on_spark, events_on_spark, read_on_spark

    texts = spark.read.parquet("reports/")           # columns id, text, published, ...
    records = read_on_spark(texts)
    records.write.parquet("records/")
    kept = spark.read.parquet("records/")
    events_on_spark(kept).write.parquet("events/")   # one row an event
    found = corroborate_on_spark(kept)
    found.incidents.write.parquet("incidents/")

Needs `temoin[spark]` and Java. Data go to Python and back as Arrow, without pandas. Whoever
makes the session decides on memory, cores and retries; `docs/scale.md` tells which matter.
"""

from __future__ import annotations

from temoin.spark.copying import copies_on_spark
from temoin.spark.corroborating import OnSpark, corroborate_on_spark
from temoin.spark.reading import events_on_spark, read_on_spark

__all__ = [
    "OnSpark",
    "copies_on_spark",
    "corroborate_on_spark",
    "events_on_spark",
    "read_on_spark",
]
