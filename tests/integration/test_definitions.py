"""The definitions load as Dagster's server loads them, and say what an engineer looks for in the UI."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from pipelines.definitions import definitions
from pipelines.settings import code_root


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    return definitions().resolve_asset_graph()


def test_workspace_loads_as_the_server_loads_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", "workspace.yaml"]
    environment = {"DAGSTER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=code_root(), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_sql_file_is_an_asset_with_the_upstreams_of_its_sql(graph: AssetGraph) -> None:
    files = {dg.AssetKey([path.parent.name, path.stem]) for path in (code_root() / "sql").glob("[ms]*/*.sql")}
    assert files <= graph.get_all_asset_keys()
    status = graph.get(dg.AssetKey(["marts", "computed_status"]))
    assert status.parent_keys == {
        dg.AssetKey(["marts", name])
        for name in ("rating_definition", "rated_value", "rating_variant", "known_commentary")
    }


def test_assets_are_grouped_owned_and_described(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.owners, key
        assert node.kinds, key
        assert node.description, key
        assert node.group_name != "default", key


def test_columns_are_described_in_the_ui(graph: AssetGraph) -> None:
    schema = graph.get(dg.AssetKey(["marts", "measure_status"])).metadata["dagster/column_schema"]
    described = {column.name: column.description for column in schema.columns}
    assert described["target_value"] == "target, in the measure's unit"
    assert all(described.values())


def test_only_the_warehouses_own_invariants_block(graph: AssetGraph) -> None:
    blocking = {key.name for key in graph.asset_check_keys if graph.get(key).blocking}
    assert blocking == {
        "figures_have_origins",
        "figures_reproduced",
        "measure_status_key_unique",
        "observation_key_unique",
        "rows_accounted_for",
        "status_or_reason",
    }


def test_nightly_runs_at_half_past_two_in_london() -> None:
    schedule = definitions().resolve_schedule_def("nightly_at_0230")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 2 * * *", "Europe/London")
    assert schedule.job_name == "nightly"
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
