"""Logs of runs as JSON: what is kept of what Dagster says, where, and for how long."""

import json
import os
import time
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.operations.run_log import RunLogHandler, kept_days, log_folder, remove_old

SETTINGS = """
telemetry:
  enabled: false
python_logs:
  dagster_handler_config:
    handlers:
      run_log:
        class: pipelines.operations.run_log.RunLogHandler
"""


@dg.asset(check_specs=[dg.AssetCheckSpec("holds", asset="grants")])
def grants(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]  # Dagster wants a tuple or nothing
    context.log.info("2 workbooks read")
    context.log.debug("nobody needs this")
    metadata: dict[str, Any] = {"dagster/row_count": 7, "seconds": 0.25, "kept": True, "where": "raw/"}
    check = dg.AssetCheckResult(passed=False, metadata={"rows that are wrong": 3})
    return dg.MaterializeResult(metadata=metadata, check_results=[check])


@dg.asset
def broken() -> None:
    raise ValueError("no workbook")


def lines_of(home: Path, *assets: dg.AssetsDefinition) -> list[dict[str, object]]:
    (home / "dagster.yaml").write_text(SETTINGS)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        dg.materialize(list(assets), instance=instance, raise_on_error=False)
    return [json.loads(line) for path in home.glob("run_logs/*") for line in path.read_text().splitlines()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.delenv("NEIGHBOURHOODS_RUN_LOGS", raising=False)
    return tmp_path


def test_a_line_for_what_was_said_made_and_checked(home: Path) -> None:
    lines = lines_of(home, grants)
    assert [line["event"] for line in lines] == [
        "run started", "message", "asset made", "check done", "step succeeded", "run succeeded"
    ]  # fmt: skip
    _, message, made, check, step, _ = lines
    assert (message["message"], message["level"], message["step"]) == ("2 workbooks read", "INFO", "grants")
    assert (made["asset"], made["counts"]) == ("grants", {"row_count": 7, "seconds": 0.25})
    assert (check["check"], check["passed"], check["counts"]) == ("holds", False, {"rows that are wrong": 3})
    assert isinstance(step["seconds"], float)
    assert len({line["run_id"] for line in lines}) == 1
    assert str(lines[0]["time"])[10] == "T"


def test_failure_says_why(home: Path) -> None:
    [failed] = [line for line in lines_of(home, broken) if line["event"] == "step failed"]
    assert failed["level"] == "ERROR"
    assert "ValueError: no workbook" in str(failed["error"])


def test_switched_off_or_elsewhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEIGHBOURHOODS_RUN_LOGS", "off")
    assert lines_of(home, grants) == []
    assert log_folder({}) is None
    assert log_folder({"NEIGHBOURHOODS_RUN_LOGS": "/var/log/n", "DAGSTER_HOME": "/d"}) == Path("/var/log/n")
    assert log_folder({"DAGSTER_HOME": "/d"}) == Path("/d/run_logs")


def test_log_that_cannot_be_written_stops_no_run_and_is_told_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "run_logs").write_text("in the way")
    (home / "dagster.yaml").write_text(SETTINGS)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert dg.materialize([grants], instance=instance).success
    assert capsys.readouterr().err.count("the log of the run cannot be written") == 1


@pytest.mark.parametrize(("text", "days"), [("", 90), ("7", 7), ("0", 90), ("-1", 90), ("a week", 90)])
def test_days_for_which_logs_are_kept(text: str, days: int) -> None:
    assert kept_days({"NEIGHBOURHOODS_RUN_LOG_DAYS": text}) == days


def test_old_logs_are_removed(tmp_path: Path) -> None:
    for name, age in (("old.jsonl", 8), ("young.jsonl", 6), ("old.txt", 8)):
        (tmp_path / name).touch()
        then = time.time() - age * 24 * 3600
        os.utime(tmp_path / name, (then, then))
    remove_old(tmp_path, 7)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.txt", "young.jsonl"]


def test_handler_needs_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    RunLogHandler().emit(logging.makeLogRecord({"dagster_meta": {"run_id": "1"}, "levelno": 20, "msg": "said"}))
