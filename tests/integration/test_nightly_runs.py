"""The job again and again: equal rows, nothing to do, a bad workbook, a failed invariant, concurrent readers."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import openpyxl
import pytest

import assets.receipts
import assets.warehouse
from pipelines.cli import main
from pipelines.settings import Paths, code_root
from pipelines.warehouse.checks import Check, read_checks
from pipelines.warehouse.publish import KEPT_VERSIONS, Stamp, private_build, publish
from tests.conftest import Installation
from tests.integration.small_nightly import SmallInstallation
from tests.receivers import webhook_receiver

FORECASTS = (
    "select forecast, superseded_on is null from staging.continuing_education_forecast where measure_code = 'IN.16'"
)
Tables = dict[str, list[tuple[Any, ...]]]


def all_rows(installation: Installation | SmallInstallation) -> Tables:
    with duckdb.connect(str(installation.paths.published), read_only=True) as connection:
        names = connection.execute("select schema_name || '.' || table_name from duckdb_tables() where not internal")
        return {
            str(name): connection.execute(f"select * from {name} order by all").fetchall()
            for (name,) in names.fetchall()
        }


def all_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def materialised(installation: Installation) -> int:
    """Materialisations of the latest run in the installation's Dagster instance."""
    with dg.DagsterInstance.from_config(str(installation.dagster_home)) as instance:
        [latest] = instance.get_run_records(limit=1)
        events = instance.all_logs(latest.dagster_run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        return len(events)


def set_cell(path: Path, sheet: str, cell: str, value: str | float) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)


