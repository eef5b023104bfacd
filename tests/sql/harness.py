"""Given tables, expect rows: runs models of `sql/` over a few rows written by hand, in an in-memory DuckDB."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.sources import all_sources
from pipelines.authorities import STOCKPORT
from pipelines.contract.frames import staged_columns
from pipelines.ledger.locks import LOCKED_FIGURE_COLUMNS, QUARTER_DECISION_COLUMNS
from pipelines.settings import code_root
from pipelines.warehouse import audit
from pipelines.warehouse.build import build_macro_of, build_union
from pipelines.warehouse.checks import CheckResult, read_checks, run_check
from pipelines.warehouse.inputs import (
    AUTHORITY_COLUMNS,
    BUILD_COLUMNS,
    CORRECTION_COLUMNS,
    NOTE_COLUMNS,
    RECEIPT_COLUMNS,
    SOURCE_COLUMNS,
    authority_rows,
    staged_name,
)
from pipelines.warehouse.macros import SCALAR_MACROS
from pipelines.warehouse.models import LAYERS, UNIONS, Model, build_order, read_models, united_in

Row = dict[str, Any]
Given = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by table; a column that a row does not name is null."""

SQL: Path = code_root() / "sql"


def day(text: str) -> date:
    """The day that `2021-11-12` names."""
    return date.fromisoformat(text)


def dec(text: str) -> Decimal:
    """An exact figure."""
    return Decimal(text)


@cache
def models() -> Mapping[str, Model]:
    """All models by name, each after those that it reads."""
    return read_models(SQL)


@cache
def _empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A connection with the schemas and the macros; beside it are `blank`, all models built over no rows, and `kept`,
    what `run` makes."""
    connection = duckdb.connect(":memory:", config={"threads": 1})
    for database in ("kept", "blank"):
        connection.execute(f"attach ':memory:' as {database}")
    for database in ("memory", "kept", "blank"):
        connection.execute(f"use {database}")
        for schema in ("staged", *LAYERS, "audit"):
            connection.execute(f"create schema {schema}")
        for macro in SCALAR_MACROS:
            connection.execute(macro)
    workbook = {name: kind for name, (kind, _) in audit.WORKBOOK.items()}
    for table, columns in {**staged_types(), "audit.workbook": workbook}.items():
        # every installation is of some authority
        rows = authority_rows(STOCKPORT) if table == "staged.authority" else pl.DataFrame(schema=columns)
        connection.register("incoming", rows.to_arrow())
        connection.execute(f"create table {table} as select * from incoming")
        connection.unregister("incoming")
    for name in build_order(list(models())):
        build(connection, name)
        build_macro_of(connection, name, models())
    connection.execute("use memory")
    return connection


@contextmanager
def warehouse(given: Given) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the schemas, the macros and the given tables; what is made in it is gone afterwards."""
    types = column_types() if given else {}
    connection = _empty_warehouse()
    connection.execute("begin")
    try:
        for table, rows in given.items():
            create_table(connection, table, types[table], rows)
        yield connection
    finally:
        connection.execute("rollback")


