"""Each forecast by the method that is agreed, with what it is made from, or the reason why there is none."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sql.harness import Given, Row, day, dec, run, run_one
from tests.sql.rows import QUARTER, definition, known, quarter, quarter_start, rolling

EVENTS = {"unit": "Number", "year_type": "financial", "rated_on": "Year to date", "forecast_method": "Straight line"}
SURVEY = {"year_type": "rolling", "rated_on": "Latest", "forecast_method": "Mean of last four waves"}
SECTOR = {"unit": "Number", "year_type": "snapshot", "rated_on": "Latest", "forecast_method": "Last value"}


def given(figures: Sequence[Row], report_quarter: str = QUARTER, **defined: Any) -> Given:
    return {
        "marts.reporting_quarter": [quarter(report_quarter)],
        "marts.rating_definition": [definition(report_quarter=report_quarter, **defined)],
        "marts.known_observation": [row | {"report_quarter": report_quarter} for row in figures],
    }


def forecast(figures: Sequence[Row], report_quarter: str = QUARTER, **defined: Any) -> Row:
    return run_one("marts.forecast", given(figures, report_quarter, **defined))


def events(**quarters: str | None) -> list[Row]:
    """Quarterly figures of 2021-22: Q1="10"."""
    return [known(f"2021-22-{name}", value) for name, value in quarters.items()]


def waves(*starts: str, value: str = "76") -> list[Row]:
    """A figure of the wave in each of these quarters."""
    return [known(f"{start}", value, year_type="wave") for start in starts]


FOUR_WAVES = waves("2020-21-Q2", "2020-21-Q3", "2020-21-Q4", "2021-22-Q1")
TO_JUNE, TO_MARCH = rolling(quarter_start("2021-22-Q2"), "76"), rolling(quarter_start("2021-22-Q1"), "74")


def test_a_service_forecast_is_kept_with_its_cell() -> None:
    figures = [
        known("2021-22 academic", "94", value_kind="forecast", as_at=day("2021-10-22")),
        known("2020-21 academic", "93.185079"),
    ]
    row = forecast(figures)
    assert (row["method"], row["forecast_value"]) == ("Service forecast", dec("94"))
    assert (row["forecast_period"], row["forecast_end"]) == ("2021-22 academic", day("2022-08-01"))
    assert (row["made_on"], row["known_by"]) == (day("2021-10-22"), day("2021-11-12"))
    assert row["previous_value"] == dec("93.185079")
    found = run_one("marts.forecast_input", given(figures))
    assert (found["origin_id"], found["value"]) == ("origin of 2021-22 academic", dec("94"))


def test_in_the_first_quarter_the_academic_year_is_the_one_that_ends() -> None:
    row = forecast([known("2020-21 academic", "94", value_kind="forecast")], "2021-22-Q1")
    assert (row["forecast_period"], row["forecast_end"]) == ("2020-21 academic", day("2021-08-01"))


@pytest.mark.parametrize(
    ("report_quarter", "figures", "expected"),
    [
        pytest.param("2021-22-Q1", events(Q1="10"), "40", id="one_quarter"),
        pytest.param("2021-22-Q2", events(Q1="10", Q2="15"), "50", id="two_quarters"),
        pytest.param("2021-22-Q2", events(Q1="0", Q2="15"), "30", id="a_quarter_of_zero"),
        pytest.param("2021-22-Q3", events(Q1="10", Q2="15", Q3="12"), "49.333333", id="three_quarters_rounded"),
    ],
)
def test_the_year_so_far_in_a_straight_line(report_quarter: str, figures: list[Row], expected: str) -> None:
    row = forecast(figures, report_quarter, **EVENTS)
    assert (row["forecast_value"], row["no_forecast_reason"]) == (dec(expected), None)
    assert (row["forecast_period"], row["forecast_end"]) == ("2021-22", day("2022-04-01"))
    assert row["input_count"] == row["inputs_needed"] == int(report_quarter[-1])


def test_a_straight_line_names_the_quarters_of_the_year_and_no_others() -> None:
    figures = [known("2020-21-Q4", "9"), *events(Q1="10", Q2="15", Q3="12")]
    rows = run("marts.forecast_input", given(figures, **EVENTS))
    assert [row["origin_id"] for row in rows] == ["origin of 2021-22-Q1", "origin of 2021-22-Q2"]


def test_it_is_made_on_the_day_of_its_last_input() -> None:
    days = {"Q1": "2021-09-01", "Q2": "2021-10-11"}
    figures = [known(f"2021-22-{name}", "10", as_at=day(known_on)) for name, known_on in days.items()]
    assert forecast(figures, **EVENTS)["made_on"] == day("2021-10-11")


@pytest.mark.parametrize(
    ("figures", "count"),
    [
        pytest.param(events(Q2="15"), 1, id="first_quarter_missing"),
        pytest.param(events(Q1=None, Q2="15"), 1, id="first_quarter_not_available"),
        pytest.param(events(Q1="10"), 1, id="own_quarter_missing"),
        pytest.param([], 0, id="nothing_known"),
    ],
)
def test_without_every_quarter_nothing_is_guessed(figures: list[Row], count: int) -> None:
    row = forecast(figures, **EVENTS)
    assert (row["forecast_value"], row["no_forecast_reason"]) == (None, "inputs_incomplete")
    assert (row["input_count"], row["inputs_needed"], row["made_on"]) == (count, 2, None)


def test_a_forecast_of_the_service_goes_before_a_straight_line() -> None:
    row = forecast([*events(Q1="10", Q2="15"), known("2021-22", "44", value_kind="forecast")], **EVENTS)
    assert (row["method"], row["forecast_value"], row["input_count"]) == ("Service forecast", dec("44"), 1)


@pytest.mark.parametrize("year", [[], [known("2021-22", "30", value_kind="forecast")]])
def test_four_quarters_leave_nothing_to_forecast(year: list[Row]) -> None:
    row = forecast([*events(Q1="10", Q2="15", Q3="12", Q4="13"), *year], "2021-22-Q4", **EVENTS)
    assert (row["forecast_value"], row["no_forecast_reason"]) == (None, "outturn_known")


@pytest.mark.parametrize("kind", ["actual", "provisional"])
def test_an_outturn_leaves_nothing_to_forecast(kind: str) -> None:
    row = forecast([known("2021-22 academic", "94", value_kind=kind)])
    assert (row["forecast_value"], row["no_forecast_reason"]) == (None, "outturn_known")


def test_the_last_four_waves_forecast_the_year_to_march() -> None:
    row = forecast([*FOUR_WAVES, TO_JUNE, TO_MARCH], **SURVEY)
    assert (row["forecast_value"], row["previous_value"]) == (dec("76"), dec("74"))
    assert (row["forecast_period"], row["forecast_end"]) == ("year to Mar 2022", day("2022-04-01"))
    assert (row["input_count"], row["inputs_needed"], row["scaled_by"]) == (4, 4, 1)


def test_a_mean_names_its_own_four_waves() -> None:
    earlier_and_later = waves("2020-21-Q1", "2021-22-Q2")
    rows = run("marts.forecast_input", given([*FOUR_WAVES, *earlier_and_later, TO_JUNE], **SURVEY))
    assert [row["period_label"] for row in rows] == ["2020-21-Q2", "2020-21-Q3", "2020-21-Q4", "2021-22-Q1"]


def test_three_waves_give_no_forecast() -> None:
    row = forecast(waves("2020-21-Q3", "2020-21-Q4", "2021-22-Q1"), **SURVEY)
    assert (row["forecast_value"], row["no_forecast_reason"], row["input_count"]) == (None, "inputs_incomplete", 3)


def test_the_year_to_march_itself_leaves_nothing_to_forecast() -> None:
    four = waves("2020-21-Q1", "2020-21-Q2", "2020-21-Q3", "2020-21-Q4", value="74")
    row = forecast([*four, TO_MARCH], "2020-21-Q4", **SURVEY)
    assert (row["forecast_value"], row["no_forecast_reason"]) == (None, "outturn_known")


def test_the_last_snapshot_stands_for_the_years_end() -> None:
    row = forecast([known("2021-05", "1600"), known("2021-10", "1672")], **SECTOR)
    assert (row["forecast_value"], row["previous_value"]) == (dec("1672"), dec("1600"))
    assert (row["forecast_period"], row["forecast_end"], row["input_count"]) == ("2022-03", day("2022-04-01"), 1)


def test_without_a_snapshot_nothing_is_guessed() -> None:
    assert forecast([], **SECTOR)["no_forecast_reason"] == "inputs_incomplete"


@pytest.mark.parametrize(("label", "reason"), [("2022-02", None), ("2022-03", "outturn_known")])
def test_a_snapshot_at_the_years_end_leaves_nothing_to_forecast(label: str, reason: str | None) -> None:
    row = forecast([known(label, "1700")], "2021-22-Q4", **SECTOR)
    assert (row["no_forecast_reason"], row["forecast_value"] is None) == (reason, reason is not None)


@pytest.mark.parametrize("figures", [[], events(Q1="10", Q2="15")])
def test_without_a_method_there_is_no_forecast(figures: list[Row]) -> None:
    row = forecast(figures, **EVENTS | {"forecast_method": "None"})
    assert (row["method"], row["forecast_value"], row["no_forecast_reason"]) == ("None", None, "no_method")
    assert (row["input_count"], row["inputs_needed"]) == (0, None)


@pytest.mark.parametrize(
    ("method", "year_type"),
    [
        ("Straight line", "academic"),
        ("Straight line", "snapshot"),
        ("Mean of last four waves", "financial"),
        ("Last value", "academic"),
    ],
)
def test_a_method_must_fit_the_measures_year(method: str, year_type: str) -> None:
    row = forecast([], forecast_method=method, year_type=year_type)
    assert (row["forecast_value"], row["no_forecast_reason"]) == (None, "method_does_not_fit")


@pytest.mark.parametrize(
    ("figures", "defined"),
    [
        pytest.param([known("2021-22 academic", "94", value_kind="forecast")], {}, id="of_the_service"),
        pytest.param(events(Q1="10", Q2="15"), EVENTS | {"rated_on": "Forecast"}, id="projected"),
        pytest.param(
            [*events(Q1="10", Q2="15"), known("2021-22", "44", value_kind="forecast")],
            EVENTS | {"rated_on": "Forecast"},
            id="of_the_service_beside_a_projection",
        ),
    ],
)
def test_a_forecast_that_is_rated_is_this_one(figures: list[Row], defined: Row) -> None:
    tables = given(figures, **defined)
    status, stored = run_one("marts.measure_status", tables), run_one("marts.forecast", tables)
    assert status["value_kind"] == "forecast"
    assert (status["value"], status["value_period"]) == (stored["forecast_value"], stored["forecast_period"])


def test_four_quarters_are_rated_before_a_forecast_of_their_year() -> None:
    figures = [*events(Q1="10", Q2="15", Q3="12", Q4="13"), known("2021-22", "30", value_kind="forecast")]
    status = run_one("marts.measure_status", given(figures, "2021-22-Q4", **EVENTS | {"rated_on": "Forecast"}))
    assert (status["value"], status["value_kind"]) == (dec("50"), "actual")
