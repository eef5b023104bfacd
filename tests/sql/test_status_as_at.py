"""`marts.status_as_at(day)`: on a quarter's cut-off what `measure_status` says, on other days what was known then."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.sql.harness import Row, dec, query
from tests.sql.small_warehouse import small_warehouse

CUT_OFFS = {
    "2020-21-Q3": "2021-02-12",
    "2021-22-Q1": "2021-08-12",
    "2021-22-Q2": "2021-11-12",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with small_warehouse(tmp_path_factory.mktemp("small")) as connection:
        yield connection


def as_at(warehouse: duckdb.DuckDBPyConnection, day: str, measure_code: str, report_quarter: str = "2021-22-Q2") -> Row:
    where = f"measure_code = '{measure_code}' and report_quarter = '{report_quarter}'"
    [row] = query(warehouse, f"select * from marts.status_as_at(date '{day}') where {where}")
    return row


@pytest.mark.parametrize(("report_quarter", "cut_off"), CUT_OFFS.items())
def test_on_its_cut_off_a_quarter_is_as_it_was_reported(
    warehouse: duckdb.DuckDBPyConnection, report_quarter: str, cut_off: str
) -> None:
    where = f"where report_quarter = '{report_quarter}' order by measure_code"
    reported = query(warehouse, f"select * from marts.measure_status {where}")
    assert reported
    assert query(warehouse, f"select * from marts.status_as_at(date '{cut_off}') {where}") == reported


@pytest.mark.parametrize(
    ("day", "value", "previous", "status", "reason"),
    [
        pytest.param("2021-10-14", None, None, None, "value_not_available", id="before_the_courses"),
        pytest.param("2021-10-15", None, None, None, "value_not_available", id="courses_of_the_year_before"),
        pytest.param("2021-10-21", None, None, None, "value_not_available", id="the_day_before_the_forecast"),
        pytest.param("2021-10-22", "94", "94.190871", "A", "forecast", id="the_day_of_the_forecast"),
        pytest.param("2021-11-19", "94", "94.190871", "A", "forecast", id="the_day_before_the_agreement_is_corrected"),
        pytest.param("2021-11-20", "94", "94.190871", "R", "forecast", id="the_day_of_the_corrected_agreement"),
        pytest.param("2021-12-01", "98", "94.190871", "A", "forecast", id="the_day_of_the_corrected_forecast"),
    ],
)
def test_a_status_as_it_was_known_day_by_day(
    warehouse: duckdb.DuckDBPyConnection,
    day: str,
    value: str | None,
    previous: str | None,
    status: str | None,
    reason: str,
) -> None:
    row = as_at(warehouse, day, "IN.16")
    assert row["value"] == (None if value is None else dec(value))
    assert (row["status"], row["status_reason"]) == (status, reason)
    if previous is not None:
        assert row["previous_value"] == dec(previous)


def test_what_came_after_the_cut_off_does_not_change_what_was_reported(warehouse: duckdb.DuckDBPyConnection) -> None:
    where = "where report_quarter = '2021-22-Q2' and measure_code = 'IN.16'"
    [row] = query(warehouse, f"select * from marts.measure_status {where}")
    assert (row["value"], row["target_value"], row["status"]) == (dec("94"), dec("97"), "A")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2021-07-29", None, id="before_the_last_wave"),
        pytest.param("2021-07-30", dec("78.25"), id="four_waves"),
        pytest.param("2021-08-20", dec("78.75"), id="one_of_them_corrected"),
    ],
)
def test_a_rolling_year_as_it_was_known(warehouse: duckdb.DuckDBPyConnection, day: str, expected: object) -> None:
    row = as_at(warehouse, day, "IN.12")
    assert (row["value"] if row["value_period"] == "year to Jun 2021" else None) == expected


def test_a_snapshot_dated_after_the_cut_off_is_never_seen(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = as_at(warehouse, "2021-12-31", "IN.14", "2021-22-Q1")
    assert (row["value"], row["value_period"]) == (dec("1600"), "2021-05")


@pytest.mark.parametrize(
    ("day", "commentary", "override"),
    [
        pytest.param("2021-11-04", None, None, id="approved_and_not_yet_received"),
        pytest.param("2021-11-05", "As forecast", "A", id="received"),
        pytest.param("2021-11-25", "As last forecast", "A", id="corrected"),
    ],
)
def test_commentary_and_override_as_they_were_known(
    warehouse: duckdb.DuckDBPyConnection, day: str, commentary: str | None, override: str | None
) -> None:
    row = as_at(warehouse, day, "IN.19")
    assert (row["commentary"], row["override_status"]) == (commentary, override)
    assert row["status"] == "R"


def test_what_was_known_of_a_locked_quarter_is_not_locked(warehouse: duckdb.DuckDBPyConnection) -> None:
    where = "where report_quarter = '2020-21-Q4' and measure_code = 'IN.16'"
    [published] = query(warehouse, f"select value, status_reason from marts.measure_status {where}")
    [known] = query(warehouse, f"select value, status_reason from marts.status_as_at(date '2021-06-30') {where}")
    assert (published["value"], known["value"]) == (dec("93"), None)


def test_before_anything_was_received_nothing_is_known(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = query(warehouse, "select * from marts.status_as_at(date '2019-01-01')")
    assert rows
    assert {(row["value"], row["target_value"], row["status"]) for row in rows} == {(None, None, None)}


def test_a_printed_report_is_compared_with_what_was_known_on_its_own_day(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Whatever the cut-off of its quarter is: the macro's rows of that day."""
    columns = "report_quarter, measure_code, value, value_kind, value_period, target_value, status, trend"
    reports = query(warehouse, "select distinct report_quarter, as_at from marts.reported_status")
    assert reports
    for report in reports:
        quarter = f"where report_quarter = '{report['report_quarter']}'"
        known = query(
            warehouse,
            f"select {columns} from marts.status_as_at(date '{report['as_at']}') {quarter} order by measure_code",
        )
        printed = f"{quarter} and as_at = date '{report['as_at']}' order by measure_code"
        assert query(warehouse, f"select {columns} from marts.reported_status {printed}") == known
