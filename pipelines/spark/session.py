"""The session in which Spark runs the models, and where it keeps rows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import SparkSession

MASTER_VARIABLE = "NEIGHBOURHOODS_SPARK_MASTER"
FOLDER_VARIABLE = "NEIGHBOURHOODS_SPARK_FOLDER"
MEMORY_VARIABLE = "NEIGHBOURHOODS_SPARK_MEMORY"

LOCAL = "local[2]"
_OF_THE_APPLICATION = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_OF_THE_DRIVER_HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
}
_OF_QUERIES = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # a product keeps all its decimals, or fails, as in DuckDB; Spark would round it without a word
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    # this rule of Spark 4.3 breaks plans of a window over a union with constants, which then fail
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.RemoveRedundantAliases",
}


@contextmanager
def spark_session() -> Iterator[SparkSession]:
    """A session of the master that NEIGHBOURHOODS_SPARK_MASTER names: local[n], spark://..., k8s://... or sc://..."""
    master = os.environ.get(MASTER_VARIABLE) or LOCAL
    if master.startswith("sc://"):
        session = SparkSession.builder.remote(master).getOrCreate()
    else:
        builder = SparkSession.builder.master(master).appName("neighbourhoods")
        settings = _OF_THE_APPLICATION | {"spark.driver.memory": os.environ.get(MEMORY_VARIABLE) or "3g"}
        if master.startswith("local"):
            settings |= _OF_THE_DRIVER_HERE
        session = builder.config(map=settings).getOrCreate()
    try:
        for name, value in _OF_QUERIES.items():
            session.conf.set(name, value)
        yield session
    finally:
        session.stop()


@contextmanager
def rows_folder() -> Iterator[Path]:
    """A folder for the rows of one build, which this process and all of Spark's can read and write; gone afterwards.

    It lies in the folder that NEIGHBOURHOODS_SPARK_FOLDER names, else in this machine's for temporary files. Raises
    ValueError for a name that DuckDB would take as a pattern.
    """
    within = os.environ.get(FOLDER_VARIABLE) or None
    with TemporaryDirectory(prefix="neighbourhoods-spark-", dir=within) as folder:
        if set(folder) & set("*?[]'"):
            raise ValueError(f"{FOLDER_VARIABLE} is {within}: its name must have none of * ? [ ] '")
        # executors may run as another user
        Path(folder).chmod(0o777 if within else 0o700)
        yield Path(folder)
