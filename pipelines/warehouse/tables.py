"""Fills a build: every model in order, the union of figures, the macro of any day, and the audit tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import duckdb
import polars as pl

from pipelines.contract.model import Source
from pipelines.ledger.register import today
from pipelines.warehouse import audit
from pipelines.warehouse.build import (
    build_as_at_macro,
    build_figures,
    build_model,
    described_columns,
    write_table,
)
from pipelines.warehouse.inputs import Inputs
from pipelines.warehouse.lineage import ColumnLink, column_links, known_columns
from pipelines.warehouse.models import FIGURES, Model
from pipelines.warehouse.publish import Stamp

AUDIT_TABLES: dict[str, tuple[str, audit.Columns]] = {
    "audit.workbook": ("The fate of every file ever seen. One row per receipt or file left alone.", audit.WORKBOOK),
    "audit.rejected_cell": ("What is wrong with refused files. One row per finding.", audit.REJECTED_CELL),
    "audit.row_set_aside": ("Rows that hold nothing to load. One row per row of a sheet.", audit.ROW_SET_ASIDE),
    "audit.source": ("Who supplies what, and what of it is illustrative. One row per source.", audit.SOURCE),
    "audit.build": ("What this version of the warehouse was made of. One row.", audit.BUILD),
    "audit.column_lineage": (
        "What each column is made of. One row per column and upstream column.",
        audit.COLUMN_LINEAGE,
    ),
}


@dataclass(frozen=True)
class BuiltTable:
    """A table that has been built: its rows, its columns (name, type, meaning), and what they are made of."""

    name: str
    row_count: int
    columns: list[tuple[str, str, str]]
    links: list[ColumnLink]


def build_tables(
    connection: duckdb.DuckDBPyConnection,
    models: Mapping[str, Model],
    inputs: Inputs,
    sources: Sequence[Source],
    stamp: Stamp,
) -> Iterator[BuiltTable]:
    """Builds all tables of a warehouse, yielding each as it is done. `models` come each after those that it reads."""
    schema = known_columns(models, {f"staged.{name}": frame.columns for name, frame in inputs.staged.items()})
    links: list[ColumnLink] = []
    figures = [model for model in models.values() if model.layer == "measures"]
    united = False
    for name, model in models.items():
        if FIGURES in model.reads and not united:
            united = True
            yield BuiltTable(FIGURES, build_figures(connection, figures), described_columns(connection, FIGURES), [])
        made_of = column_links(model, schema)
        links += made_of
        yield BuiltTable(name, build_model(connection, model), described_columns(connection, name), made_of)
    build_as_at_macro(connection, models)
    for name, rows in _audit_rows(inputs, sources, stamp, links).items():
        purpose, columns = AUDIT_TABLES[name]
        write_table(connection, name, purpose, columns, rows)
        yield BuiltTable(name, len(rows), described_columns(connection, name), [])


def _audit_rows(
    inputs: Inputs, sources: Sequence[Source], stamp: Stamp, links: Sequence[ColumnLink]
) -> dict[str, list[dict[str, Any]]]:
    build = {
        "run_date": today(),
        "inputs_sha256": stamp.inputs_sha256,
        "code_sha256": stamp.code_sha256,
        "project_version": version("inclusive-neighbourhoods"),
        "duckdb_version": duckdb.__version__,
        "polars_version": pl.__version__,
    }
    return {
        "audit.workbook": audit.workbook_rows(inputs.editions, inputs.ignored),
        "audit.rejected_cell": audit.rejected_rows(inputs.editions),
        "audit.row_set_aside": audit.set_aside_rows(inputs.editions),
        "audit.source": audit.source_rows(sources),
        "audit.build": [build],
        "audit.column_lineage": audit.lineage_rows(links),
    }
