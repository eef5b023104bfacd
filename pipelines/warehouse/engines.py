"""Which engine works out the rows of the models: DuckDB itself, or Apache Spark, as one setting says."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import duckdb
import polars as pl

from pipelines.warehouse.models import Model

ENGINE_VARIABLE = "NEIGHBOURHOODS_ENGINE"
DUCKDB, SPARK = "duckdb", "spark"

RowsOf = Callable[[duckdb.DuckDBPyConnection, Model], str]
"""A SELECT, in the words of DuckDB, of a model's rows; the tables that it reads are in the connection already."""


class EngineError(Exception):
    """The engine that is asked for is unknown or not installed; the message says what to do."""


@contextmanager
def chosen_engine(models: Mapping[str, Model], staged: Mapping[str, pl.DataFrame]) -> Iterator[RowsOf]:
    """The engine that NEIGHBOURHOODS_ENGINE names, DuckDB where it names none, for as long as a build takes.

    `models` are all, each after those that it reads; `staged` are the staged rows by name. Raises EngineError.
    """
    engine = os.environ.get(ENGINE_VARIABLE) or DUCKDB
    if engine == DUCKDB:
        yield lambda _connection, model: model.sql
        return
    if engine != SPARK:
        raise EngineError(f"{ENGINE_VARIABLE} is {engine}; it may be {DUCKDB} or {SPARK}")
    try:
        from pipelines.spark.build import spark_build
    except ImportError as error:
        message = f"{ENGINE_VARIABLE} is {SPARK}, for which {error.name} is missing: pip install --editable '.[spark]'"
        raise EngineError(message) from error
    with spark_build(models, staged) as rows_of:
        yield rows_of