def test_again_and_from_scratch_and_from_a_backup_give_equal_rows(
    published_copy: Callable[[], Installation], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    installation = published_copy()
    first, made = all_rows(installation), all_files(installation.paths.reports)
    assert len(made) > 100
    assert materialised(installation) > len(first)

    capsys.readouterr()
    assert installation.nightly(with_history=True) == 0
    assert "nothing new" in capsys.readouterr().out
    assert materialised(installation) == 0

    assert installation.nightly("--rebuild") == 0
    assert all_rows(installation) == first

    kept, root = tmp_path / "backups", ["--root", str(installation.paths.root)]
    assert main(["backup", str(kept), *root]) == 0
    subprocess.run(["rm", "-rf", str(installation.paths.warehouse), str(installation.paths.raw)], check=True)
    assert main(["restore", str(kept), *root]) == 0
    assert installation.nightly(with_all_outputs=True) == 0
    assert all_rows(installation) == first
    assert all_files(installation.paths.reports) == made


def test_renamed_column_is_refused_and_the_earlier_edition_counts(
    small_copy: Callable[[], SmallInstallation],
) -> None:
    installation = small_copy()
    learners = "from staging.continuing_education_learners order by all"
    before = installation.rows(learners)
    assert before
    workbook = installation.paths.raw / "continuing_education" / "CE classroom based 2020-21.xlsx"
    set_cell(workbook, "CBL", "D1", "Headcount")

    code, told = installation.nightly()
    assert code == 2
    assert "refused: raw/continuing_education/CE classroom based 2020-21.xlsx" in told
    assert "CBL, D1: the column 'Headcount' is not known" in told
    assert "'Learners / Starts' or 'Enrolments'" in told

    assert installation.rows(learners) == before
    outcomes = installation.rows(
        "select outcome, rows_read = rows_loaded + rows_rejected + rows_set_aside from audit.workbook "
        "where workbook = 'CE classroom based 2020-21.xlsx' order by as_at"
    )
    assert outcomes == [("loaded", True), ("quarantined", True)]
    [cell] = installation.rows("select sheet, cell, column_name from audit.rejected_cell")
    assert cell == ("CBL", "D1", "Headcount")


def test_original_put_back_after_a_correction_counts_again(small_copy: Callable[[], SmallInstallation]) -> None:
    installation = small_copy()
    workbook = installation.paths.raw / "continuing_education" / "CE forecast 2021-22 Q2.xlsx"
    original, receipts = workbook.read_bytes(), installation.paths.register.read_text(encoding="utf-8").splitlines()
    assert installation.rows(f"{FORECASTS} order by all") == [(94, True)]

    set_cell(workbook, "Forecast", "B4", 0.98)
    assert installation.nightly()[0] == 0
    assert installation.rows(f"{FORECASTS} order by 2, 1") == [(94, False), (98, True)]

    workbook.write_bytes(original)
    assert installation.nightly()[0] == 0
    assert installation.rows(f"{FORECASTS} order by 2, 1") == [(94, False), (94, True)]
    assert len(installation.paths.register.read_text(encoding="utf-8").splitlines()) == len(receipts) + 2


def test_refused_file_that_was_withdrawn_needs_no_more_action(small_copy: Callable[[], SmallInstallation]) -> None:
    installation = small_copy()
    stray = installation.paths.raw / "continuing_education" / "notes.txt"
    stray.write_text("Dear all", encoding="utf-8")
    code, told = installation.nightly()
    assert code == 2
    assert "refused: raw" in told
    stray.unlink()
    code, told = installation.nightly()
    assert code == 0
    assert "refused: raw" not in told
    [(outcome, needs_action)] = installation.rows(
        "select outcome, needs_action from audit.workbook where workbook = 'notes.txt'"
    )
    assert (outcome, needs_action) == ("quarantined", False)


def test_conflict_is_ended_by_the_line_that_the_summary_gives(small_copy: Callable[[], SmallInstallation]) -> None:
    installation = small_copy()
    folder = installation.paths.raw / "continuing_education"
    for name, forecast in (("v2", 0.98), ("v3", 0.97)):
        rival = folder / f"CE forecast 2021-22 Q2 {name}.xlsx"
        shutil.copy(folder / "CE forecast 2021-22 Q2.xlsx", rival)
        set_cell(rival, "Forecast", "B4", forecast)
    code, told = installation.nightly()
    assert code == 2
    [line] = [line.strip() for line in told.splitlines() if ",accept," in line and " v3.xlsx" in line]

    header = "decided_on,action,source,workbook,sha256,reason,decided_by"
    decided = line.replace("<why>", "the service confirmed it").replace("<who>", "A. Officer")
    installation.paths.decisions.write_text(f"{header}\n{decided}\n", encoding="utf-8")
    assert installation.nightly()[0] == 0
    assert installation.rows(f"{FORECASTS} and superseded_on is null") == [(97, True)]
    changed = installation.rows("select cell, previous_text, text from audit.edition_difference")
    assert changed == [("B4", "0.94", "0.97")]
    [said] = [
        path.read_text(encoding="utf-8")
        for path in installation.paths.acknowledgements.glob("continuing_education/* v3.xlsx.txt")
    ]
    assert "Forecast, B4: '0.97', was '0.94'" in said


def test_decision_and_correction_without_effect_are_told_and_a_bad_line_stops_the_run(
    small_copy: Callable[[], SmallInstallation],
) -> None:
    installation = small_copy()
    installation.paths.corrections.mkdir()
    corrections = installation.paths.corrections / "continuing_education.csv"
    header = "workbook,sheet,cell,expected,corrected,reason,confirmed_by,confirmed_on"
    corrections.write_text(
        f"{header}\nCE forecast 2021-22 Q2.xlsx,Forecast,B4,0.95,0.98,misread,A. Officer,2021-10-25\n", encoding="utf-8"
    )
    code, told = installation.nightly()
    assert code == 2
    assert "Forecast, B4 is not corrected: sheet 'Forecast', cell B4 holds '0.94', not '0.95'" in told

    corrections.write_text(f"{header}\nCE forecast 2021-22 Q2.xlsx,Forecast,4B,1,2,why,who,2021-10-25\n")
    code, told = installation.nightly()
    assert code == 1
    assert "line 2: cell must be an address such as B4, not '4B'" in told


def test_failed_invariant_publishes_nothing_and_is_told(
    published_copy: Callable[[], Installation],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installation = published_copy()
    told_once = "no alerts are configured"
    (installation.paths.root / ".cache" / "alerts.json").unlink()
    capsys.readouterr()
    assert installation.nightly() == 0
    assert told_once in capsys.readouterr().out
    before = all_rows(installation)
    version = installation.paths.published.resolve()

    def with_a_failing_check(folder: Path) -> list[Check]:
        failing = Check("never_holds", "select 1 as wrong", "Never holds.", "marts.observation", blocking=True)
        return [*read_checks(folder), failing]

    monkeypatch.setattr(assets.warehouse, "read_checks", with_a_failing_check)
    # a due date that goes by starts a build, though nothing has come
    [(due,)] = installation.rows("select min(changes_on) from marts.source_freshness where is_now")
    monkeypatch.setattr(assets.receipts, "today", lambda: due)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with webhook_receiver() as slack:
        monkeypatch.setenv("NEIGHBOURHOODS_SLACK_WEBHOOK", f"http://127.0.0.1:{slack.port}/")
        assert installation.nightly() == 1
    told = capsys.readouterr().out
    assert "NOT PUBLISHED" in told
    assert "never_holds" in told
    assert told_once not in told
    [post] = slack.posts
    assert "not published, since these checks of the warehouse's invariants fail: never_holds" in post.decode()
    assert "Sector3 monitoring (Sector3) has fallen silent" in post.decode()
    assert installation.paths.published.resolve() == version
    assert all_rows(installation) == before


def test_nightly_while_an_analyst_reads(small_copy: Callable[[], SmallInstallation]) -> None:
    installation = small_copy()
    read = (
        "import duckdb, sys; connection = duckdb.connect(sys.argv[1], read_only=True); "
        "print(connection.sql('from staging.continuing_education_forecast').fetchall())"
    )
    with duckdb.connect(str(installation.paths.published), read_only=True) as analyst:
        seen = analyst.sql("from staging.continuing_education_learners").fetchall()
        assert seen
        version = installation.paths.published.resolve()
        assert installation.nightly("--rebuild")[0] == 0
        assert installation.paths.published.resolve() != version
        assert analyst.sql("from staging.continuing_education_learners").fetchall() == seen
        other = subprocess.run(
            [sys.executable, "-c", read, str(installation.paths.published)], capture_output=True, text=True, check=True
        )
    assert "IN.16" in other.stdout


def test_only_the_last_seven_versions_are_kept(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    published = []
    for number in range(KEPT_VERSIONS + 2):
        build = private_build(paths, str(number))
        build.parent.mkdir(parents=True, exist_ok=True)
        build.write_text(str(number))
        published.append(publish(paths, build, Stamp(f"{number:064d}", "")).parent)
    kept = sorted(path for path in (tmp_path / "warehouse" / "versions").iterdir())
    assert kept == published[-KEPT_VERSIONS:]
    assert paths.published.read_text() == str(KEPT_VERSIONS + 1)


def test_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    def exit_code(*arguments: str) -> int:
        command = [sys.executable, "-m", "pipelines.cli", *arguments]
        return subprocess.run(command, cwd=code_root(), capture_output=True, check=False).returncode

    assert exit_code("nightly", "--no-such-option") == 64
    assert exit_code("no-such-command") == 64
    assert exit_code("nightly", "--root", str(tmp_path)) == 64
