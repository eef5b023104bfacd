"""The warehouse as assets: every SQL file and audit table, built together in one private file, whole or not at all."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl

from assets.receipts import RECEIPTS
from assets.sources import all_sources
from assets.staged import staged_key
from pipelines.checks import sql_check_result, sql_check_spec, table_key, text_table
from pipelines.ledger.register import read_supply, today
from pipelines.resources import Workspace
from pipelines.settings import Paths, code_root
from pipelines.warehouse import audit
from pipelines.warehouse.build import build_as_at_macro, build_figures, build_model, open_build, write_table
from pipelines.warehouse.checks import Check, read_checks, run_check
from pipelines.warehouse.inputs import Inputs, gather, inputs_stamp
from pipelines.warehouse.lineage import ColumnLink, column_links, known_columns
from pipelines.warehouse.models import FIGURES, Model, read_models
from pipelines.warehouse.publish import Stamp, pending_build, write_stamp

Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]

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


def warehouse_assets() -> dg.AssetsDefinition:
    """One multi-asset of all SQL files, the union of figures and the audit tables."""
    models = read_models(code_root() / "sql")
    checks = read_checks(code_root() / "sql")

    @dg.multi_asset(
        name="build_warehouse",
        specs=[*_model_specs(models), *_audit_specs()],
        check_specs=[sql_check_spec(check) for check in checks],
    )
    def build_warehouse(context: dg.AssetExecutionContext, workspace: Workspace) -> Results:
        paths = workspace.paths
        sources = all_sources()
        stamp = inputs_stamp(paths, read_supply(paths, [source.name for source in sources]), code_root())
        inputs = gather(sources, paths, code_root())
        path = pending_build(paths, context.run.root_run_id or context.run_id)
        with open_build(path, inputs.staged) as connection:
            yield from _build(connection, models, checks, inputs, stamp)
        write_stamp(path, stamp)
        context.log.info(f"warehouse built: {len(models)} tables from SQL, {len(checks)} checks")

    return build_warehouse


def _build(
    connection: duckdb.DuckDBPyConnection,
    models: dict[str, Model],
    checks: list[Check],
    inputs: Inputs,
    stamp: Stamp,
) -> Results:
    schema = known_columns(models, {f"staged.{name}": frame.columns for name, frame in inputs.staged.items()})
    links: list[ColumnLink] = []
    figures = [model for model in models.values() if model.layer == "measures"]
    built: set[str] = set()
    for name, model in models.items():
        if FIGURES in model.reads and FIGURES not in built:
            build_figures(connection, figures)
            built.add(FIGURES)
            yield dg.MaterializeResult(asset_key=table_key(FIGURES))
        row_count = build_model(connection, model)
        built.add(name)
        made_of = column_links(model, schema)
        links += made_of
        yield dg.MaterializeResult(asset_key=table_key(name), metadata=_metadata(row_count, made_of))
    build_as_at_macro(connection, models)
    for name, rows in _audit_rows(inputs, stamp, links).items():
        purpose, columns = AUDIT_TABLES[name]
        write_table(connection, name, purpose, columns, rows)
        yield dg.MaterializeResult(asset_key=table_key(name), metadata={"dagster/row_count": len(rows)})
    for check in checks:
        yield sql_check_result(run_check(connection, check))


def _metadata(row_count: int, links: list[ColumnLink]) -> dict[str, Any]:
    lineage = [
        {"column": link.column_name, "made of": f"{link.upstream_table}.{link.upstream_column}"} for link in links
    ]
    return {"dagster/row_count": row_count, "column lineage": text_table(lineage)}


def _audit_rows(inputs: Inputs, stamp: Stamp, links: list[ColumnLink]) -> dict[str, list[dict[str, Any]]]:
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
        "audit.source": audit.source_rows(all_sources()),
        "audit.build": [build],
        "audit.column_lineage": audit.lineage_rows(links),
    }


def _model_specs(models: dict[str, Model]) -> list[dg.AssetSpec]:
    specs = [_model_spec(model) for model in models.values()]
    figures = [model for model in models.values() if model.layer == "measures"]
    union = dg.AssetSpec(
        table_key(FIGURES),
        deps=[table_key(model.name) for model in figures],
        group_name="measures",
        kinds={"duckdb", "sql"},
        owners=["team:data_engineering"],
        description="Every figure of every source, cell by cell: the union of all models of the measures layer.",
        metadata={"dagster/column_schema": _column_schema(figures[0].columns)},
    )
    return [*specs, union]


def _model_spec(model: Model) -> dg.AssetSpec:
    return dg.AssetSpec(
        table_key(model.name),
        deps=[table_key(name) for name in sorted(model.reads)],
        group_name=model.layer,
        kinds={"duckdb", "sql"},
        owners=["team:data_engineering"],
        code_version=model.code_version,
        description=f"{model.purpose}\n\nOne row per {model.grain}. Key: {', '.join(model.key)}."
        f"\n\n```sql\n{model.sql}\n```",
        metadata={"dagster/column_schema": _column_schema(model.columns)},
    )


def _audit_specs() -> list[dg.AssetSpec]:
    staged = [staged_key(source, table) for source in all_sources() for table in source.tables]
    return [
        dg.AssetSpec(
            table_key(name),
            deps=[RECEIPTS, *staged],
            group_name="audit",
            kinds={"duckdb"},
            owners=["team:data_engineering"],
            description=purpose,
            metadata={"dagster/column_schema": _column_schema({name: text for name, (_, text) in columns.items()})},
        )
        for name, (purpose, columns) in AUDIT_TABLES.items()
    ]


def _column_schema(columns: dict[str, str]) -> dg.TableSchema:
    return dg.TableSchema(columns=[dg.TableColumn(name, description=text) for name, text in columns.items()])


def finished_build(paths: Paths, run_id: str) -> Path:
    """The file that this run built. Raises dagster.Failure when it built none."""
    path = pending_build(paths, run_id)
    if not path.exists():
        raise dg.Failure("This run built no warehouse: select 'published' together with the tables that it publishes.")
    return path
