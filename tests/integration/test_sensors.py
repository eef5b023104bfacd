"""What the sensors ask to be run: of the sources touched and what follows from them, and nothing else."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from pipelines.calendar import quarters_between
from pipelines.definitions import definitions
from pipelines.jobs import RECEIPTS, SOURCES_TAG
from pipelines.ledger.register import take_in
from pipelines.partitions import REPORTING_QUARTERS, keep_quarters
from pipelines.resources import Workspace
from pipelines.sensors import after_backfill, new_files
from pipelines.settings import Paths, code_root

REPOSITORY = definitions().get_repository_def()
LEARNERS = "continuing_education/CE forecast 2021-22 Q2.xlsx"


@dataclass
class Ticks:
    """An installation whose sensor ticks, with its cursor as Dagster keeps it."""

    paths: Paths
    instance: dg.DagsterInstance
    cursor: str | None = None

    def tick(self) -> dg.RunRequest | dg.SkipReason:
        resources = {"workspace": Workspace(root=str(self.paths.root))}
        context = dg.build_sensor_context(self.instance, self.cursor, repository_def=REPOSITORY, resources=resources)
        ticked = new_files.evaluate_tick(context)
        self.cursor = ticked.cursor
        return ticked.run_requests[0] if ticked.run_requests else dg.SkipReason(ticked.skip_message)

    def put(self, name: str, at: int) -> None:
        path = self.paths.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(code_root() / "raw" / LEARNERS, path)
        os.utime(path, (at, at))


@pytest.fixture
def ticks(tmp_path: Path) -> Iterator[Ticks]:
    (tmp_path / "raw").mkdir()
    with dg.instance_for_test() as instance:
        yield Ticks(Paths(tmp_path), instance)


def groups(asked: dg.RunRequest) -> set[str | None]:
    return {REPOSITORY.asset_graph.get(key).group_name for key in asked.asset_selection or ()}


FOLLOWS = {"staging", "measures", "marts", "findings", "audit", "published"}


def test_a_new_file_is_asked_for_with_what_follows_from_its_source(ticks: Ticks) -> None:
    ticks.put(LEARNERS, 1_600_000_000)
    assert isinstance(ticks.tick(), dg.SkipReason)
    asked = ticks.tick()
    assert isinstance(asked, dg.RunRequest)
    assert groups(asked) == {"supply", "continuing_education", *FOLLOWS}
    assert not [key for key in asked.asset_selection or () if key.path[0] == "supplied"]
    assert asked.run_config["ops"]["staged__receipt"]["config"] == {"sources": ["continuing_education"]}
    job = REPOSITORY.get_job("nightly").get_subset(asset_selection=set(asked.asset_selection or ()))
    assert dg.validate_run_config(job, asked.run_config)
    assert ticks.tick().__class__ is dg.SkipReason


def test_while_a_run_that_will_see_it_is_under_way_it_is_put_off(ticks: Ticks) -> None:
    ticks.put(LEARNERS, 1_600_000_000)
    ticks.tick()
    run = dg.DagsterRun("nightly", status=dg.DagsterRunStatus.STARTED)
    ticks.instance.add_run(run)
    skipped = ticks.tick()
    assert isinstance(skipped, dg.SkipReason)
    assert LEARNERS in str(skipped.skip_message)
    ticks.instance.report_run_failed(run)
    assert isinstance(ticks.tick(), dg.RunRequest)


def test_a_run_of_another_source_does_not_hold_it_up(ticks: Ticks) -> None:
    ticks.put(LEARNERS, 1_600_000_000)
    ticks.tick()
    other = dg.DagsterRun("nightly", status=dg.DagsterRunStatus.STARTED, tags={SOURCES_TAG: "dwp_grants"})
    ticks.instance.add_run(other)
    assert isinstance(ticks.tick(), dg.RunRequest)


def test_what_a_run_took_in_meanwhile_is_not_asked_for_again(ticks: Ticks) -> None:
    ticks.put(LEARNERS, 1_600_000_000)
    ticks.tick()
    take_in(ticks.paths, ["continuing_education"], date(2021, 10, 21))
    assert isinstance(ticks.tick(), dg.SkipReason)


def test_a_decision_asks_for_the_warehouse_and_no_source(ticks: Ticks) -> None:
    ticks.put("decisions.csv", 1_600_000_000)
    ticks.tick()
    asked = ticks.tick()
    assert isinstance(asked, dg.RunRequest)
    assert groups(asked) == {"supply", *FOLLOWS}
    assert [key for key in asked.asset_selection or () if key.path[0] == "staged"] == [RECEIPTS]


def follow(instance: dg.DagsterInstance, *keys: dg.AssetKey) -> dg.RunRequest | dg.SkipReason:
    run = dg.DagsterRun("__ASSET_JOB", asset_selection=frozenset(keys), status=dg.DagsterRunStatus.SUCCESS)
    event = dg.DagsterEvent("PIPELINE_SUCCESS", "__ASSET_JOB")
    context = dg.build_run_status_sensor_context("after_backfill", event, instance, run, repository_def=REPOSITORY)
    asked = after_backfill(context)
    assert isinstance(asked, dg.RunRequest | dg.SkipReason)
    return asked


def test_a_backfill_is_followed_by_its_sources_and_the_warehouse_even_when_nothing_is_new(ticks: Ticks) -> None:
    asked = follow(ticks.instance, *(dg.AssetKey(["supplied", name]) for name in ("finance", "dwp_grants")))
    assert isinstance(asked, dg.RunRequest)
    assert groups(asked) == {"finance", "dwp_grants", *FOLLOWS}
    assert RECEIPTS not in (asked.asset_selection or ())


def test_other_runs_are_followed_by_nothing(ticks: Ticks) -> None:
    assert isinstance(follow(ticks.instance, RECEIPTS), dg.SkipReason)
    first = follow(ticks.instance, dg.AssetKey(["supplied", "finance"]))
    assert isinstance(first, dg.RunRequest)
    whole = (dg.AssetKey(["supplied", "finance"]), *(first.asset_selection or ()))
    assert isinstance(follow(ticks.instance, *whole), dg.SkipReason)


def known(instance: dg.DagsterInstance) -> list[str]:
    return list(instance.get_dynamic_partitions(str(REPORTING_QUARTERS.name)))


def test_quarters_are_in_the_order_of_time_whatever_came_first(ticks: Ticks) -> None:
    later, all_of_it = (quarters_between(date(year, 4, 1), date(2022, 1, 1)) for year in (2021, 2020))
    keep_quarters(ticks.instance, ticks.paths, later)
    assert known(ticks.instance) == ["2021-22-Q1", "2021-22-Q2", "2021-22-Q3"]
    keep_quarters(ticks.instance, ticks.paths, all_of_it)
    assert known(ticks.instance) == [quarter.label for quarter in all_of_it]


def test_a_quarter_mistyped_in_the_ui_is_taken_out_and_a_new_one_comes_at_the_end(ticks: Ticks) -> None:
    quarters = quarters_between(date(2021, 4, 1), date(2022, 1, 1))
    keep_quarters(ticks.instance, ticks.paths, quarters[:2])
    ticks.instance.add_dynamic_partitions(str(REPORTING_QUARTERS.name), ["2021-22 Q3"])
    keep_quarters(ticks.instance, ticks.paths, quarters)
    assert known(ticks.instance) == [quarter.label for quarter in quarters]
