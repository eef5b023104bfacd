"""Snapshots and rolling years: the latest that a quarter sees, and what it is compared with."""

from collections.abc import Sequence

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import QUARTER, definition, known, quarter, rolling

TO_DEC_2020, TO_MAR_2021, TO_JUN_2021, TO_SEP_2021 = (
    rolling(day("2021-01-01"), "73"),
    rolling(day("2021-04-01"), "74"),
    rolling(day("2021-07-01"), "75"),
    rolling(day("2021-10-01"), "76"),
)


def level(year_type: str, figures: Sequence[Row], report_quarter: str = QUARTER) -> list[Row]:
    return run(
        "marts.level",
        {
            "marts.reporting_quarter": [quarter(report_quarter)],
            "marts.rating_definition": [definition(report_quarter=report_quarter, year_type=year_type)],
            "marts.known_observation": [row | {"report_quarter": report_quarter} for row in figures],
        },
    )


def seen(row: Row) -> tuple[str, str | None]:
    return row["value_period"], row["previous_period"]


def test_latest_snapshot_and_the_one_before() -> None:
    [row] = level("snapshot", [known("2021-05", "1600"), known("2021-10", "1672"), known("2020-05", "1500")])
    assert seen(row) == ("2021-10", "2021-05")
    assert (row["value"], row["previous_value"]) == (dec("1672"), dec("1600"))


def test_first_snapshot_has_none_before() -> None:
    [row] = level("snapshot", [known("2021-10", "1672", value_kind="interim")])
    assert seen(row) == ("2021-10", None)
    assert (row["previous_value"], row["value_kind"]) == (None, "interim")


def test_an_old_snapshot_is_not_stale() -> None:
    [row] = level("snapshot", [known("2019-05", "1400")])
    assert row["value"] == dec("1400")


def test_rolling_year_to_the_quarters_end_against_the_year_to_march() -> None:
    [row] = level("rolling", [TO_DEC_2020, TO_MAR_2021, TO_JUN_2021, TO_SEP_2021])
    assert seen(row) == ("year to Sep 2021", "year to Mar 2021")
    assert (row["value"], row["previous_value"]) == (dec("76"), dec("74"))


@pytest.mark.parametrize(
    ("report_quarter", "expected"),
    [
        pytest.param("2021-22-Q1", [("year to Jun 2021", "year to Mar 2021")], id="its_own_quarter"),
        pytest.param("2021-22-Q2", [("year to Jun 2021", "year to Mar 2021")], id="one_quarter_more"),
        pytest.param("2021-22-Q3", [], id="stale_after_that"),
    ],
)
def test_rolling_year_to_june_counts_for_one_quarter_more(
    report_quarter: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [seen(row) for row in level("rolling", [TO_MAR_2021, TO_JUN_2021], report_quarter)] == expected


def test_rolling_year_that_ends_after_the_quarter_is_not_seen() -> None:
    [row] = level("rolling", [TO_MAR_2021, TO_JUN_2021, TO_SEP_2021], "2021-22-Q1")
    assert seen(row) == ("year to Jun 2021", "year to Mar 2021")


def test_previous_is_the_year_to_march_before_the_report_year_also_in_the_last_quarter() -> None:
    to_mar_2022 = rolling(day("2022-04-01"), "77")
    [row] = level("rolling", [TO_MAR_2021, TO_JUN_2021, TO_SEP_2021, to_mar_2022], "2021-22-Q4")
    assert seen(row) == ("year to Mar 2022", "year to Mar 2021")


def test_nothing_is_compared_with_when_the_year_to_march_is_missing() -> None:
    [row] = level("rolling", [TO_DEC_2020, TO_JUN_2021])
    assert seen(row) == ("year to Jun 2021", None)
    assert row["previous_value"] is None


def test_the_year_end_is_not_compared_with_itself() -> None:
    [row] = level("rolling", [TO_DEC_2020, TO_MAR_2021], "2021-22-Q1")
    assert seen(row) == ("year to Mar 2021", None)


def test_single_waves_are_not_rolling_years() -> None:
    wave = TO_JUN_2021 | {"year_type": "wave", "period_label": "Apr-Jun 2021"}
    assert level("rolling", [wave]) == []
