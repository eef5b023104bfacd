"""Staged tables as assets: one multi-asset per source, made from its contract."""

import re
from collections.abc import Iterator
from time import perf_counter
from typing import Any

import dagster as dg
import polars as pl

from assets.sources import all_sources, source_of
from assets.supplied import supplied_key
from pipelines.authorities import read_authority
from pipelines.checks import contract_check_result, contract_check_spec, text_table
from pipelines.contract.model import Source, Table
from pipelines.contract.outcome import Reading
from pipelines.jobs import RECEIPTS
from pipelines.ledger.register import read_supply
from pipelines.resources import Workspace
from pipelines.settings import code_root
from pipelines.warehouse.inputs import staged_name
from pipelines.warehouse.supplied import stage

PREVIEW_ROWS = 5
PREVIEW_COLUMNS = 12


def staged_key(source: Source, table: Table) -> dg.AssetKey:
    """Asset key of a staged table."""
    return dg.AssetKey(["staged", staged_name(source, table)])


def staged_assets() -> list[dg.AssetsDefinition]:
    """The staged tables of every source."""
    return [_source_assets(source) for source in all_sources()]


def _source_assets(source: Source) -> dg.AssetsDefinition:
    keys = {table.name: staged_key(source, table) for table in source.tables}
    owner = "team:" + re.sub(r"[^a-z0-9]+", "_", source.owner.lower())
    specs = [
        dg.AssetSpec(
            keys[table.name],
            deps=[RECEIPTS, supplied_key(source)],
            group_name=source.name,
            owners=[owner],
            kinds={"excel", "polars", "pandera"},
            description=f"{source.title}: {table.schema.__doc__} {source.illustrative}".strip(),
            metadata={
                "dagster/column_schema": _column_schema(table),
                "licence": source.licence,
                "expected": source.expected,
            },
        )
        for table in source.tables
    ]

    @dg.multi_asset(
        name=f"stage_{source.name}",
        specs=specs,
        check_specs=[contract_check_spec(key) for key in keys.values()],
    )
    def stage_workbooks(
        context: dg.AssetExecutionContext, workspace: Workspace
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        """Stages all workbooks ever received of the source; those already staged are not read again."""
        paths, began = workspace.paths, perf_counter()
        supply = read_supply(paths, [source.name])
        own = source_of(source.name, read_authority(paths))
        readings = stage(own, supply, paths, code_root(), say=context.log.warning)
        numbers = _numbers(readings) | {"seconds to stage the source": perf_counter() - began}
        refused = [reading for reading in readings if not reading.loads]
        context.log.info(_told(own.title, len(readings), len(refused)))
        folder = paths.staged / source.name
        for table in source.tables:
            files = sorted(folder.glob(f"*.{table.name}.parquet"))
            frames = [pl.read_parquet(path, glob=False) for path in files]
            sizes = {"bytes": sum(path.stat().st_size for path in files)}
            metadata = _metadata(readings, frames) | numbers | sizes
            yield dg.MaterializeResult(asset_key=keys[table.name], metadata=metadata)
            yield contract_check_result(keys[table.name], readings)

    return stage_workbooks


def _column_schema(table: Table) -> dg.TableSchema:
    columns = table.schema.to_schema().columns
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, type=str(column.dtype), description=column.description)
            for name, column in columns.items()
        ]
    )


def _told(title: str, workbooks: int, refused: int) -> str:
    if not workbooks:
        return f"{title}: no workbook has come"
    return f"{title}: {workbooks} workbook{'' if workbooks == 1 else 's'}" + (f", {refused} refused" if refused else "")


def _numbers(readings: list[Reading]) -> dict[str, float]:
    """What Dagster's UI plots over time, of the source as a whole."""
    return {
        "workbooks read": len(readings),
        "workbooks refused": sum(not reading.loads for reading in readings),
        "rows read": sum(reading.rows_read for reading in readings),
        "rows rejected": sum(reading.rows_rejected for reading in readings),
        "rows set aside": sum(reading.rows_set_aside for reading in readings),
    }


def _metadata(readings: list[Reading], frames: list[pl.DataFrame]) -> dict[str, Any]:
    workbooks = [
        {
            "workbook": reading.workbook,
            "sha256": reading.workbook_sha256[:12],
            "period": reading.period.label if reading.period else "",
            "outcome": "loads" if reading.loads else reading.reason,
            "rows read": str(reading.rows_read),
            "set aside": str(reading.rows_set_aside),
        }
        for reading in readings
    ]
    first = frames[0].head(PREVIEW_ROWS) if frames else pl.DataFrame()
    shown = [name for name in first.columns if not name.startswith("workbook")][:PREVIEW_COLUMNS]
    preview = [{name: str(row[name]) for name in shown} for row in first.to_dicts()]
    return {
        "dagster/row_count": sum(frame.height for frame in frames),
        "workbooks": text_table(workbooks),
        "preview": text_table(preview),
    }
