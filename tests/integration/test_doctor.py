"""A published installation as the doctor sees it, and what its run left in logs and in the numbers of the UI."""

import json
from typing import Any

import dagster as dg
import pytest

from pipelines.cli import main
from tests.conftest import Installation


def doctor(installation: Installation, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(installation.dagster_home))
        code = main(["doctor", "--root", str(installation.paths.root), *options])
    return code, capsys.readouterr().out


def test_nothing_is_bad_after_a_nightly(published: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = doctor(published, capsys, "--deep")
    assert (code, "0 bad" in said) == (0, True)
    looked_at = [line.split()[1] for line in said.splitlines() if line.startswith("look")]
    assert looked_at == ["daemon"]
    assert "all hashed and sound" in said
    assert "nightly_at_0230 is on" in said
    assert max(len(line) for line in said.splitlines()) <= 100


def test_run_left_a_log_with_its_numbers(published: Installation) -> None:
    [path] = published.dagster_home.glob("run_logs/*.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [lines[0]["event"], lines[-1]["event"]] == ["run started", "run succeeded"]
    made = {line["asset"]: line["counts"] for line in lines if line["event"] == "asset made"}
    [(measures,)] = published.rows("select count(*) from marts.measure")
    assert made["marts/measure"]["row_count"] == measures
    assert any(line["message"].startswith("published ") for line in lines)


@pytest.mark.parametrize(("asset", "numbers"), [
    ("staged/receipt", {"dagster/row_count", "bytes", "new files"}),
    ("staged/continuing_education_forecast", {"dagster/row_count", "rows rejected", "workbooks refused", "bytes",
                                              "seconds to stage the source"}),
    ("marts/measure_status", {"dagster/row_count", "seconds"}),
    ("audit/workbook", {"dagster/row_count", "seconds"}),
    ("published/inclusive_neighbourhoods", {"dagster/row_count", "bytes", "seconds", "files refused", "rows rejected",
                                            "findings"}),
    ("published/reports", {"reports", "bytes", "seconds"}),
])  # fmt: skip
def test_ui_has_numbers_to_plot(published: Installation, asset: str, numbers: set[str]) -> None:
    with dg.DagsterInstance.from_config(str(published.dagster_home)) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey(asset.split("/")))
    assert event is not None
    assert event.asset_materialization is not None
    values: dict[str, Any] = {name: value.value for name, value in event.asset_materialization.metadata.items()}
    plotted = {name for name, value in values.items() if isinstance(value, int | float)}
    assert numbers <= plotted
    if asset == "published/inclusive_neighbourhoods":
        assert values["bytes"] == published.paths.published.stat().st_size
        assert published.rows("select sum(rows_rejected) from audit.workbook") == [(values["rows rejected"],)]
