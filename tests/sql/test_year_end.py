"""The figures of the two years before, beside the rated value."""

from collections.abc import Sequence

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import QUARTER, definition, known, quarter, rated, rolling


def years_back(
    year_type: str, figures: Sequence[Row], value_period: str | None, report_quarter: str = QUARTER
) -> dict[int, str]:
    values = [] if value_period is None else [rated(report_quarter=report_quarter, value_period=value_period)]
    rows = run(
        "marts.year_end",
        {
            "marts.reporting_quarter": [quarter(report_quarter)],
            "marts.rating_definition": [definition(report_quarter=report_quarter, year_type=year_type)],
            "marts.known_observation": [row | {"report_quarter": report_quarter} for row in figures],
            "marts.rated_value": values,
        },
    )
    return {row["years_back"]: row["period_label"] for row in rows}


ACADEMIC = [known(f"{label} academic", "90") for label in ("2018-19", "2019-20", "2020-21", "2021-22")]


@pytest.mark.parametrize(
    ("report_quarter", "rated_period", "expected"),
    [
        ("2021-22-Q2", "2021-22 academic", {1: "2020-21 academic", 2: "2019-20 academic"}),
        ("2021-22-Q1", "2020-21 academic", {1: "2019-20 academic", 2: "2018-19 academic"}),
    ],
)
def test_academic_years(report_quarter: str, rated_period: str, expected: dict[int, str]) -> None:
    assert years_back("academic", ACADEMIC, rated_period, report_quarter) == expected


def test_financial_years_and_not_their_quarters() -> None:
    figures = [known("2021-22", "44"), known("2020-21", "40"), known("2019-20", "38"), known("2020-21-Q1", "10")]
    assert years_back("financial", figures, "2021-22 to Q2") == {1: "2020-21", 2: "2019-20"}


def test_snapshots_before_the_latest() -> None:
    figures = [known(label, "1600") for label in ("2019-05", "2020-05", "2021-05", "2021-10")]
    assert years_back("snapshot", figures, "2021-10") == {1: "2021-05", 2: "2020-05"}


ROLLING = [rolling(day(end), "74") for end in ("2019-04-01", "2020-04-01", "2020-07-01", "2021-04-01", "2021-07-01")]


def test_rolling_years_to_march() -> None:
    assert years_back("rolling", ROLLING, "year to Jun 2021") == {1: "year to Mar 2021", 2: "year to Mar 2020"}


def test_the_rated_period_does_not_stand_beside_itself() -> None:
    assert years_back("rolling", ROLLING, "year to Mar 2021", "2021-22-Q1") == {2: "year to Mar 2020"}


def test_an_unrated_measure_has_its_years_too() -> None:
    assert years_back("academic", ACADEMIC, None) == {1: "2020-21 academic", 2: "2019-20 academic"}


def test_a_year_before_a_redefinition_is_marked() -> None:
    given = {
        "marts.reporting_quarter": [quarter()],
        "marts.rating_definition": [definition(year_type="financial")],
        "marts.known_observation": [known("2020-21", "40"), known("2019-20", "38")],
        "marts.rated_value": [rated(value_period="2021-22")],
        "marts.series_break": [{"report_quarter": QUARTER, "measure_code": "IN.16", "break_on": day("2020-04-01")}],
    }
    marked = {row["period_label"]: row["is_before_break"] for row in run("marts.year_end", given)}
    assert marked == {"2020-21": False, "2019-20": True}


def test_a_year_carries_its_figure_and_cells() -> None:
    given = {
        "marts.reporting_quarter": [quarter()],
        "marts.rating_definition": [definition()],
        "marts.known_observation": [known("2020-21 academic", "93.185079", value_kind="provisional")],
        "marts.rated_value": [rated()],
    }
    [row] = run("marts.year_end", given)
    assert (row["value"], row["value_kind"]) == (dec("93.185079"), "provisional")
    assert row["origin_id"] == "origin of 2020-21 academic"
