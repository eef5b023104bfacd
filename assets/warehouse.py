"""The warehouse as assets: every SQL file and audit table, built, checked and published together or not at all."""

from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any

import dagster as dg

from assets.sources import all_sources
from assets.staged import staged_key
from assets.supplied import quarter_metadata
from pipelines.authorities import read_authority
from pipelines.checks import sql_check_result, sql_check_spec, table_key, text_table
from pipelines.files import alone
from pipelines.jobs import RECEIPTS, SUPPLIED
from pipelines.ledger.register import Supply, read_supply, today
from pipelines.partitions import keep_quarters
from pipelines.resources import Workspace
from pipelines.settings import Paths, code_root
from pipelines.warehouse.build import open_build
from pipelines.warehouse.checks import Check, read_checks, run_check
from pipelines.warehouse.inputs import Inputs, gather, inputs_stamp
from pipelines.warehouse.models import UNIONS, Model, read_models, united_in
from pipelines.warehouse.publish import private_build, publish
from pipelines.warehouse.quarters import counting, counting_readings, keep_told, quarters_known, told, untold_quarters
from pipelines.warehouse.rollbacks import require_not_held_back
from pipelines.warehouse.tables import AUDIT_TABLES, BuiltTable, build_tables, whole_build

PUBLISHED = dg.AssetKey(["published", "inclusive_neighbourhoods"])
"""The file that analysts query."""

Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]


def warehouse_assets() -> dg.AssetsDefinition:
    """One multi-asset of all SQL files, the unions, the audit tables and the published file."""
    models = read_models(code_root() / "sql")
    checks = read_checks(code_root() / "sql")

    @dg.multi_asset(
        name="build_warehouse",
        specs=[*_model_specs(models), *_audit_specs(), _published_spec(models)],
        check_specs=[sql_check_spec(check) for check in checks],
    )
    def build_warehouse(context: dg.AssetExecutionContext, workspace: Workspace) -> Results:
        """Builds all tables in a private file, checks them, and publishes the file when no invariant is broken."""
        # whoever waited for another build reads what has come since, so that nothing is lost
        with alone(workspace.paths.being_published):
            yield from _build(context, workspace.paths, models, checks)

    return build_warehouse


def _build(
    context: dg.AssetExecutionContext, paths: Paths, models: Mapping[str, Model], checks: list[Check]
) -> Results:
    began = perf_counter()
    sources = all_sources(read_authority(paths))
    supply = read_supply(paths, [source.name for source in sources])
    stamp = inputs_stamp(paths, supply, code_root())
    require_not_held_back(paths, stamp.inputs_sha256, stamp.code_sha256)
    inputs = gather(sources, paths, code_root())
    _tell_quarters(context, paths, inputs, supply)
    build = private_build(paths, context.run.run_id)
    broken: list[str] = []
    rows = 0
    with open_build(build, inputs.staged) as connection:
        for table in build_tables(connection, models, inputs, sources, stamp, paths.kept_lineage):
            rows += table.row_count
            yield dg.MaterializeResult(asset_key=table_key(table.name), metadata=_metadata(table))
        for check in checks:
            result = run_check(connection, check)
            if result.wrong:
                context.log.warning(f"check {check.name}: {result.wrong} rows. {check.purpose}")
                broken += [check.name] if check.blocking else []
            yield sql_check_result(result)
        numbers = whole_build(connection)
    context.log.info(f"warehouse built: {len(models)} tables from SQL, {len(checks)} checks")
    if broken:
        build.unlink()
        raise dg.Failure(f"not published, since these checks of the warehouse's invariants fail: {', '.join(broken)}")
    version = publish(paths, build, stamp)
    context.log.info(f"published {paths.published}")
    where: dict[str, Any] = {"version": version.parent.name, "path": dg.MetadataValue.path(str(paths.published))}
    size = {"dagster/row_count": rows, "bytes": version.stat().st_size, "seconds": perf_counter() - began}
    yield dg.MaterializeResult(asset_key=PUBLISHED, metadata=where | size | numbers)


def _tell_quarters(context: dg.AssetExecutionContext, paths: Paths, inputs: Inputs, supply: Supply) -> None:
    """Materialises, of each source, exactly the quarters that new or corrected editions touch, and makes them known.

    Here, and not where a source is staged, since here the ledger knows what counts, and one process at a time is here.
    """
    before, now = told(paths, context.log.warning), counting(inputs.ledger.editions)
    quarters = quarters_known(now, today())
    keep_quarters(context.instance, paths, quarters)
    for source, touched in untold_quarters(before, now, quarters).items():
        readings = counting_readings(inputs.ledger.editions, source)
        for quarter in touched:
            metadata = quarter_metadata(quarter, readings, supply)
            context.log_event(
                dg.AssetMaterialization(dg.AssetKey([SUPPLIED, source]), partition=quarter.label, metadata=metadata)
            )
    keep_told(paths, now)


def _metadata(table: BuiltTable) -> dict[str, Any]:
    lineage = [
        {"column": link.column_name, "made of": f"{link.upstream_table}.{link.upstream_column}"} for link in table.links
    ]
    columns = [dg.TableColumn(name, type=kind, description=text) for name, kind, text in table.columns]
    return {
        "dagster/row_count": table.row_count,
        "seconds": table.seconds,
        "dagster/column_schema": dg.TableSchema(columns=columns),
        "column lineage": text_table(lineage),
    }


def _model_specs(models: Mapping[str, Model]) -> list[dg.AssetSpec]:
    return [_model_spec(model) for model in models.values()] + [_union_spec(union, models) for union in UNIONS]


def _union_spec(union: str, models: Mapping[str, Model]) -> dg.AssetSpec:
    layer, purpose = UNIONS[union]
    parts = united_in(union, models)
    return dg.AssetSpec(
        table_key(union),
        deps=[table_key(part) for part in parts],
        group_name=union.partition(".")[0],
        kinds={"duckdb", "sql"},
        owners=["team:data_engineering"],
        description=f"{purpose} The union of all models of the layer {layer}.",
        metadata={"dagster/column_schema": _column_schema(models[parts[0]].columns)},
    )


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


def _published_spec(models: Mapping[str, Model]) -> dg.AssetSpec:
    marts = [table_key(name) for name in (*models, *UNIONS) if name.startswith("marts.")]
    return dg.AssetSpec(
        PUBLISHED,
        deps=marts,
        group_name="published",
        kinds={"duckdb"},
        owners=["team:data_engineering"],
        description="The file that analysts query: a whole version, swapped in when every blocking check has passed.",
    )


def _column_schema(columns: dict[str, str]) -> dg.TableSchema:
    return dg.TableSchema(columns=[dg.TableColumn(name, description=text) for name, text in columns.items()])
