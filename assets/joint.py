"""What several councils have published, as one file, as an asset."""

import dagster as dg

from pipelines.jobs import JOINT
from pipelines.resources import Workspace
from pipelines.warehouse.joint import publish_joint


@dg.asset(
    key=JOINT,
    group_name="published",
    kinds={"duckdb"},
    owners=["team:data_engineering"],
    description="The marts of several councils as one file, each table with the council's code: made of published "
    "files alone, each council's as it stands.",
)
def joint(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult[None]:
    """Publishes the joint file anew when a council has published since."""
    made = publish_joint(workspace.paths)
    for line in made.members:
        context.log.info(line)
    path = dg.MetadataValue.path(str(workspace.paths.joint.published))
    return dg.MaterializeResult(metadata={"councils": made.members, "is new": made.is_new, "path": path})
