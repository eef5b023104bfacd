"""The reports that are cut from the published file, as an asset."""

from time import perf_counter

import dagster as dg

from assets.acknowledgements import ACKNOWLEDGEMENTS
from assets.warehouse import PUBLISHED
from pipelines.report.quarters import write_reports
from pipelines.resources import Workspace


@dg.asset(
    key=["published", "reports"],
    deps=[PUBLISHED, ACKNOWLEDGEMENTS],  # its stamp says that the run is done: it comes last
    group_name="published",
    kinds={"html"},
    owners=["team:data_engineering"],
    description="The committee report of every reporting quarter of a year with a portfolio agreement.",
)
def reports(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
    """Writes the reports from the published file."""
    began = perf_counter()
    written = write_reports(workspace.paths)
    context.log.info(f"{len(written)} reports written, the latest {written[-1] if written else 'none'}")
    numbers = {"bytes": sum(path.stat().st_size for path in written), "seconds": perf_counter() - began}
    return dg.MaterializeResult(metadata={"reports": len(written), "paths": [str(path) for path in written], **numbers})
