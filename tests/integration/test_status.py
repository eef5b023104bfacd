"""`neighbourhoods status`: as published, and as known before, on and after the days on which something came."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.explain import NotKnown
from pipelines.status import status_of_quarter
from tests.conftest import Installation
from tests.sql.small_warehouse import small_warehouse

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(published: Installation, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command on the published installation; its exit code, what it printed, and what it complained of."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["status", *arguments, "--root", str(published.paths.root)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture(scope="module")
def with_corrections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file in which an agreement, a forecast and a wave were corrected after a cut-off."""
    folder = tmp_path_factory.mktemp("small")
    with small_warehouse(folder):
        pass
    return folder / "small.duckdb"


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["measure_code"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_latest_quarter_as_it_was_published(run: Run, published: Installation) -> None:
    code, printed, complaints = run("--csv")
    assert (code, complaints) == (0, "")
    reported = published.rows("select * from marts.measure_status where report_quarter = '2021-22-Q2'")
    assert len(rows(printed)) == len(reported) == 22
    assert {code: row["status"] for code, row in rows(printed).items() if row["status"]} == {
        "IN.16": "A", "IN.17": "G", "IN.18": "A", "IN.19": "R", "IN.2": "G", "IN.3": "G"
    }  # fmt: skip
    assert {row["known_on"] for row in rows(printed).values()} == {"2021-11-12"}


def test_the_table_has_a_line_for_every_measure(run: Run) -> None:
    code, printed, _ = run("--as-at", "12/11/2021", "--quarter", "2021-22-q2")
    assert code == 0
    assert sum(line.startswith("IN.") for line in printed.splitlines()) == 22
    assert "IN.19" in printed
    assert "Red (R)" in printed
    assert printed.endswith("Amber (A) 2, Green (G) 3, Not rated 16, Red (R) 1\n")


@pytest.mark.parametrize(
    ("as_at", "value", "status"),
    [("2021-10-21", "", ""), ("2021-10-22", "94.000000", "A"), ("2021-11-13", "94.000000", "A")],
)
def test_before_and_on_the_day_on_which_a_forecast_came(run: Run, as_at: str, value: str, status: str) -> None:
    _, printed, _ = run("--as-at", as_at, "--csv")
    row = rows(printed)["IN.16"]
    assert (row["report_quarter"], row["value"], row["status"]) == ("2021-22-Q2", value, status)


@pytest.mark.parametrize(
    ("as_at", "quarter"),
    [
        ("2021-09-30", "2021-22-Q1"),
        ("2021-10-01", "2021-22-Q2"),
        ("2030-01-01", "2021-22-Q2"),
        ("2019-08-01", "2019-20-Q1"),
    ],
)
def test_a_day_shows_the_latest_quarter_that_had_ended(run: Run, as_at: str, quarter: str) -> None:
    _, printed, _ = run("--as-at", as_at, "--csv")
    assert {row["report_quarter"] for row in rows(printed).values()} == {quarter}


@pytest.mark.parametrize("quarter", [(), ("--quarter", "2021-22-Q2")])
def test_before_the_first_receipt_nothing_was_known(run: Run, quarter: tuple[str, ...]) -> None:
    said = "Nothing was known on 07/06/2010: the first workbook came on 08/06/2010.\n"
    assert run("--as-at", "2010-06-07", *quarter) == (0, said, "")
    code, printed, complaints = run("--as-at", "2010-06-07", "--csv", *quarter)
    assert (code, rows(printed), complaints) == (0, {}, said)
    assert rows(run("--as-at", "2010-06-08", "--csv", *quarter)[1])


def test_a_quarter_that_there_is_not_lists_those_that_there_are(run: Run) -> None:
    code, printed, complaints = run("--quarter", "2035-36-Q1")
    assert (code, printed) == (64, "")
    assert "'2035-36-Q1' is not a reporting quarter of this warehouse. Known are: 2019-20-Q1, " in complaints


@pytest.mark.parametrize("as_at", ["2021-13-01", "11/13/2021", "yesterday"])
def test_what_is_no_day_is_wrong_usage(as_at: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["status", "--as-at", as_at])
    assert stopped.value.code == 64
    assert f"'{as_at}' is not a day; write it as 2021-11-12 or 12/11/2021" in capsys.readouterr().err


def test_nothing_published_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--root", str(tmp_path)]) == 1
    assert "run `neighbourhoods nightly` first" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("as_at", "value", "target", "status"),
    [
        pytest.param(None, "94", "97", "A", id="as_published"),
        pytest.param("2021-11-12", "94", "97", "A", id="on_the_cut_off"),
        pytest.param("2021-11-19", "94", "97", "A", id="the_day_before_the_agreement_is_corrected"),
        pytest.param("2021-11-20", "94", "99", "R", id="the_day_of_the_corrected_agreement"),
        pytest.param("2021-12-01", "98", "99", "A", id="the_day_of_the_corrected_forecast"),
    ],
)
def test_superseded_editions_count_on_their_days(
    with_corrections: Path, as_at: str | None, value: str, target: str, status: str
) -> None:
    day = None if as_at is None else date.fromisoformat(as_at)
    found = status_of_quarter(with_corrections, day, "2021-22-Q2")
    [row] = [measure for measure in found.measures if measure.measure_code == "IN.16"]
    assert (row.value, row.target_value, row.status) == (Decimal(value), Decimal(target), status)
    assert (found.known_by == found.cut_off) is (as_at in (None, "2021-11-12"))


def test_unknown_quarter_is_an_error_in_python_too(with_corrections: Path) -> None:
    with pytest.raises(NotKnown, match="2021-22-Q2"):
        status_of_quarter(with_corrections, quarter="2035-36-Q1")
