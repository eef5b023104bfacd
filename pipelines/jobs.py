"""The nightly job: everything, in one process and one run."""

import dagster as dg

NIGHTLY = "nightly"
MAX_RUNTIME_SECONDS = 3600

nightly_job = dg.define_asset_job(
    NIGHTLY,
    # what sources supplied by quarter is for backfills: one run cannot hold all quarters cheaply, nor need it
    selection=dg.AssetSelection.all() - dg.AssetSelection.key_prefixes("supplied"),
    description="Takes in new workbooks, stages them, builds, checks and publishes the warehouse, writes the reports. "
    "Does nothing when nothing has changed.",
    executor_def=dg.in_process_executor,
    tags={"dagster/max_runtime": str(MAX_RUNTIME_SECONDS)},
)
