"""Several councils in Dagster: each is a partition of a job that runs in its folder, each night."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines.definitions import definitions
from pipelines.partitions import AUTHORITIES, REPORTING_QUARTERS, keep_quarters
from pipelines.periods import financial_quarter
from pipelines.schedules import nightly_of_each_council, nightly_schedule
from pipelines.settings import Paths

REPOSITORY = definitions().get_repository_def()
AT = datetime(2026, 11, 23, 2, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def tick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.ScheduleEvaluationContext]:
    monkeypatch.setenv("NEIGHBOURHOODS_ROOT", str(tmp_path))
    home = tmp_path / "dagster"
    home.mkdir()
    (home / "dagster.yaml").touch()
    with (
        dg.DagsterInstance.from_config(str(home)) as instance,
        # what it opens of the instance is closed before that, or definitions are loaded with what is closed later on
        dg.build_schedule_context(instance, repository_def=REPOSITORY, scheduled_execution_time=AT) as context,
    ):
        yield context


def councils(root: Path) -> dict[str, Path]:
    folders = {key: root / "authorities" / key for key in ("stockport", "tameside")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    return folders


def test_each_council_has_a_run_in_its_own_folder(tmp_path: Path, tick: dg.ScheduleEvaluationContext) -> None:
    folders = councils(tmp_path)
    requests = nightly_of_each_council.evaluate_tick(tick).run_requests or []
    assert tick.instance.get_dynamic_partitions("authority") == ["stockport", "tameside"]
    config = REPOSITORY.get_job("nightly_by_authority").partitioned_config
    assert config is not None
    assert config.partitions_def == AUTHORITIES
    asked = [str(request.partition_key) for request in requests]
    assert {key: config.get_run_config_for_partition_key(key) for key in asked} == {
        key: {"resources": {"workspace": {"config": {"root": str(folder)}}}} for key, folder in folders.items()
    }
    assert nightly_schedule.evaluate_tick(tick).run_requests == []


def test_one_council_has_the_one_nightly(tick: dg.ScheduleEvaluationContext) -> None:
    assert len(nightly_schedule.evaluate_tick(tick).run_requests or []) == 1
    of_each = nightly_of_each_council.evaluate_tick(tick)
    assert (of_each.run_requests, of_each.skip_message) == ([], "this installation is of one council")


def test_no_councils_run_makes_the_joint_file() -> None:
    keys = {name: REPOSITORY.get_job(name).asset_layer.executable_asset_keys for name in ("nightly", "joint")}
    joint = dg.AssetKey(["published", "joint"])
    assert joint not in keys["nightly"]
    assert keys["nightly"] == REPOSITORY.get_job("nightly_by_authority").asset_layer.executable_asset_keys
    assert keys["joint"] == {joint}


def test_councils_of_one_dagster_keep_each_others_quarters(tmp_path: Path) -> None:
    folders = councils(tmp_path)
    quarters = [quarter for label in ("2020-21 Q4", "2021-22 Q1") if (quarter := financial_quarter(label))]
    with dg.DagsterInstance.ephemeral() as instance:
        keep_quarters(instance, Paths(folders["stockport"]), quarters[1:])
        keep_quarters(instance, Paths(folders["tameside"]), quarters[:1])
        kept = instance.get_dynamic_partitions(str(REPORTING_QUARTERS.name))
    assert list(kept) == ["2020-21-Q4", "2021-22-Q1"]
