"""Reads again, in this process and one run, what a source supplied of some quarters, and makes all that follows."""

from collections.abc import Sequence

from pipelines.in_process import run_in_process
from pipelines.periods import Period
from pipelines.settings import Paths


def run_backfill(paths: Paths, source: str, quarters: Sequence[Period], known: Sequence[Period]) -> bool:
    """Runs the backfill of consecutive quarters, of those known, in the Dagster instance of DAGSTER_HOME.

    True on success: what a backfill from the UI and the run that follows it would have made stands published.
    """
    import dagster as dg

    from pipelines.jobs import SUPPLIED, follows
    from pipelines.partitions import keep_quarters

    def job_of(loaded: dg.Definitions, instance: dg.DagsterInstance) -> dg.JobDefinition:
        keep_quarters(instance, paths, known)
        graph = loaded.resolve_asset_graph()
        sources = [key.path[1] for key in dg.AssetSelection.key_prefixes(SUPPLIED).resolve(graph)]
        keys = {dg.AssetKey([SUPPLIED, source]), *follows([source], sources).resolve(graph)}
        return loaded.resolve_implicit_global_asset_job_def().get_subset(asset_selection=keys)

    span = {
        "dagster/asset_partition_range_start": quarters[0].label,
        "dagster/asset_partition_range_end": quarters[-1].label,
    }
    return run_in_process(paths, f"backfill of {source}", job_of, tags=span)
