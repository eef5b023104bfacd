"""The nightly job: everything, in one process and one run; and the part of it that follows a change of some sources."""

from collections.abc import Collection
from typing import Any

import dagster as dg

from pipelines.authorities import paths_of
from pipelines.partitions import AUTHORITIES
from pipelines.settings import default_paths

NIGHTLY = "nightly"
SUPPLIED = "supplied"
"""First part of the keys of what each source supplied by quarter; the second is the source's name."""

SOURCES_TAG = "neighbourhoods/sources"
"""Tag of a run of the nightly job for some sources alone: their names, with commas between. A whole one has none."""

NIGHTLY_BY_AUTHORITY = "nightly_by_authority"
JOINT = dg.AssetKey(["published", "joint"])
"""What several councils have published, as one file: made when one of them has published, never within its run."""

RECEIPTS = dg.AssetKey(["staged", "receipt"])
MAX_RUNTIME_SECONDS = 3600

_NIGHTLY = dg.AssetSelection.all() - dg.AssetSelection.key_prefixes(SUPPLIED) - dg.AssetSelection.assets(JOINT)
"""All but what sources supplied by quarter: that of all quarters would read every workbook again, each night."""

_LIMIT = {"dagster/max_runtime": str(MAX_RUNTIME_SECONDS)}

nightly_job = dg.define_asset_job(
    NIGHTLY,
    selection=_NIGHTLY,
    description="Takes in new workbooks, stages them, builds, checks and publishes the warehouse, writes the reports. "
    "Does nothing when nothing has changed.",
    executor_def=dg.in_process_executor,
    tags=_LIMIT,
)


def _in_its_folder(key: str) -> dict[str, Any]:
    """The run of a council is a run of its own installation."""
    return {"resources": {"workspace": {"config": {"root": str(paths_of(default_paths(), key).root)}}}}


nightly_by_authority_job = dg.define_asset_job(
    NIGHTLY_BY_AUTHORITY,
    # a job has partitions of one kind, and those of a report are quarters
    selection=_NIGHTLY.materializable(),
    description="The nightly of one council of several, in its own folder: a partition is a council.",
    executor_def=dg.in_process_executor,
    config=dg.PartitionedConfig(AUTHORITIES, run_config_for_partition_key_fn=_in_its_folder),
    tags=_LIMIT,
)

joint_job = dg.define_asset_job(
    "joint",
    selection=dg.AssetSelection.assets(JOINT),
    description="Publishes the marts of several councils as one file.",
    executor_def=dg.in_process_executor,
    tags=_LIMIT,
)


def follows(changed: Collection[str], sources: Collection[str]) -> dg.AssetSelection:
    """What is materialised after workbooks of some sources have changed: their staged tables and the warehouse.

    Acknowledgements and reports too, but neither the register of receipts nor tables of the other sources.
    """
    others = dg.AssetSelection.groups(*sorted(set(sources) - set(changed)))
    everything = _NIGHTLY.materializable()
    return everything - others - dg.AssetSelection.assets(RECEIPTS)
