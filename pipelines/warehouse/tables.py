"""Fills a build: every model in order, the unions, the macro of any day, and the audit tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import polars as pl

from pipelines.contract.model import Source
from pipelines.warehouse import audit
from pipelines.warehouse.build import build_macro_of, build_model, build_union, write_table
from pipelines.warehouse.engines import chosen_engine
from pipelines.warehouse.inputs import Inputs
from pipelines.warehouse.lineage import ColumnLink, all_column_links
from pipelines.warehouse.models import UNIONS, Model, build_order, united_in
from pipelines.warehouse.publish import Stamp

MARTS_VERSION = "1.4.0"
"""Version of the public schema `marts`: docs/marts-changelog.md says what changes which of its three numbers."""

AUDIT_TABLES: dict[str, tuple[str, audit.Columns]] = {
    "audit.workbook": ("The fate of every file ever seen. One row per receipt or file left alone.", audit.WORKBOOK),
    "audit.rejected_cell": ("What is wrong with refused files. One row per finding.", audit.REJECTED_CELL),
    "audit.warning": (
        "What is to be looked at in files that load all the same. One row per finding.",
        audit.REJECTED_CELL,
    ),
    "audit.row_set_aside": ("Rows that hold nothing to load. One row per row of a sheet.", audit.ROW_SET_ASIDE),
    "audit.edition_difference": (
        "What a corrected edition changed. One row per cell that differs from the edition that counted before.",
        audit.EDITION_DIFFERENCE,
    ),
    "audit.decision": ("What people decided and what came of it. One row per line of decisions.csv.", audit.DECISION),
    "audit.correction": (
        "Corrections of single cells and what came of them. One row per correction and bytes of the workbook.",
        audit.CORRECTION,
    ),
    "audit.source": ("Who supplies what, and what of it is illustrative. One row per source.", audit.SOURCE),
    "audit.build": ("What this version of the warehouse was made of. One row.", audit.BUILD),
    "audit.column_lineage": (
        "What each column is made of. One row per column and upstream column.",
        audit.COLUMN_LINEAGE,
    ),
}


@dataclass(frozen=True)
class BuiltTable:
    """A table that has been built: its rows, columns (name, type, meaning), what they are made of, how long it took."""

    name: str
    row_count: int
    columns: list[tuple[str, str, str]]
    links: list[ColumnLink]
    seconds: float


def build_tables(
    connection: duckdb.DuckDBPyConnection,
    models: Mapping[str, Model],
    inputs: Inputs,
    sources: Sequence[Source],
    stamp: Stamp,
    kept_lineage: Path,
) -> Iterator[BuiltTable]:
    """Builds all tables of a warehouse, yielding each as it is done. `models` come each after those that it reads.

    `kept_lineage` is the file in which the column lineage of unchanged models is kept.
    """
    staged = {f"staged.{name}": frame.columns for name, frame in inputs.staged.items()}
    links = all_column_links(models, staged, kept_lineage)
    yield from _model_tables(connection, models, inputs, links)
    for name, rows in _audit_rows(inputs, sources, stamp, chain.from_iterable(links.values())).items():
        began = perf_counter()
        purpose, kinds = AUDIT_TABLES[name]
        write_table(connection, name, purpose, kinds, rows)
        meanings = {column: meaning for column, (_, meaning) in kinds.items()}
        yield BuiltTable(name, len(rows), _columns(connection, name, meanings), [], perf_counter() - began)


def _model_tables(
    connection: duckdb.DuckDBPyConnection,
    models: Mapping[str, Model],
    inputs: Inputs,
    links: Mapping[str, list[ColumnLink]],
) -> Iterator[BuiltTable]:
    with chosen_engine(models, inputs.staged) as rows_of:
        for name in build_order(list(models)):
            began = perf_counter()
            if name in UNIONS:
                row_count = build_union(connection, name, models)
                meanings = models[united_in(name, models)[0]].columns
                columns = _columns(connection, name, meanings)
                yield BuiltTable(name, row_count, columns, [], perf_counter() - began)
                continue
            model = models[name]
            row_count = build_model(connection, model, rows_of(connection, model))
            columns = _columns(connection, name, model.columns)
            yield BuiltTable(name, row_count, columns, links[name], perf_counter() - began)
            build_macro_of(connection, name, models)


def whole_build(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Numbers of a whole build that are worth a plot over the nights."""
    [(files, refused, rejected, findings)] = connection.execute(
        "select count(*), count(*) filter (where needs_action), coalesce(sum(rows_rejected), 0)::bigint,"
        " (select count(*) from marts.reconciliation_finding) from audit.workbook"
    ).fetchall()
    return {"files": files, "files refused": refused, "rows rejected": rejected, "findings": findings}


def _columns(
    connection: duckdb.DuckDBPyConnection, table: str, meanings: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    made = connection.table(table)
    return [(name, str(kind), meanings.get(name, "")) for name, kind in zip(made.columns, made.types, strict=True)]


def _audit_rows(
    inputs: Inputs, sources: Sequence[Source], stamp: Stamp, links: Iterable[ColumnLink]
) -> dict[str, list[dict[str, Any]]]:
    build = {
        "run_date": inputs.run_date,
        "inputs_sha256": stamp.inputs_sha256,
        "code_sha256": stamp.code_sha256,
        "schema_version": MARTS_VERSION,
        "project_version": version("inclusive-neighbourhoods"),
        "duckdb_version": duckdb.__version__,
        "polars_version": pl.__version__,
    }
    ledger = inputs.ledger
    return {
        "audit.workbook": audit.workbook_rows(ledger.editions, inputs.ignored, inputs.withdrawn),
        "audit.rejected_cell": audit.rejected_rows(ledger.editions),
        "audit.warning": audit.warning_rows(ledger.editions, ledger.jumps),
        "audit.row_set_aside": audit.set_aside_rows(ledger.editions),
        "audit.edition_difference": audit.difference_rows(ledger.differences),
        "audit.decision": audit.decision_rows(ledger.decisions),
        "audit.correction": audit.correction_rows(ledger.corrections),
        "audit.source": audit.source_rows(sources),
        "audit.build": [build],
        "audit.column_lineage": audit.lineage_rows(links),
    }
