"""Builds the warehouse in a private DuckDB file: staged rows in, models in order, audit tables beside them."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.warehouse.macros import AS_AT_MACROS, SCALAR_MACROS
from pipelines.warehouse.models import LAYERS, UNIONS, Model, united_in

STORAGE_VERSION = "v1.4.0"
"""Oldest DuckDB whose clients can open the file."""


@contextmanager
def open_build(path: Path, staged: Mapping[str, pl.DataFrame]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a new file at `path` with empty layers, and the staged rows beside it as `staged.<name>`.

    The whole build is one transaction, which saves a wait for the disk per statement. On leaving without an error the
    file is complete and closed; an error leaves none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_build(path)
    # what does not fit into memory goes beside the build, not into the folder that the process was started in
    connection = duckdb.connect(":memory:", config={"temp_directory": str(_temporary(path))})
    complete = False
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as published (storage_version '{STORAGE_VERSION}')")
        connection.execute("attach ':memory:' as staged")
        for name, frame in staged.items():
            connection.register("incoming", frame.rechunk().to_arrow())
            connection.execute(f"create table staged.{name} as select * from incoming")
            connection.unregister("incoming")
        connection.execute("use published")
        connection.execute("begin")
        for schema in (*LAYERS, "audit"):
            connection.execute(f"create schema {schema}")
        for macro in SCALAR_MACROS:
            connection.execute(macro)
        yield connection
        connection.execute("commit")
        connection.execute("checkpoint published")
        complete = True
    finally:
        connection.close()
        shutil.rmtree(_temporary(path), ignore_errors=True)
        if not complete:
            remove_build(path)


def remove_build(path: Path) -> None:
    """Removes a build that is not wanted, with all that DuckDB keeps beside it."""
    for part in (path, path.with_name(f"{path.name}.wal")):
        part.unlink(missing_ok=True)
    shutil.rmtree(_temporary(path), ignore_errors=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f"{path.name}.tmp")


def build_model(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Creates the model's table, sorted by its key, with its comments. Returns the number of rows."""
    key = ", ".join(model.key)
    created = connection.execute(f"create table {model.name} as select * from (\n{model.sql}\n) order by {key}")
    [(rows,)] = created.fetchall()
    describe(connection, "table", model.name, f"{model.purpose} One row per {model.grain}.", model.columns)
    return int(rows)


def build_union(connection: duckdb.DuckDBPyConnection, union: str, models: Mapping[str, Model]) -> int:
    """Creates the view over all models of a layer. Returns its rows."""
    parts = united_in(union, models)
    columns = models[parts[0]].columns
    names = ", ".join(columns)
    connection.execute(f"create view {union} as {' union all '.join(f'select {names} from {part}' for part in parts)}")
    describe(connection, "view", union, UNIONS[union][1], columns)
    [(rows,)] = connection.execute(f"select count(*) from {union}").fetchall()
    return int(rows)


def build_macro_of(connection: duckdb.DuckDBPyConnection, name: str, models: Mapping[str, Model]) -> None:
    """Creates the table macro of any day that is made of a model which has just been built, where there is one."""
    if name in AS_AT_MACROS:
        connection.execute(AS_AT_MACROS[name](models))


def describe(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str, purpose: str, columns: Mapping[str, str]
) -> None:
    """Puts the meaning of a table or view and of its columns into the file, as COMMENTs."""
    connection.execute(f"comment on {kind} {name} is {_quoted(purpose)}")
    for column, meaning in columns.items():
        connection.execute(f"comment on column {name}.{column} is {_quoted(meaning)}")


def write_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    purpose: str,
    columns: Mapping[str, tuple[Any, str]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Writes rows made in Python as a table; `columns` gives each one's Polars type and meaning."""
    schema = {column: kind for column, (kind, _) in columns.items()}
    frame = pl.DataFrame([dict(row) for row in rows], schema=schema, strict=True, infer_schema_length=None)
    connection.register("incoming", frame.to_arrow())
    connection.execute(f"create table {name} as select * from incoming")
    connection.unregister("incoming")
    describe(connection, "table", name, purpose, {column: meaning for column, (_, meaning) in columns.items()})


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
