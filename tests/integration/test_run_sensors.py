"""Runs that the daemon launched are told of as those at a terminal are, and none twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.jobs import NIGHTLY, SOURCES_TAG
from pipelines.operations.alerts import Ended, tell
from pipelines.resources import Workspace
from pipelines.run_sensors import tell_after_runs, tell_of_failed_runs
from pipelines.settings import Paths
from tests.receivers import Received, webhook_receiver


class Config(dg.Config):
    """Whether the run fails."""

    fails: bool = False


@dg.op(required_resource_keys={"workspace"})
def build(config: Config) -> None:
    if config.fails:
        raise dg.Failure("the disk is full")


@dg.job(resource_defs={"workspace": Workspace()}, name="backfill")
def backfill() -> None:
    build()


@dg.job(resource_defs={"workspace": Workspace()}, name=NIGHTLY)
def nightly() -> None:
    build()


@pytest.fixture
def slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    (tmp_path / "raw").mkdir()  # of a folder that is no installation nothing is remembered
    with webhook_receiver() as received:
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setenv("NEIGHBOURHOODS_SLACK_WEBHOOK", f"http://127.0.0.1:{received.port}/")
        yield received


def launch(
    root: Path,
    instance: dg.DagsterInstance,
    *,
    fails: bool,
    job: dg.JobDefinition = backfill,
    tags: dict[str, str] | None = None,
) -> str:
    """A run of the job, and the look that the sensor of its outcome takes at it. Returns the run's id."""
    config = {
        "ops": {"build": {"config": {"fails": fails}}},
        "resources": {"workspace": {"config": {"root": str(root)}}},
    }
    result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False, tags=tags)
    kind = dg.DagsterEventType.RUN_FAILURE if fails else dg.DagsterEventType.RUN_SUCCESS
    [event] = [each for each in result.all_events if each.event_type == kind]
    context = dg.build_run_status_sensor_context(
        "sensor", event, instance, result.dagster_run, partition_key=None
    )  # fmt: skip
    if fails:
        tell_of_failed_runs(context.for_run_failure())
    else:
        tell_after_runs(context)
    return result.run_id


def subjects(slack: Received) -> list[str]:
    return [json.loads(post)["text"].partition(": ")[2] for post in slack.posts]


def test_a_failed_run_is_told_with_its_reason_and_so_is_the_one_that_mends_it(tmp_path: Path, slack: Received) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        launch(tmp_path, instance, fails=True)
        assert subjects(slack) == ["1 run failed"]
        assert "The run 'backfill' failed: build failed: the disk is full" in slack.posts[0].decode()
        launch(tmp_path, instance, fails=False)
    assert subjects(slack) == ["1 run failed", "all is well again"]


def test_a_nightly_of_some_sources_does_not_mend_what_failed_elsewhere(tmp_path: Path, slack: Received) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        launch(tmp_path, instance, fails=True)
        launch(tmp_path, instance, fails=False, job=nightly, tags={SOURCES_TAG: "dwp_grants"})
        assert subjects(slack) == ["1 run failed"]
        launch(tmp_path, instance, fails=False, job=nightly)
    assert subjects(slack) == ["1 run failed", "all is well again"]


def test_a_run_that_the_terminal_told_of_is_not_told_of_again(tmp_path: Path, slack: Received) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = launch(tmp_path, instance, fails=True)
    assert tell(Paths(tmp_path), Ended(run_id, "backfill")) == []
    assert subjects(slack) == ["1 run failed"]
