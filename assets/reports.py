"""The reports that are cut from the published file, as assets."""

from time import perf_counter
from typing import Any

import dagster as dg

from assets.acknowledgements import ACKNOWLEDGEMENTS
from assets.warehouse import PUBLISHED
from pipelines.files import alone
from pipelines.partitions import AUTHORITIES, REPORTING_QUARTERS, keep_authorities
from pipelines.publication.writing import write_reports
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

nightly_of_authority = dg.AssetSpec(
    ["published", "authority"],
    deps=[REPORTS],
    partitions_def=AUTHORITIES,
    group_name="published",
    kinds={"duckdb"},
    owners=["team:data_engineering"],
    description="Where an installation is of several councils: what each has published, and when its nightly last had "
    "something to do.",
)
"""Nothing here makes it: it is told of each council's nightly."""


@dg.asset(
    key=REPORTS,
    deps=[PUBLISHED, ACKNOWLEDGEMENTS],  # its stamp says that the run is done: it comes last
    group_name="published",
    kinds={"html"},
    owners=["team:data_engineering"],
    description="The committee report of every reporting quarter of a year with a portfolio agreement.",
)
def reports(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
    """Writes what is made for each quarter from the published file."""
    paths, began = workspace.paths, perf_counter()
    with alone(paths.being_published):
        written = write_reports(paths)
    changed = {label: each for label, each in written.items() if each.changed}
    for label, each in changed.items():
        metadata: dict[str, Any] = {
            "path": dg.MetadataValue.path(str(each.folder)),
            "files": len(each.sizes),
            "new or changed": len(each.changed),
            "bytes": sum(each.sizes.values()),
        }
        context.log_event(dg.AssetMaterialization(report_by_quarter.key, partition=label, metadata=metadata))
    latest = list(written)[-1] if written else "none"
    context.log.info(f"{len(written)} reports written, {len(changed)} of them new or changed, the latest {latest}")
    numbers = {
        "files": sum(len(each.sizes) for each in written.values()),
        "bytes": sum(sum(each.sizes.values()) for each in written.values()),
        "seconds": perf_counter() - began,
    }
    if paths.several:
        keep_authorities(context.instance, paths.several)
        where: dict[str, Any] = {
            "version": paths.published.resolve().parent.name,
            "path": dg.MetadataValue.path(str(paths.published)),
        }
        own = dg.AssetMaterialization(nightly_of_authority.key, partition=paths.root.name, metadata=where)
        context.log_event(own)
    folders = [str(each.folder) for each in written.values()]
    return dg.MaterializeResult(
        metadata={"reports": len(written), "new or changed": len(changed), "paths": folders, **numbers}
    )
