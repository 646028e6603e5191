"""What spark-submit runs: `temoin spark ...` with the arguments that follow.

spark-submit --master spark://host:7077 deploy/spark/temoin_spark.py read texts.parquet records
"""

from __future__ import annotations

import sys

from temoin.cli import main

if __name__ == "__main__":
    main(["spark", *sys.argv[1:]])
