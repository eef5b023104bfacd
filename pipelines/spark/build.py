"""The rows of the models worked out by Spark, table by table, for the build to take in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
from pyspark.sql import DataFrame, SparkSession
from sqlglot import MappingSchema, exp

from pipelines.spark.session import rows_folder, spark_session
from pipelines.spark.transpile import InSpark, Step, to_spark, view_name
from pipelines.warehouse.engines import RowsOf
from pipelines.warehouse.models import UNIONS, Model, united_in


@contextmanager
def spark_build(models: Mapping[str, Model], staged: Mapping[str, pl.DataFrame]) -> Iterator[RowsOf]:
    """What works out a model's rows on Spark, and answers with a SELECT of them from Parquet, in the types of DuckDB.

    `models` are all, each after those that it reads; `staged` are the staged rows by name.
    """
    with rows_folder() as folder, spark_session() as session:
        build = SparkBuild(session, folder, models)
        for name, frame in staged.items():
            path = folder / f"{view_name(f'staged.{name}')}.parquet"
            frame.write_parquet(path)
            session.read.parquet(str(path)).createOrReplaceTempView(view_name(f"staged.{name}"))
        yield build.rows_of


class SparkBuild:
    """One build: the views that Spark knows so far, each of Parquet in `folder`, and the types of their columns."""

    def __init__(self, session: SparkSession, folder: Path, models: Mapping[str, Model]) -> None:
        self._session = session
        self._folder = folder
        self._models = models
        self._schema = MappingSchema(dialect="duckdb")
        self._known: set[str] = set()

    def rows_of(self, connection: duckdb.DuckDBPyConnection, model: Model) -> str:
        """Works out the rows of a model and answers with a SELECT of them in the words of DuckDB.

        The types are those that the model's own SQL has in DuckDB. Raises Untranslatable, and Spark's own errors.
        """
        for table in sorted(model.reads):
            self._know(connection, table)
        types = _types(connection, model.sql)
        script = to_spark(model, self._schema, self._models)
        for step in script.steps:
            self._keep(step)
        columns = ", ".join(f"cast({name} as {_in_spark(kind)}) as {name}" for name, kind in types.items())
        self._write(f"select {columns} from ({script.select})", view_name(model.name))
        taken = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
        return f"select {taken} from read_parquet('{self._folder / view_name(model.name)}/*.parquet')"

    def _know(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        """Learns the types of a table's columns, and makes the view of a union."""
        if table in self._known:
            return
        self._known.add(table)
        columns = _types(connection, f"select * from {table}")
        self._schema.add_table(exp.to_table(table), columns, dialect="duckdb")
        if table in UNIONS:
            names = ", ".join(columns)
            parts = united_in(table, self._models)
            rows = " union all ".join(f"select {names} from {view_name(part)}" for part in parts)
            self._session.sql(rows).createOrReplaceTempView(view_name(table))

    def _keep(self, step: Step) -> None:
        """Makes a view of a step's rows, round by round while new ones follow."""
        rows = last = self._write(step.select, step.view)
        rounds = 0
        while step.following and not last.isEmpty():
            rounds += 1
            last = self._write(step.following, step.view, f"{step.view}__{rounds}")
            rows = rows.unionAll(last)
        rows.createOrReplaceTempView(step.view)

    def _write(self, select: str, view: str, name: str = "") -> DataFrame:
        """Writes the rows of a SELECT as Parquet, of which it makes the view."""
        path = str(self._folder / (name or view))
        found = self._session.sql(select)
        found.write.parquet(path)
        rows = self._session.read.schema(found.schema).parquet(path)
        rows.createOrReplaceTempView(view)
        return rows


def _types(connection: duckdb.DuckDBPyConnection, select: str) -> dict[str, str]:
    """DuckDB's type of each column of a SELECT, which is not run."""
    return {row[0]: row[1] for row in connection.execute(f"describe {select}").fetchall()}


def _in_spark(kind: str) -> str:
    # wider than any whole number of Spark's
    return exp.DataType.build(kind.replace("HUGEINT", "DECIMAL(38, 0)"), dialect="duckdb").sql(dialect=InSpark)
