"""The reports that are cut from the published file, as assets."""

from time import perf_counter
from typing import Any

import dagster as dg

from assets.acknowledgements import ACKNOWLEDGEMENTS
from assets.warehouse import PUBLISHED
from pipelines.files import alone
from pipelines.partitions import REPORTING_QUARTERS
from pipelines.report.quarters import write_reports
from pipelines.resources import Workspace

REPORTS = dg.AssetKey(["published", "reports"])

report_by_quarter = dg.AssetSpec(
    ["published", "report_by_quarter"],
    deps=[REPORTS],
    partitions_def=REPORTING_QUARTERS,
    group_name="published",
    kinds={"html"},
    owners=["team:data_engineering"],
    description="The committee report of each reporting quarter: when its page last changed. The asset reports writes "
    "them; it is not partitioned itself, since the nightly would then be a job that asks for a partition.",
)
"""Nothing here makes it: it is told of each page that changed."""


@dg.asset(
    key=REPORTS,
    deps=[PUBLISHED, ACKNOWLEDGEMENTS],  # its stamp says that the run is done: it comes last
    group_name="published",
    kinds={"html"},
    owners=["team:data_engineering"],
    description="The committee report of every reporting quarter of a year with a portfolio agreement.",
)
def reports(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
    """Writes the reports from the published file."""
    paths, began = workspace.paths, perf_counter()
    with alone(paths.being_published):
        written = write_reports(paths)
    changed = [path for path, is_changed in written.items() if is_changed]
    for path in changed:
        metadata: dict[str, Any] = {"path": dg.MetadataValue.path(str(path)), "bytes": path.stat().st_size}
        context.log_event(dg.AssetMaterialization(report_by_quarter.key, partition=path.parent.name, metadata=metadata))
    latest = list(written)[-1] if written else "none"
    context.log.info(f"{len(written)} reports written, {len(changed)} of them new or changed, the latest {latest}")
    numbers = {"bytes": sum(path.stat().st_size for path in written), "seconds": perf_counter() - began}
    paths_written = [str(path) for path in written]
    return dg.MaterializeResult(
        metadata={"reports": len(written), "new or changed": len(changed), "paths": paths_written, **numbers}
    )
