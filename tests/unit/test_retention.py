"""Old runs are deleted with all that belongs to them; what says that an asset or a partition is there stays."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DatabaseError

from pipelines.cli import main
from pipelines.dagster_home import dagster_instance, is_unusable
from pipelines.instance import read_instance
from pipelines.operations.faults import STORAGE_IS_SET_ASIDE
from pipelines.retention import MOST_DAYS, HousekeepingConfig, days_ago, housekeeping, prune
from pipelines.settings import Paths, code_root

QUARTERS = dg.StaticPartitionsDefinition(["2021-22-Q1", "2021-22-Q2", "2021-22-Q3"])


@dg.asset
def published(context: dg.AssetExecutionContext) -> None:
    context.log.info("published")


@dg.asset(partitions_def=QUARTERS)
def quarter(context: dg.AssetExecutionContext) -> None:
    context.log.info(context.partition_key)


@dg.asset_check(asset=published)
def is_whole() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "dagster"
    path.mkdir()
    shutil.copy(code_root() / ".dagster" / "dagster.yaml", path)
    return path


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.local_temp(str(home)) as made:
        yield made


def run(instance: dg.DagsterInstance, asset: dg.AssetsDefinition, partition: str | None = None) -> str:
    """The id of a run of an asset."""
    assets = [asset, is_whole] if asset is published else [asset]
    return dg.materialize(assets, instance=instance, partition_key=partition).run_id


def logs_of(instance: dg.DagsterInstance, run_id: str) -> Path:
    return Path(instance.storage_directory()) / run_id


def events_file(home: Path, run_id: str) -> Path:
    return home / "history" / "runs" / f"{run_id}.db"


def run_ids(instance: dg.DagsterInstance) -> set[str]:
    return {record.dagster_run.run_id for record in instance.get_run_records()}


def test_an_old_run_goes_with_its_events_and_what_it_printed(instance: dg.DagsterInstance, home: Path) -> None:
    old = run(instance, published)
    cut_off = datetime.now(UTC)
    recent = run(instance, published)
    assert events_file(home, old).exists() and instance.all_logs(old) and logs_of(instance, old).exists()

    assert prune(instance, days_ago(1)).deleted == []
    pruned = prune(instance, cut_off)

    assert (pruned.deleted, pruned.kept) == ([old], [])
    assert run_ids(instance) == {recent}
    assert not logs_of(instance, old).exists()
    assert not events_file(home, old).exists()
    remaining = instance.fetch_materializations(published.key, limit=10).records
    assert [record.run_id for record in remaining] == [recent]
    assert instance.all_logs(recent) and logs_of(instance, recent).exists()


def test_doctor_and_command_say_of_damaged_storage_what_the_nightly_does(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    monkeypatch.setattr("pipelines.definitions.definitions", dg.Definitions)
    paths = Paths(tmp_path)
    with dagster_instance(paths) as instance:
        instance.create_run_for_job(dg.job(name="idle")(lambda: None))
    # a part that neither schedules nor runs are read from
    (home / "history" / "runs" / "index.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(DatabaseError) as caught, dagster_instance(paths):
        pass
    assert is_unusable(caught.value), "the nightly sets it aside"
    state = read_instance(paths)
    assert (state.fault, state.is_damaged) == ("file is not a database", True)
    (tmp_path / "raw").mkdir()
    assert main(["prune", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert said == f"Dagster's own storage could not be pruned: file is not a database; {STORAGE_IS_SET_ASIDE}.\n"


def test_the_run_that_made_what_stands_is_kept_however_old(instance: dg.DagsterInstance) -> None:
    run(instance, published)
    latest = run(instance, published)
    pruned = prune(instance, datetime.now(UTC))
    assert pruned.kept == [latest]
    event = instance.get_latest_materialization_event(published.key)
    assert event is not None and event.run_id == latest
    assert instance.all_logs(latest)
    check = dg.AssetCheckKey(published.key, "is_whole")
    evaluated = instance.get_latest_asset_check_evaluation_record(check)
    assert evaluated is not None and evaluated.run_id == latest


def test_each_partition_keeps_the_run_that_made_it_last(instance: dg.DagsterInstance, home: Path) -> None:
    first = run(instance, quarter, "2021-22-Q1")
    again = run(instance, quarter, "2021-22-Q1")
    other = run(instance, quarter, "2021-22-Q2")
    days = {"ops": {"delete_old_runs": {"config": {"days": 0}}}}
    sunday = housekeeping.execute_in_process(instance=instance, run_config=days)
    assert run_ids(instance) == {again, other, sunday.run_id}
    assert not events_file(home, first).exists()
    assert instance.get_materialized_partitions(quarter.key) == {"2021-22-Q1", "2021-22-Q2"}


def test_a_run_that_has_not_ended_is_left_alone(instance: dg.DagsterInstance) -> None:
    waiting = instance.create_run_for_job(dg.job(name="waiting")(lambda: None), status=dg.DagsterRunStatus.STARTED)
    assert prune(instance, datetime.now(UTC)).deleted == []
    assert run_ids(instance) == {waiting.run_id}


@pytest.mark.parametrize("days", ["99999999", "-1", "36501", "9" * 5000, "ninety"])
def test_days_that_no_calendar_has_are_refused_plainly(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["prune", "--days", days])
    assert refused.value.code == 64
    assert f"'{days}' is no number of days from 0 to 36500" in capsys.readouterr().err


def test_the_longest_time_that_may_be_named_has_a_day() -> None:
    assert days_ago(MOST_DAYS).year < 2000
    for days in (-1, MOST_DAYS + 1):
        with pytest.raises(ValidationError):
            HousekeepingConfig(days=days)


def test_the_command_prunes_the_home_that_the_nightly_uses(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        run(instance, published)
        latest = run(instance, published)
    (tmp_path / "raw").mkdir()
    assert main(["prune", "--root", str(tmp_path), "--days", "0"]) == 0
    assert "1 runs older than 0 days deleted; 1 kept" in capsys.readouterr().out
    with dg.DagsterInstance.get() as instance:
        assert run_ids(instance) == {latest}
