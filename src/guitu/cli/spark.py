"""A Spark session for a command: on this machine, or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import guitu
from guitu.kernel.errors import GuituError
from guitu.kernel.labels import Label

_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",  # a slice of people is work enough for a batch
}


@contextmanager
def spark_session(master: str, **settings: str) -> Iterator[Any]:
    """A session on `master` (local[2], spark://host:port …), with further settings of Spark's; it ends with
    the context. Raises GuituError where Spark or Java is missing, or the cluster does not answer."""
    from guitu.bench.cluster import environment

    os.environ.update({k: v for k, v in environment().items() if k.startswith(("SPARK_", "PYSPARK_"))})
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    building = SparkSession.builder.master(master).appName("guitu")
    ours = {"spark.executorEnv.PYTHONPATH": str(Path(guitu.__file__).parents[1])}
    for name, value in {**_SETTINGS, **ours, **settings}.items():
        building = building.config(name, value)
    try:
        session = building.getOrCreate()
    except (Py4JError, PySparkException) as error:
        raise GuituError(
            Label(f"连不上 Spark（{master}）：{error}", f"no Spark session on {master}: {error}")
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
