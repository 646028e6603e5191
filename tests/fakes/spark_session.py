"""A small Spark cluster for tests, and whether there can be one here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["MISSING", "session"]

HERE = Path(__file__).parents[2]


def _missing() -> str | None:
    if util.find_spec("pyspark") is None:
        return "needs pyspark: pip install 'temoin[spark]'"
    java = shutil.which("java")
    if java is None:
        return "needs Java 17 or 21 (Debian: apt install openjdk-17-jre-headless)"
    found = subprocess.run([java, "-version"], capture_output=True, check=False)
    return None if found.returncode == 0 else f"{java} does not run"


#: Why there can be no cluster here; in CI there must be one.
MISSING = None if os.environ.get("CI") else _missing()


def session(master: str, work: Path) -> SparkSession:
    """A session whose Python workers are this Python and see the fakes.

    `local-cluster[n,cores,MB]` starts a master and n executors, each a JVM of its own with
    Python processes of its own: what a real cluster does, on one machine.
    """
    import pyspark
    from pyspark.sql import SparkSession

    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["SPARK_SCALA_VERSION"] = "2.13"
    os.environ["SPARK_WORKER_DIR"] = str(work / "work")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Only what starts first is compiled: tests run for a minute, not for a night.
    java = f"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir={work}"
    path = os.pathsep.join([str(HERE / "tests" / "fakes"), str(HERE / "src")])
    os.environ["PYTHONPATH"] = path
    builder = SparkSession.builder.master(master).appName("temoin-tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.memory": "512m",
        "spark.executor.extraJavaOptions": java,
        "spark.executorEnv.PYTHONPATH": path,
        "spark.executorEnv.OMP_NUM_THREADS": "1",
        "spark.local.dir": str(work / "local"),
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(work / "warehouse"),
        "spark.log.level": "OFF",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
