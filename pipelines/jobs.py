"""The nightly job: everything, in one process and one run; and the part of it that follows a change of some sources."""

from collections.abc import Collection

import dagster as dg

NIGHTLY = "nightly"
SUPPLIED = "supplied"
"""First part of the keys of what each source supplied by quarter; the second is the source's name."""

SOURCES_TAG = "neighbourhoods/sources"
"""Tag of a run of the nightly job for some sources alone: their names, with commas between. A whole one has none."""

RECEIPTS = dg.AssetKey(["staged", "receipt"])
MAX_RUNTIME_SECONDS = 3600

nightly_job = dg.define_asset_job(
    NIGHTLY,
    # without what sources supplied by quarter: that of all quarters would read every workbook again, each night
    selection=dg.AssetSelection.all() - dg.AssetSelection.key_prefixes(SUPPLIED),
    description="Takes in new workbooks, stages them, builds, checks and publishes the warehouse, writes the reports. "
    "Does nothing when nothing has changed.",
    executor_def=dg.in_process_executor,
    tags={"dagster/max_runtime": str(MAX_RUNTIME_SECONDS)},
)


def follows(changed: Collection[str], sources: Collection[str]) -> dg.AssetSelection:
    """What is materialised after workbooks of some sources have changed: their staged tables and the warehouse.

    Acknowledgements and reports too, but neither the register of receipts nor tables of the other sources.
    """
    others = dg.AssetSelection.groups(*sorted(set(sources) - set(changed)))
    everything = dg.AssetSelection.all().materializable() - dg.AssetSelection.key_prefixes(SUPPLIED)
    return everything - others - dg.AssetSelection.assets(RECEIPTS)
