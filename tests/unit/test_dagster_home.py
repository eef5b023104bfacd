"""Dagster's storage after a crash: runs whose processes died, files that are damaged or of another version."""

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest

from pipelines.dagster_home import DIED, dagster_instance, is_unusable, prepare_home, repair, set_storage_aside
from pipelines.operations.living_runs import dead_runs, hold, let_go
from pipelines.resources import Workspace
from pipelines.settings import Paths


@dg.op
def nothing() -> None:
    """Does nothing."""


@dg.job
def idle() -> None:
    """A job of nothing."""
    nothing()


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return Paths(tmp_path)


def started_run(instance: dg.DagsterInstance) -> str:
    run = instance.create_run_for_job(idle, run_id=str(uuid.uuid4()))
    started = dg.DagsterEvent(event_type_value=dg.DagsterEventType.RUN_START.value, job_name=run.job_name)
    instance.report_dagster_event(started, run_id=run.run_id)
    return run.run_id


def status(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_run_whose_process_died_is_closed_and_others_are_not(paths: Paths) -> None:
    with dagster_instance(paths) as instance:
        dead, living, unknown = (started_run(instance) for _ in range(3))
        hold(paths, dead)
        let_go(paths, dead)
        hold(paths, living)
        assert repair(paths, instance) == [f"a run of idle whose process died was closed: {dead}"]
        assert status(instance, dead) == dg.DagsterRunStatus.FAILURE
        assert status(instance, living) == status(instance, unknown) == dg.DagsterRunStatus.STARTED
        [told] = instance.all_logs(dead, of_type=dg.DagsterEventType.RUN_FAILURE)
        assert told.dagster_event is not None and told.dagster_event.message == DIED
        assert dead_runs(paths) == []
        assert repair(paths, instance) == []
        let_go(paths, living)


def test_run_that_ended_in_order_stays_as_it_ended(paths: Paths) -> None:
    with dagster_instance(paths) as instance:
        done = idle.execute_in_process(instance=instance)
        hold(paths, done.run_id)
        let_go(paths, done.run_id)
        assert repair(paths, instance) == []
        assert status(instance, done.run_id) == dg.DagsterRunStatus.SUCCESS


@pytest.mark.parametrize("damage", ["no database", "a page", "another version", "a folder"])
def test_storage_that_cannot_be_used_is_told_and_set_aside(paths: Paths, damage: str) -> None:
    with dagster_instance(paths) as instance:
        started_run(instance)
    harm(prepare_home(paths) / "history" / "runs.db", damage)
    with pytest.raises(Exception) as caught, dagster_instance(paths) as instance:  # noqa: PT011 - Dagster's, SQLite's or Alembic's own
        instance.get_runs()
    assert is_unusable(caught.value)
    aside = set_storage_aside(paths)
    assert [path.name.split(" ")[0] for path in aside] == ["history", "schedules"]
    assert (aside[0] / "runs.db").exists()
    with dagster_instance(paths) as instance:
        assert instance.get_runs() == []


def harm(database: Path, damage: str) -> None:
    if damage == "no database":
        database.write_bytes(b"no database at all" * 100)
    elif damage == "a folder":
        database.unlink()
        database.mkdir()
    elif damage == "a page":
        content = bytearray(database.read_bytes())
        content[100:] = b"\xff" * (len(content) - 100)
        database.write_bytes(content)
    else:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("update alembic_version set version_num = 'ffffffffffff'")


def test_storage_of_an_earlier_version_is_migrated(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    with dagster_instance(paths) as instance:
        run_id = started_run(instance)
        now = [storage.alembic_version() for storage in (instance.run_storage, instance.event_log_storage)]
    history = prepare_home(paths) / "history"
    for database in (history / "runs.db", history / "runs" / "index.db", history / "runs" / f"{run_id}.db"):
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("update alembic_version set version_num = '5771160a95ad'")
    with dagster_instance(paths) as instance:
        assert "migrating" in capsys.readouterr().out
        assert [storage.alembic_version() for storage in (instance.run_storage, instance.event_log_storage)] == now
        assert instance.has_run(run_id)
        assert [entry.dagster_event_type for entry in instance.all_logs(run_id)] == [dg.DagsterEventType.RUN_START]


def test_run_says_that_it_lives_whoever_starts_it(paths: Paths) -> None:
    @dg.asset
    def looks(workspace: Workspace) -> bool:
        return workspace.paths.raw.exists()

    done = dg.materialize([looks], resources={"workspace": Workspace(root=str(paths.root))})
    assert dead_runs(paths) == []
    let_go(paths, done.run_id)
    assert dead_runs(paths) == [done.run_id]


@pytest.mark.parametrize("fault", [sqlite3.OperationalError("database is locked"), OSError("No space left on device")])
def test_storage_that_is_busy_or_has_no_space_is_not_unusable(fault: Exception) -> None:
    assert not is_unusable(fault)


def test_relative_home_is_refused_before_it_is_made(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("DAGSTER_HOME", "relative/home")
    with pytest.raises(ValueError, match="must be a full path"), dagster_instance(paths):
        pass
    assert list((tmp_path / "here").iterdir()) == []
