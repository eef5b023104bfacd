"""What is published, as assets: the DuckDB file that analysts query, and the reports that are cut from it."""

import dagster as dg

from assets.warehouse import finished_build
from pipelines.checks import table_key
from pipelines.report.quarters import write_reports
from pipelines.resources import Workspace
from pipelines.settings import code_root
from pipelines.warehouse.models import read_models
from pipelines.warehouse.publish import publish, read_stamp

PUBLISHED = dg.AssetKey(["published", "inclusive_neighbourhoods"])


def publication_assets() -> list[dg.AssetsDefinition]:
    """The published file and the reports."""
    marts = [name for name in read_models(code_root() / "sql") if name.startswith("marts.")]

    @dg.asset(
        key=PUBLISHED,
        deps=[*map(table_key, marts), table_key("audit.workbook"), table_key("audit.column_lineage")],
        group_name="published",
        kinds={"duckdb"},
        owners=["team:data_engineering"],
        description="The file that analysts query: a whole version, swapped in when every blocking check has passed.",
    )
    def published(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
        paths = workspace.paths
        build = finished_build(paths, context.run.root_run_id or context.run.run_id)
        version = publish(paths, build, read_stamp(build))
        context.log.info(f"published {paths.published}")
        return dg.MaterializeResult(
            metadata={"version": version.parent.name, "path": dg.MetadataValue.path(str(paths.published))}
        )

    @dg.asset(
        key=["published", "reports"],
        deps=[PUBLISHED],
        group_name="published",
        kinds={"html"},
        owners=["team:data_engineering"],
        description="The committee report of every reporting quarter of a year with a portfolio agreement.",
    )
    def reports(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
        written = write_reports(workspace.paths)
        context.log.info(f"{len(written)} reports written, the latest {written[-1] if written else 'none'}")
        return dg.MaterializeResult(metadata={"reports": len(written), "paths": [str(path) for path in written]})

    return [published, reports]
