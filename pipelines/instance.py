"""What Dagster's instance and our definitions say of themselves, for the doctor."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.ledger.register import LOCAL_TIME
from pipelines.operations.faults import told
from pipelines.settings import Paths

DAEMONS_THAT_MATTER = ("SCHEDULER", "SENSOR")
LOOKED_THROUGH = 200
"""Latest runs of the nightly job among which the last whole one is sought: those of some sources alone are others."""


@dataclass(frozen=True)
class LastRun:
    """A run of the nightly job. outcome: Dagster's word, such as SUCCESS. ended_at: None while it runs."""

    run_id: str
    outcome: str
    started_at: datetime
    ended_at: datetime | None


@dataclass
class InstanceState:
    """What was found. automations: schedules and sensors, whether on. heartbeats: of daemons, None for one without.

    code_error: why the definitions do not load. fault: why the instance cannot be read; empty with `exists` False where
    there is none. is_damaged: whether the next nightly sets the storage aside for it. unfinished: run ids that count as
    running, and since when. keeps_files: whether the storage is files in its home.
    """

    home: Path
    exists: bool = False
    fault: str = ""
    is_damaged: bool = False
    keeps_files: bool = True
    code_error: str = ""
    assets: int = 0
    automations: dict[str, bool] = field(default_factory=dict)
    heartbeats: dict[str, datetime | None] = field(default_factory=dict)
    daemon_errors: list[str] = field(default_factory=list)
    last_nightly: LastRun | None = None
    unfinished: list[tuple[str, datetime]] = field(default_factory=list)


def read_instance(paths: Paths) -> InstanceState:
    """Loads the definitions and reads the instance of DAGSTER_HOME, else of `.dagster` beside raw/."""
    from pipelines.dagster_home import is_unusable

    state = InstanceState(Path(os.environ.get("DAGSTER_HOME") or paths.root / ".dagster"))
    try:
        default_states = _read_definitions(state)
    except Exception as fault:  # whatever a source's module or a SQL file may raise
        state.code_error = f"{type(fault).__name__}: {fault}"
        default_states = {}
    state.exists = (state.home / "dagster.yaml").exists()
    if state.exists:
        try:
            _read_stored(state, default_states)
        except Exception as fault:  # a damaged or unreachable database raises what its driver likes
            state.fault, state.is_damaged = told(fault, paths.root), is_unusable(fault)
    return state


def _read_definitions(state: InstanceState) -> dict[str, bool]:
    import dagster as dg

    from pipelines.definitions import definitions

    loaded = definitions()
    repository = loaded.get_repository_def()
    state.assets = len(repository.asset_graph.get_all_asset_keys())
    defaults = {each.name: each.default_status == dg.DefaultScheduleStatus.RUNNING for each in repository.schedule_defs}
    return defaults | {
        each.name: each.default_status == dg.DefaultSensorStatus.RUNNING for each in repository.sensor_defs
    }


def _read_stored(state: InstanceState, defaults: dict[str, bool]) -> None:
    import dagster as dg
    from dagster._core.storage.event_log import SqliteEventLogStorage

    from pipelines.dagster_home import is_of_another_version
    from pipelines.jobs import NIGHTLY, SOURCES_TAG

    with dg.DagsterInstance.from_config(str(state.home)) as instance:
        state.keeps_files = isinstance(instance.event_log_storage, SqliteEventLogStorage)
        if is_of_another_version(instance):
            state.fault = "it is of another version of Dagster, and the next nightly migrates it"
            return
        # a state that is stored only repeats the default says DECLARED_IN_CODE
        stored = {each.instigator_name: each.status.value for each in instance.all_instigator_state()}
        state.automations = {
            name: default if stored.get(name, "DECLARED_IN_CODE") == "DECLARED_IN_CODE" else stored[name] == "RUNNING"
            for name, default in defaults.items()
        }
        found = instance.get_daemon_heartbeats()
        for daemon in DAEMONS_THAT_MATTER:
            beat = found.get(daemon)
            state.heartbeats[daemon] = _time(beat.timestamp) if beat else None
            state.daemon_errors += [error.message.strip() for error in (beat.errors or [] if beat else [])]
        of_the_job = instance.get_run_records(dg.RunsFilter(job_name=NIGHTLY), limit=LOOKED_THROUGH)
        for record in [each for each in of_the_job if SOURCES_TAG not in each.dagster_run.tags][:1]:
            started = _time(record.start_time or record.create_timestamp.timestamp())
            ended = _time(record.end_time) if record.end_time else None
            state.last_nightly = LastRun(record.dagster_run.run_id, record.dagster_run.status.value, started, ended)
        running = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
        for record in instance.get_run_records(dg.RunsFilter(statuses=running)):
            since = record.start_time or record.create_timestamp.timestamp()
            state.unfinished.append((record.dagster_run.run_id, _time(since)))


def _time(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, LOCAL_TIME)
