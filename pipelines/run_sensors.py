"""Tells of runs that the daemon or an engineer in the UI launched, as the nightly at a terminal does itself."""

from typing import Any

import dagster as dg

from pipelines.in_process import failed_steps
from pipelines.jobs import NIGHTLY, NIGHTLY_BY_AUTHORITY, SOURCES_TAG
from pipelines.operations.alerts import Ended, tell
from pipelines.resources import Workspace
from pipelines.settings import Paths

SECONDS_BETWEEN_LOOKS = 60


def _told(context: dg.RunStatusSensorContext, failure: str) -> dg.SkipReason:
    run = context.dagster_run
    is_whole = run.job_name in (NIGHTLY, NIGHTLY_BY_AUTHORITY) and SOURCES_TAG not in run.tags
    # one of some sources is told of by them: its success says nothing of the others
    name = f"{run.job_name} of {run.tags[SOURCES_TAG]}" if SOURCES_TAG in run.tags else run.job_name
    ended = Ended(run.run_id, name, failure, mends_all=is_whole)
    said = tell(_paths(run), ended)
    for line in said:
        context.log.info(line)
    return dg.SkipReason("; ".join(said) or "nothing to tell that was not told")


def _paths(run: dg.DagsterRun) -> Paths:
    """The folders that the run was about, from its configuration."""
    resources: Any = run.run_config.get("resources", {})
    config = resources.get("workspace", {}).get("config", {})
    return Workspace(root=config.get("root", "")).paths


@dg.run_failure_sensor(
    name="tell_of_failed_runs",
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sends the digest when a run has failed.",
)
def tell_of_failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason:
    """The reason is that of the steps that failed, else of the run."""
    reason = failed_steps(context.get_step_failure_events(), _paths(context.dagster_run))
    return _told(context, reason or context.failure_event.message or "no reason given")


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="tell_after_runs",
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sends the night's digest of refused files and overdue figures, and tells of what is mended.",
)
def tell_after_runs(context: dg.RunStatusSensorContext) -> dg.SkipReason:
    """One digest a day, unless there is news."""
    return _told(context, "")


run_sensors = [tell_of_failed_runs, tell_after_runs]