def create_table(
    connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Creates a table of these column types and rows. Raises ValueError for a column that the table has not."""
    unknown = {name for row in rows for name in row} - types.keys()
    if unknown:
        raise ValueError(f"{table} has no columns {sorted(unknown)}")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    connection.execute(f"create table {table} ({columns})")
    if rows:
        named = [name for name in types if any(row.get(name) is not None for row in rows)] or list(types)[:1]
        marks = ", ".join("?" for _ in named)
        columns = ", ".join(f'"{name}"' for name in named)
        lines = ", ".join([f"({marks})"] * len(rows))
        values = [row.get(name) for row in rows for name in named]
        connection.execute(f"insert into {table} ({columns}) values {lines}", values)


def run(wanted: str, given: Given) -> list[Row]:
    """Rows of one model, over the given tables and the models that lie between; other tables are empty.

    What is made for one call stands for the next, until what it rests on is given otherwise.
    """
    connection = _empty_warehouse()
    made_of = _MadeOf(given)
    connection.execute("use kept")
    try:
        needed = _needed(wanted, given)
        for name in [*given, *needed]:
            if name not in _KEPT or _KEPT[name].made_of != made_of[name]:
                _make_anew(connection, name, given, made_of[name])
            # a macro is there for whoever is built after its model
            if name in needed and name not in {wanted, *_MACROS}:
                build_macro_of(connection, name, models())
                _MACROS.add(name)
        order = ", ".join(models()[wanted].key) if wanted in models() else "all"
        return query(connection, f"select * from {wanted} order by {order}")
    finally:
        connection.execute("use memory")


@dataclass(frozen=True)
class _Kept:
    """A table or view that stands in the database `kept`, and a hash of what it is made of."""

    kind: str
    made_of: str


_KEPT: dict[str, _Kept] = {}
_MACROS: set[str] = set()
"""Models whose macro, where there is one, stands in `kept`: it is the same whatever the rows."""
_NOTHING = "no rows"


class _MadeOf(dict[str, str]):
    """By table, a hash of the given rows that it rests on and of the way there."""

    def __init__(self, given: Given) -> None:
        rows = {table: [sorted(_filled(row).items()) for row in rows] for table, rows in given.items()}
        super().__init__({table: _hash(f"{table} {rows[table]!r}") for table in given})
        self._given = frozenset(given)

    def __missing__(self, name: str) -> str:
        on_way = _rests_on(name, self._given)
        self[name] = _hash(f"{name} {[self[read] for read in sorted(_reads(name))]}") if on_way else _NOTHING
        return self[name]


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _make_anew(connection: duckdb.DuckDBPyConnection, name: str, given: Given, made_of: str) -> None:
    connection.execute("begin")
    try:
        if before := _KEPT.get(name):
            connection.execute(f"drop {before.kind} {name}")
        if name in given:
            create_table(connection, name, column_types()[name], given[name])
        elif made_of == _NOTHING:
            connection.execute(f"create view {name} as select * from blank.{name}")
        else:
            build(connection, name)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    is_view = name not in given and (made_of == _NOTHING or name in UNIONS)
    _KEPT[name] = _Kept("view" if is_view else "table", made_of)


def run_one(wanted: str, given: Given) -> Row:
    """The only row of a model."""
    [row] = run(wanted, given)
    return row


def check(name: str, given: Given) -> CheckResult:
    """What a check of `sql/checks` says of the given tables; tables that it reads besides are empty."""
    [found] = [each for each in read_checks(SQL) if each.name == name]
    read = Model(f"checks.{name}", found.sql, "", "", ()).reads
    with warehouse({**dict.fromkeys(read, ()), **given}) as connection:
        return run_check(connection, found)


def build(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Creates the table of one model, or a union; an empty table for what is neither."""
    if name in UNIONS:
        build_union(connection, name, models())
    elif name in models():
        connection.execute(f"create table {name} as {models()[name].sql}")
    else:
        create_table(connection, name, column_types()[name], ())


def query(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """Rows of a query as dicts."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _needed(wanted: str, given: Given) -> list[str]:
    """Tables to be made for a model, each after those that it reads, the given ones left out."""
    order: list[str] = []

    def add(name: str) -> None:
        if name in given or name in order:
            return
        for read in sorted(_reads(name)):
            add(read)
        order.append(name)

    add(wanted)
    return order


@cache
def _rests_on(name: str, given: frozenset[str]) -> bool:
    return any(read in given or _rests_on(read, given) for read in _reads(name))


def _reads(name: str) -> frozenset[str]:
    if name in UNIONS:
        return frozenset(united_in(name, models()))
    return models()[name].reads if name in models() else frozenset()


@cache
def staged_types() -> dict[str, dict[str, Any]]:
    """Polars types of every staged table's columns, from the sources' contracts."""
    tables = {
        f"staged.{staged_name(source, table)}": staged_columns(table)
        for source in all_sources()
        for table in source.tables
    }
    built_in = {
        "staged.receipt": RECEIPT_COLUMNS,
        "staged.correction": CORRECTION_COLUMNS,
        "staged.note": NOTE_COLUMNS,
        "staged.source": SOURCE_COLUMNS,
        "staged.authority": AUTHORITY_COLUMNS,
        "staged.build": BUILD_COLUMNS,
        "staged.quarter_decision": QUARTER_DECISION_COLUMNS,
        "staged.locked_figure": LOCKED_FIGURE_COLUMNS,
    }
    return built_in | tables


@cache
def column_types() -> dict[str, dict[str, str]]:
    """DuckDB types of every table's columns, as they are over no rows."""
    found = query(
        _empty_warehouse(),
        "select schema_name || '.' || table_name as name, column_name, data_type"
        " from duckdb_columns() where database_name = 'blank' and not internal order by column_index",
    )
    types: dict[str, dict[str, str]] = {}
    for row in found:
        types.setdefault(row["name"], {})[row["column_name"]] = row["data_type"]
    return types
