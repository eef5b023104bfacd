"""How long Dagster remembers: its own retention covers ticks alone; runs, their events and logs are deleted here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from pydantic import Field

from pipelines.dagster_home import dagster_instance
from pipelines.settings import Paths

KEPT_DAYS = 90
MOST_DAYS = 36_500
"""A hundred years: the calendar of computers ends some way before the largest number that somebody can write."""

FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


@dataclass(frozen=True)
class Pruned:
    """Ids of the runs that were deleted, and of old ones kept since an asset or a partition was last made by them."""

    deleted: list[str]
    kept: list[str]


def days_ago(days: int) -> datetime:
    """The moment that many days before now, in UTC."""
    return datetime.now(UTC) - timedelta(days=days)


def prune_home(paths: Paths, days: int) -> Pruned:
    """Prunes the Dagster instance that the nightly of an installation runs in."""
    with dagster_instance(paths) as instance:
        return prune(instance, days_ago(days))


def prune(instance: dg.DagsterInstance, before: datetime) -> Pruned:
    """Deletes the runs that were created before a moment and have ended, with their events and what they printed.

    Runs that made the latest materialisation of an asset, or of a partition of it, are kept: the UI would else show as
    missing what is there. SQLite and Postgres use the space again; neither gives it back to the disk.
    """
    needed = _made_what_stands(instance)
    pruned = Pruned([], [])
    old = instance.get_run_records(dg.RunsFilter(statuses=FINISHED, created_before=before))
    for run_id in (record.dagster_run.run_id for record in old):
        if run_id in needed:
            pruned.kept.append(run_id)
            continue
        instance.compute_log_manager.delete_logs(prefix=[run_id])
        instance.delete_run(run_id)
        _delete_file_of_events(instance, run_id)
        pruned.deleted.append(run_id)
    return pruned


def _made_what_stands(instance: dg.DagsterInstance) -> set[str]:
    """Ids of the runs that made the latest materialisation of each asset and of each of its partitions."""
    latest = instance.get_latest_materialization_events(instance.get_asset_keys())
    events = {key: event for key, event in latest.items() if event is not None}
    runs = {event.run_id for event in events.values()}
    for key, event in events.items():
        if event.asset_materialization is not None and event.asset_materialization.partition is not None:
            parts = instance.get_latest_storage_id_by_partition(key, dg.DagsterEventType.ASSET_MATERIALIZATION)
            wanted = dg.AssetRecordsFilter(asset_key=key, storage_ids=list(parts.values()))
            runs |= {record.run_id for record in instance.fetch_materializations(wanted, limit=len(parts)).records}
    return runs


def _delete_file_of_events(instance: dg.DagsterInstance, run_id: str) -> None:
    """With SQLite the events of a run are in a file of its own, which Dagster empties and leaves."""
    if isinstance(instance.event_log_storage, SqliteEventLogStorage):
        file = Path(instance.event_log_storage.path_for_shard(run_id))
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink(missing_ok=True)


class HousekeepingConfig(dg.Config):
    """`days`: how long runs are kept."""

    days: int = Field(default=KEPT_DAYS, ge=0, le=MOST_DAYS)


@dg.op(description="Deletes old runs from Dagster's storage, with their events and what they printed.")
def delete_old_runs(context: dg.OpExecutionContext, config: HousekeepingConfig) -> None:
    """Deletes the runs older than the configured number of days."""
    pruned = prune(context.instance, days_ago(config.days))
    context.log.info(f"{len(pruned.deleted)} runs deleted, {len(pruned.kept)} old ones kept: they made what stands")


@dg.job(executor_def=dg.in_process_executor, description="Keeps Dagster's own storage small; the data are not touched.")
def housekeeping() -> None:
    """Deletes what is too old to be looked at."""
    delete_old_runs()


housekeeping_schedule = dg.ScheduleDefinition(
    name="housekeeping_on_sundays",
    job=housekeeping,
    cron_schedule="30 5 * * 0",
    execution_timezone="Europe/London",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
