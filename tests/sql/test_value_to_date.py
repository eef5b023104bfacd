"""Quarterly figures of the year so far: added where the measure accumulates, never where quarters overlap."""

from collections.abc import Mapping

import pytest

from tests.sql.harness import Row, dec, run, run_one
from tests.sql.rows import definition, known, quarter

PREVIOUS_YEAR = {"2020-21-Q1": "8", "2020-21-Q2": "9", "2020-21-Q3": "11", "2020-21-Q4": "12"}


def to_date(report_quarter: str, figures: Mapping[str, str | None], method: str = "Straight line") -> list[Row]:
    defined = definition(
        report_quarter=report_quarter,
        unit="Number",
        year_type="financial",
        rated_on="Year to date",
        forecast_method=method,
    )
    return run(
        "marts.value_to_date",
        {
            "marts.reporting_quarter": [quarter(report_quarter)],
            "marts.rating_definition": [defined],
            "marts.known_observation": [
                known(label, value, report_quarter=report_quarter) for label, value in figures.items()
            ],
        },
    )


def only(report_quarter: str, figures: Mapping[str, str | None], method: str = "Straight line") -> Row:
    [row] = to_date(report_quarter, figures, method)
    return row


@pytest.mark.parametrize(
    ("report_quarter", "value", "period", "kind", "year_end", "projected"),
    [
        pytest.param("2021-22-Q1", "10", "2021-22 to Q1", "interim", "40", True, id="first_quarter"),
        pytest.param("2021-22-Q2", "25", "2021-22 to Q2", "interim", "50", True, id="two_quarters"),
        pytest.param("2021-22-Q3", "37", "2021-22 to Q3", "interim", "49.333333", True, id="three_quarters_rounded"),
        pytest.param("2021-22-Q4", "50", "2021-22", "actual", "50", False, id="whole_year_is_not_projected"),
    ],
)
def test_quarters_are_added_and_projected_in_a_straight_line(
    report_quarter: str, value: str, period: str, kind: str, year_end: str, projected: bool
) -> None:
    quarters = {"2021-22-Q1": "10", "2021-22-Q2": "15", "2021-22-Q3": "12", "2021-22-Q4": "13"}
    row = only(report_quarter, {label: each for label, each in quarters.items() if label <= report_quarter})
    assert (row["value"], row["year_end_value"]) == (dec(value), dec(year_end))
    assert (row["value_period"], row["value_kind"], row["is_projected"]) == (period, kind, projected)


def test_quarters_after_the_reporting_quarter_are_not_added() -> None:
    row = only("2021-22-Q2", {"2021-22-Q1": "10", "2021-22-Q2": "15", "2021-22-Q3": "12"})
    assert row["value"] == dec("25")


def test_quarters_of_the_year_before_are_not_added() -> None:
    assert only("2021-22-Q1", {**PREVIOUS_YEAR, "2021-22-Q1": "10"})["value"] == dec("10")


@pytest.mark.parametrize(
    ("report_quarter", "figures"),
    [
        pytest.param("2021-22-Q2", {"2021-22-Q2": "15"}, id="first_quarter_missing"),
        pytest.param("2021-22-Q2", {"2021-22-Q1": None, "2021-22-Q2": "15"}, id="first_quarter_not_available"),
        pytest.param("2021-22-Q2", {"2021-22-Q1": "10"}, id="own_quarter_missing"),
        pytest.param(
            "2021-22-Q4", {"2021-22-Q1": "1", "2021-22-Q2": "2", "2021-22-Q4": "4"}, id="whole_year_with_a_gap"
        ),
    ],
)
def test_a_missing_quarter_gives_no_value(report_quarter: str, figures: Mapping[str, str | None]) -> None:
    row = only(report_quarter, figures)
    assert (row["value"], row["year_end_value"]) == (None, None)


@pytest.mark.parametrize("figures", [{"2021-22-Q1": "10"}, {"2021-22-Q1": "10", "2021-22-Q2": None}])
def test_an_own_quarter_without_a_figure_is_not_available(figures: Mapping[str, str | None]) -> None:
    assert only("2021-22-Q2", figures)["availability"] == "not_available"


def test_a_quarter_of_zero_counts_as_a_quarter() -> None:
    row = only("2021-22-Q2", {"2021-22-Q1": "0", "2021-22-Q2": "15"})
    assert (row["value"], row["year_end_value"]) == (dec("15"), dec("30"))


@pytest.mark.parametrize("report_quarter", ["2021-22-Q2", "2021-22-Q4"])
def test_quarters_that_overlap_are_never_summed(report_quarter: str) -> None:
    quarters = {"2021-22-Q1": "10", "2021-22-Q2": "15", "2021-22-Q3": "12", "2021-22-Q4": "15"}
    figures = {**PREVIOUS_YEAR, **{label: each for label, each in quarters.items() if label <= report_quarter}}
    row = only(report_quarter, figures, method="None")
    assert (row["value"], row["value_period"]) == (dec("15"), report_quarter)
    assert (row["year_end_value"], row["previous_value"]) == (None, None)


def test_an_overlapping_quarter_needs_no_earlier_one() -> None:
    assert only("2021-22-Q2", {"2021-22-Q2": "15"}, method="None")["value"] == dec("15")


def test_previous_year_is_its_four_quarters() -> None:
    assert only("2021-22-Q1", {**PREVIOUS_YEAR, "2021-22-Q1": "10"})["previous_value"] == dec("40")


@pytest.mark.parametrize("missing", PREVIOUS_YEAR)
def test_previous_year_with_a_missing_quarter_has_no_value(missing: str) -> None:
    three = {label: value for label, value in PREVIOUS_YEAR.items() if label != missing}
    assert only("2021-22-Q1", {**three, "2021-22-Q1": "10"})["previous_value"] is None


def test_a_measure_of_which_nothing_is_known_has_no_row() -> None:
    assert to_date("2021-22-Q2", {}) == []


def test_measures_are_not_added_to_each_other() -> None:
    defined = [
        definition(measure_code=code, year_type="financial", rated_on="Year to date", forecast_method="Straight line")
        for code in ("IN.2", "IN.3")
    ]
    figures = [known("2021-22-Q1", "4", measure_code="IN.3"), known("2021-22-Q2", "5", measure_code="IN.3")]
    given = {"marts.reporting_quarter": [quarter()], "marts.rating_definition": defined}
    row = run_one("marts.value_to_date", {**given, "marts.known_observation": figures})
    assert (row["measure_code"], row["value"]) == ("IN.3", dec("9"))
