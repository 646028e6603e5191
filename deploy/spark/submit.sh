#!/usr/bin/env bash
# Read a table of texts on a standalone cluster, and corroborate it. Every machine has the image
# or the same virtualenv (PYSPARK_PYTHON). Usage:
#   MASTER=spark://head:7077 deploy/spark/submit.sh s3a://archive/texts.parquet s3a://archive/out
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

texts=${1:?the Parquet table of texts}
out=${2:?the folder of what comes out}
master=${MASTER:?spark://HOST:7077, yarn, or k8s://...}

submit() {
    # A core runs one Python process with a model of its own: about 600 MB each, outside of the
    # JVM's memory (memoryOverhead). A task is tried four times; from the second time on, every
    # document is read in a child process, and the one that ends it becomes a row with an error.
    spark-submit --master "$master" \
        --conf spark.executor.cores="${CORES:-4}" \
        --conf spark.executor.memory="${MEMORY:-2g}" \
        --conf spark.executor.memoryOverhead="${OVERHEAD:-4g}" \
        --conf spark.driver.memory="${DRIVER_MEMORY:-8g}" \
        --conf spark.driver.maxResultSize=4g \
        --conf spark.task.maxFailures=4 \
        --conf spark.executorEnv.OMP_NUM_THREADS=1 \
        temoin_spark.py "$@"
}

submit read "$texts" "$out/records" --events "$out/events" --partitions "${PARTITIONS:-1000}"
submit corroborate "$out/records" "$out/incidents"
