"""What each source supplied of each reporting quarter, as partitioned assets: what an engineer backfills."""

import time
import warnings
from collections.abc import Sequence
from typing import Any

import dagster as dg

from assets.sources import all_sources, source_of
from pipelines.authorities import read_authority
from pipelines.calendar import calendars_of
from pipelines.checks import text_table
from pipelines.contract.model import Source
from pipelines.contract.outcome import Reading
from pipelines.jobs import RECEIPTS, SUPPLIED
from pipelines.ledger.register import Supply, read_supply
from pipelines.partitions import REPORTING_QUARTERS, quarter_of_key
from pipelines.periods import Period
from pipelines.resources import Workspace
from pipelines.settings import code_root
from pipelines.warehouse.quarters import Supplied, supplied_in, touches
from pipelines.warehouse.supplied import stage


def supplied_key(source: Source) -> dg.AssetKey:
    """Asset key of what a source supplied."""
    return dg.AssetKey([SUPPLIED, source.name])


def supplied_assets() -> list[dg.AssetsDefinition]:
    """What each source supplied, by reporting quarter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # that of backfill_policy, in every process
        return [_supplied_asset(source) for source in all_sources()]


def _supplied_asset(source: Source) -> dg.AssetsDefinition:
    @dg.asset(
        key=supplied_key(source),
        deps=[RECEIPTS],
        partitions_def=REPORTING_QUARTERS,
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=source.name,
        owners=["team:data_engineering"],
        kinds={"excel", "parquet"},
        description=f"{source.title}: the editions that touch each reporting quarter. A backfill reads them again from "
        "the archive, in one run for all quarters chosen; the warehouse and the reports follow by themselves.",
        metadata={"licence": source.licence, "expected": source.expected},
    )
    def read_again(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
        """Reads again every edition that touches one of the run's quarters, and replaces what is staged of it."""
        paths, begun = workspace.paths, time.monotonic()
        quarters = [quarter_of_key(key) for key in context.partition_keys]
        supply = read_supply(paths, [source.name])
        own = source_of(source.name, read_authority(paths))
        readings = stage(own, supply, paths, code_root(), lambda kept: touches(kept, quarters), context.log.warning)
        touching = [reading for reading in readings if touches(reading, quarters)]
        seconds = time.monotonic() - begun
        for quarter in quarters:
            metadata = quarter_metadata(quarter, touching, supply) | {"seconds of the run": round(seconds, 2)}
            context.add_asset_metadata(metadata, partition_key=quarter.label)
        refused = sum(not reading.loads for reading in touching)
        span = " to ".join(sorted({quarters[0].label, quarters[-1].label}))
        context.log.info(f"{source.title}: workbooks read again for {span}: {len(touching)}, refused: {refused}")
        return dg.MaterializeResult()

    return read_again


def quarter_metadata(quarter: Period, readings: Sequence[Reading], supply: Supply) -> dict[str, Any]:
    """What the UI shows of a source's quarter: its workbooks, rows and bytes, and what else the quarter is called."""
    supplied = supplied_in(quarter, readings, supply)
    rows = {
        "rows read": sum(each.reading.rows_read for each in supplied),
        "rows loaded": sum(each.reading.rows_loaded for each in supplied),
        "rows rejected": sum(each.reading.rows_rejected for each in supplied),
        "rows set aside": sum(each.reading.rows_set_aside for each in supplied),
    }
    newest = max((each.as_at for each in supplied), default=None)
    return {
        "workbooks": len(supplied),
        **rows,
        "bytes": sum(each.size for each in supplied),
        "as at": newest.isoformat() if newest else "nothing supplied",
        **calendars_of(quarter),
        "files": text_table([_file(each) for each in supplied]),
    }


def _file(supplied: Supplied) -> dict[str, str]:
    reading = supplied.reading
    return {
        "workbook": reading.workbook,
        "period": reading.period.label if reading.period else "",
        "as at": supplied.as_at.isoformat(),
        "outcome": "loads" if reading.loads else reading.reason,
        "rows read": str(reading.rows_read),
        "loaded": str(reading.rows_loaded),
        "rejected": str(reading.rows_rejected),
        "set aside": str(reading.rows_set_aside),
        "bytes": str(supplied.size),
    }
