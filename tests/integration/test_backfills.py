"""Backfills from the command line, three of them and a nightly at once, and what the partitions show afterwards."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipelines.cli import main
from tests.conftest import Installation
from tests.integration.small_nightly import SmallInstallation
from tests.integration.test_nightly_runs import all_rows

FORTY_QUARTERS = ("2012-13", "2021-22")
COMMANDS = [
    ("backfill", "continuing_education", *FORTY_QUARTERS),
    ("backfill", "community_safety_survey", "Jul-Sep 2020", "2020-21-Q4"),
    ("backfill", "continuing_education", "2020-21 academic"),
    ("nightly", "--rebuild"),
]


@pytest.fixture(scope="module")
def backfilled(small_copy: Callable[[], SmallInstallation]) -> SmallInstallation:
    """A copy of an installation after three backfills and a nightly, each in a process of its own, at once."""
    installation = small_copy()
    root, code = installation.paths.root, installation.code
    environment = os.environ | {"DAGSTER_HOME": str(installation.dagster_home), "PYTHONPATH": str(code)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", command, "--root", str(root), *options],
            cwd=code,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command, *options in COMMANDS
    ]
    for process in processes:
        told, _ = process.communicate()
        assert process.returncode == 0, told
    return installation


def events(installation: SmallInstallation) -> list[list[tuple[dg.AssetKey, str]]]:
    """Of each backfill's run, what it materialised of partitions, oldest first."""
    with dg.DagsterInstance.from_config(str(installation.dagster_home)) as instance:
        runs = [run for run in instance.get_runs() if "dagster/asset_partition_range_start" in run.tags]
        assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
        logs = [instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION) for run in runs]
        found = [[entry.get_dagster_event().step_materialization_data.materialization for entry in log] for log in logs]
    return [sorted((each.asset_key, each.partition) for each in log if each.partition) for log in found]


def test_rows_are_those_of_one_clean_build(small_published: SmallInstallation, backfilled: SmallInstallation) -> None:
    assert backfilled.rows("select count(*) > 0 from staging.continuing_education_learners") == [(True,)]
    assert all_rows(backfilled) == all_rows(small_published)
    warehouse = backfilled.paths.warehouse
    versions = [path for path in (warehouse / "versions").iterdir() if not path.name.startswith(".")]
    assert len(versions) == 1 + len(COMMANDS)
    assert list(backfilled.paths.build.iterdir()) == []


def test_a_range_is_one_run_that_materialises_exactly_its_quarters(backfilled: SmallInstallation) -> None:
    by_length = sorted(events(backfilled), key=len)
    survey, learners = (dg.AssetKey(["supplied", name]) for name in ("community_safety_survey", "continuing_education"))
    academic = ["2020-21-Q2", "2020-21-Q3", "2020-21-Q4", "2021-22-Q1", "2021-22-Q2"]
    forty = [f"{year}-{(year + 1) % 100:02d}-Q{number}" for year in range(2012, 2022) for number in (1, 2, 3, 4)]
    assert by_length == [
        [(survey, quarter) for quarter in ("2020-21-Q2", "2020-21-Q3", "2020-21-Q4")],
        [(learners, quarter) for quarter in academic],
        [(learners, quarter) for quarter in forty],
    ]


def test_what_touches_a_quarter_is_shown_with_it(backfilled: SmallInstallation) -> None:
    key = dg.AssetKey(["supplied", "continuing_education"])
    with dg.DagsterInstance.from_config(str(backfilled.dagster_home)) as instance:
        assert instance.get_dynamic_partitions("reporting_quarter")[0] == "2010-11-Q1"
        record = instance.fetch_materializations(dg.AssetRecordsFilter(key, asset_partitions=["2020-21-Q3"]), limit=1)
        [latest] = record.records
    assert latest.asset_materialization is not None
    shown = {name: value.value for name, value in latest.asset_materialization.metadata.items()}
    [(rows_read, loaded, rejected, aside)] = backfilled.rows(
        "select sum(rows_read), sum(rows_loaded), sum(rows_rejected), sum(rows_set_aside) from audit.workbook "
        "where workbook = 'CE classroom based 2020-21.xlsx'"
    )
    named = ("workbooks", "rows read", "rows loaded", "rows rejected", "rows set aside")
    assert [shown[name] for name in named] == [1, rows_read, loaded, rejected, aside]
    assert (shown["academic year"], shown["survey wave"]) == ("2020-21 academic", "Oct-Dec 2020")
    workbook = backfilled.paths.raw / "continuing_education" / "CE classroom based 2020-21.xlsx"
    assert shown["bytes"] == workbook.stat().st_size


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["no_such_source", "2021-22"], 64, "no source is called 'no_such_source'"),
        (["finance", "2021-22-Q5"], 64, "'2021-22-Q5' is no period: name a quarter"),
        (["finance", "2001-02"], 64, "there are 2010-11-Q1 to"),
        (["finance", "2021-22 to 2020-21"], 64, "'2021-22' ends after '2020-21': name the earlier one first"),
    ],
)
def test_what_cannot_be_backfilled_is_said(
    published: Installation, capsys: pytest.CaptureFixture[str], options: list[str], code: int, said: str
) -> None:
    assert main(["backfill", "--root", str(published.paths.root), *options]) == code
    assert said in capsys.readouterr().err


def test_before_the_first_nightly_there_is_nothing_to_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backfill", "--root", str(tmp_path), "finance", "2021-22"]) == 1
    assert "run `neighbourhoods nightly` first" in capsys.readouterr().out
