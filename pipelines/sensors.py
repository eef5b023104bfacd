"""What runs between the nightlies: new files soon after they came, and the warehouse after a backfill."""

import time
from collections.abc import Iterable

import dagster as dg

from pipelines.authorities import authority_keys
from pipelines.jobs import (
    MAX_RUNTIME_SECONDS,
    NIGHTLY,
    RECEIPTS,
    SOURCES_TAG,
    SUPPLIED,
    follows,
    joint_job,
    nightly_by_authority_job,
    nightly_job,
)
from pipelines.operations.new_files import look, read_cursor, sources_of
from pipelines.partitions import keep_quarters_until_today
from pipelines.resources import Workspace


@dg.sensor(
    name="new_files",
    job=nightly_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sees new, changed and removed files in raw/ by their bytes, once they stand still, and runs what they "
    "touch. What it misses the nightly finds.",
)
def new_files(context: dg.SensorEvaluationContext, workspace: Workspace) -> dg.RunRequest | dg.SkipReason:
    """Requests a run of the sources whose files changed; while one that will see them is under way it waits."""
    if authority_keys(workspace.paths):
        return dg.SkipReason("this installation is of several councils: their nightlies take in what is new")
    graph = _repository(context.repository_def).asset_graph
    sources = _sources(dg.AssetSelection.key_prefixes(SUPPLIED).resolve(graph))
    keep_quarters_until_today(context.instance, workspace.paths)
    found = look(workspace.paths, sources, read_cursor(context.cursor))
    touched = sources_of(found.changed, sources)
    if not found.changed or _is_under_way(context.instance, touched):
        context.update_cursor(found.put_off.text if found.changed else found.acted.text)
        waits = ", ".join(sorted({*found.changed, *found.acted.waiting}))
        return dg.SkipReason(f"waits until they are whole, or a run is done: {waits}" if waits else "nothing new")
    context.update_cursor(found.acted.text)
    return dg.RunRequest(
        run_key=found.run_key,
        asset_selection=sorted(follows(touched, sources).resolve(graph) | {RECEIPTS}),
        run_config={"ops": {RECEIPTS.to_python_identifier(): {"config": {"sources": touched}}}},
        tags={SOURCES_TAG: ",".join(touched), "neighbourhoods/files": ", ".join(found.changed)},
    )


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="after_backfill",
    request_job=nightly_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="After a backfill of what a source supplied: its staged tables, the warehouse and the reports, once.",
)
def after_backfill(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Requests what depends on the sources that a run has read again."""
    graph = _repository(context.repository_def).asset_graph
    run = context.dagster_run
    again = _sources(run.asset_selection or ())
    if not again:
        return dg.SkipReason("the run read nothing again")
    keys = follows(again, _sources(dg.AssetSelection.key_prefixes(SUPPLIED).resolve(graph))).resolve(graph)
    if keys <= (run.asset_selection or set()):
        return dg.SkipReason("the run made all that depends on what it read again")
    return dg.RunRequest(run_key=run.run_id, asset_selection=sorted(keys), tags={SOURCES_TAG: ",".join(again)})


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="after_authority",
    monitored_jobs=[nightly_by_authority_job],
    request_job=joint_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="After the nightly of one council of several: the joint file.",
)
def after_authority(context: dg.RunStatusSensorContext) -> dg.RunRequest:
    """Requests the joint file in a run of its own: no council's run opens what another has published."""
    return dg.RunRequest(run_key=context.dagster_run.run_id)


def _repository(repository: dg.RepositoryDefinition | None) -> dg.RepositoryDefinition:
    if repository is None:
        raise ValueError("a sensor is evaluated with the definitions that it belongs to")
    return repository


def _sources(keys: Iterable[dg.AssetKey]) -> list[str]:
    """Names of the sources of which the keys of `supplied/` are among these."""
    return sorted(key.path[1] for key in keys if key.path[0] == SUPPLIED)


def _is_under_way(instance: dg.DagsterInstance, touched: list[str]) -> bool:
    """Whether a run of all these sources is queued or running; one that is older than any may become is dead."""
    unfinished = [dg.DagsterRunStatus[name] for name in ("QUEUED", "NOT_STARTED", "STARTING", "STARTED")]
    records = instance.get_run_records(dg.RunsFilter(job_name=NIGHTLY, statuses=unfinished))
    young = [record for record in records if time.time() - record.create_timestamp.timestamp() < MAX_RUNTIME_SECONDS]
    runs = [record.dagster_run.tags.get(SOURCES_TAG) for record in young]
    return any(names is None or set(touched) <= set(names.split(",")) for names in runs)
