"""One cluster for all tests of Spark: a driver and two executors, each a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from spark_session import MISSING, session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    if MISSING:
        pytest.skip(MISSING)
    made = session("local-cluster[2,1,512]", tmp_path_factory.mktemp("spark"))
    yield made
    made.stop()
