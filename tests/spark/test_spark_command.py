"""`temoin spark`: Parquet in, Parquet out, and failures told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from temoin import cli

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


def test_reports_become_records_events_and_incidents(spark: SparkSession, tmp_path: Path) -> None:
    texts = [
        ("a", "L'armée a bombardé Mizda mardi.", "2019-11-14"),
        ("b", "The army shelled Mizda on Tuesday.", "2019-11-14"),
        ("c", " ", "2019-11-14"),
    ]
    given, out = tmp_path / "texts.parquet", tmp_path / "out"
    table = spark.createDataFrame(texts, "id string, text string, published string")
    table.coalesce(1).write.parquet(str(given))
    run = CliRunner().invoke(
        cli.main,
        ["spark", "read", str(given), f"{out}/records", "--events", f"{out}/events",
         "--partitions", "1"],
    )  # fmt: skip
    assert run.exit_code == 1, run.output
    assert "c: has no text" in run.stderr
    assert "2 documents read, 1 failed" in run.stderr
    events = spark.read.parquet(f"{out}/events").collect()
    assert {(row["document"], row["type"]) for row in events} >= {("a", "shelling")}
    run = CliRunner().invoke(cli.main, ["spark", "corroborate", f"{out}/records", f"{out}/found"])
    assert run.exit_code == 0, run.output
    incidents = spark.read.parquet(f"{out}/found/incidents").collect()
    assert {id_ for row in incidents for id_ in row["claims"]} == {
        f"{row['document']}:{row['event']}" for row in events
    }


def test_spark_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    run = CliRunner().invoke(cli.main, ["spark", "corroborate", "a", "b"])
    assert run.exit_code == 2
    assert "pip install 'temoin[spark]'" in run.stderr
