"""Which value is rated and what the trend compares, from known observations to the status."""

from collections.abc import Sequence

import pytest

from tests.sql.harness import Row, dec, run, run_one
from tests.sql.rows import QUARTER, definition, known, quarter, rolling
from tests.sql.rows import quarter_start as start_of

EVENTS = {
    "unit": "Number",
    "year_type": "financial",
    "rated_on": "Year to date",
    "forecast_method": "Straight line",
    "target_value": "10",
}
PREVIOUS_YEAR = [known(f"2020-21-Q{number}", "10") for number in (1, 2, 3, 4)]


def status_of(figures: Sequence[Row], report_quarter: str = QUARTER, **defined: str) -> Row:
    return run_one(
        "marts.computed_status",
        {
            "marts.commentary": [],
            "marts.reporting_quarter": [quarter(report_quarter)],
            "marts.rating_definition": [definition(report_quarter=report_quarter, **defined)],
            "marts.known_observation": [row | {"report_quarter": report_quarter} for row in figures],
        },
    )


def test_academic_measure_rates_the_forecast_against_the_actual_before() -> None:
    figures = [known("2021-22 academic", "94", value_kind="forecast"), known("2020-21 academic", "93.185079")]
    row = status_of(figures)
    assert (row["value"], row["value_kind"], row["value_period"]) == (dec("94"), "forecast", "2021-22 academic")
    assert (row["previous_value"], row["previous_period"]) == (dec("93.185079"), "2020-21 academic")
    assert (row["status"], row["status_reason"], row["trend"]) == ("A", "forecast", "stable")


def test_academic_measure_is_in_the_year_of_the_quarters_last_day() -> None:
    figures = [known("2021-22 academic", "94", value_kind="forecast"), known("2020-21 academic", "93")]
    row = status_of(figures, "2021-22-Q1")
    assert (row["value"], row["value_period"], row["value_kind"]) == (dec("93"), "2020-21 academic", "actual")


def test_a_forecast_of_the_year_before_is_not_compared_with() -> None:
    figures = [known(f"{year} academic", "94", value_kind="forecast") for year in ("2020-21", "2021-22")]
    row = status_of(figures)
    assert (row["previous_value"], row["previous_period"], row["trend"]) == (None, None, None)
    assert row["trend_reason"] == "previous_not_available"


def test_year_to_date_is_rated_and_the_trend_is_projected() -> None:
    row = status_of([*PREVIOUS_YEAR, known("2021-22-Q1", "10"), known("2021-22-Q2", "15")], **EVENTS)
    assert (row["value"], row["value_period"], row["value_kind"]) == (dec("25"), "2021-22 to Q2", "interim")
    assert (row["status"], row["status_reason"]) == ("G", "year_to_date")
    assert (row["trend"], row["change_pct"]) == ("better", dec("25"))
    assert "projected" in row["trend_reason"]


def test_year_to_date_is_not_compared_with_a_full_year() -> None:
    row = status_of([*PREVIOUS_YEAR, known("2021-22-Q1", "10"), known("2021-22-Q2", "10")], **EVENTS)
    assert (row["value"], row["previous_value"]) == (dec("20"), dec("40"))
    assert (row["trend"], row["change_pct"]) == ("stable", dec("0"))


def test_a_service_forecast_stands_in_for_the_projection() -> None:
    figures = [known("2021-22", "44", value_kind="forecast"), known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of([*PREVIOUS_YEAR, *figures], **EVENTS)
    assert (row["value"], row["status_reason"]) == (dec("25"), "year_to_date")
    assert (row["trend"], row["change_pct"]) == ("better", dec("10"))
    assert "projected" not in row["trend_reason"]
    assert "forecast" in row["trend_reason"]


def test_a_quarter_that_was_not_collected_says_why_there_is_no_figure_of_the_year() -> None:
    forecast = {"year_type": "financial", "forecast_method": "None"}
    row = status_of([known(QUARTER, None, availability="not_collected"), known("2020-21", "48.8")], **forecast)
    assert (row["value"], row["status"], row["status_reason"]) == (None, None, "not_collected")
    assert (row["previous_value"], row["trend_reason"]) == (dec("48.8"), "not_collected")


def test_an_earlier_quarter_that_was_not_collected_says_nothing_of_this_one() -> None:
    figures = [known("2021-22-Q1", None, availability="not_collected")]
    row = status_of(figures, year_type="financial", forecast_method="None")
    assert (row["status_reason"], row["trend_reason"]) == ("value_not_available", "value_not_available")


def test_a_quarter_with_a_figure_is_no_figure_of_the_year() -> None:
    row = status_of([known(QUARTER, "40")], year_type="financial", forecast_method="None")
    assert (row["value"], row["status_reason"]) == (None, "value_not_available")


def test_a_year_that_is_known_goes_before_a_quarter_that_was_not_collected() -> None:
    figures = [known("2021-22", "98"), known("2021-22-Q4", None, availability="not_collected")]
    row = status_of(figures, "2021-22-Q4", year_type="financial", forecast_method="None")
    assert (row["value"], row["status"]) == (dec("98"), "G")


@pytest.mark.parametrize("previous", [[], [known("2020-21", "20")]])
def test_a_level_has_a_figure_and_no_year_end(previous: list[Row]) -> None:
    figures = [known("2021-22-Q1", "46"), known(QUARTER, "21"), *previous]
    row = status_of(figures, **EVENTS | {"forecast_method": "None"})
    assert (row["value"], row["value_period"], row["status"]) == (dec("21"), QUARTER, "G")
    assert (row["trend"], row["trend_reason"], row["change_pct"]) == (None, "year_end_not_forecast", None)


def test_the_whole_year_is_neither_to_date_nor_projected() -> None:
    figures = [known(f"2021-22-Q{number}", "11") for number in (1, 2, 3, 4)]
    row = status_of([*PREVIOUS_YEAR, *figures], "2021-22-Q4", **EVENTS)
    assert (row["value"], row["value_period"], row["status_reason"]) == (dec("44"), "2021-22", "actual")
    assert (row["trend"], row["change_pct"]) == ("better", dec("10"))
    assert "projected" not in row["trend_reason"]


def test_a_published_year_before_needs_no_quarters() -> None:
    figures = [known("2020-21", "40"), known("2021-22-Q1", "10"), known("2021-22-Q2", "10")]
    row = status_of(figures, **EVENTS)
    assert (row["previous_value"], row["previous_period"], row["trend"]) == (dec("40"), "2020-21", "stable")


def test_a_missing_quarter_leaves_the_measure_unrated() -> None:
    row = status_of([*PREVIOUS_YEAR, known("2021-22-Q2", "15")], **EVENTS)
    assert (row["value"], row["status"], row["status_reason"]) == (None, None, "value_not_available")
    assert (row["trend"], row["trend_reason"]) == (None, "value_not_available")


def test_overlapping_quarters_have_no_year_end_to_compare() -> None:
    figures = [*PREVIOUS_YEAR, known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of(figures, **EVENTS | {"forecast_method": "None"})
    assert (row["value"], row["trend"], row["change_pct"]) == (dec("15"), None, None)


def test_snapshot_is_compared_with_the_snapshot_before() -> None:
    figures = [known("2020-05", "1500"), known("2021-05", "1600"), known("2021-10", "1672")]
    row = status_of(figures, year_type="snapshot", unit="Number", target_type="maximise", rated_on="Latest")
    assert (row["value"], row["value_period"]) == (dec("1672"), "2021-10")
    assert (row["previous_value"], row["previous_period"]) == (dec("1600"), "2021-05")
    assert (row["status_reason"], row["trend"], row["change_pct"]) == ("maximise", "better", dec("4.5"))


def test_rolling_year_is_compared_with_the_year_to_march() -> None:
    figures = [rolling(start_of("2021-22-Q1"), "74"), rolling(start_of("2021-22-Q2"), "75")]
    row = status_of(figures, year_type="rolling", target_type="none")
    assert (row["value_period"], row["previous_period"]) == ("year to Jun 2021", "year to Mar 2021")
    assert (row["trend"], row["change_pct"]) == ("better", dec("1.351351"))


def test_each_measure_has_one_row() -> None:
    defined = [
        definition(),
        definition(measure_code="IN.2", **EVENTS),
        definition(measure_code="IN.14", year_type="snapshot"),
        definition(measure_code="IN.12", year_type="rolling"),
    ]
    figures = [
        known("2021-22 academic", "94"),
        known("2021-22-Q1", "4", measure_code="IN.2"),
        known("2021-22-Q2", "5", measure_code="IN.2"),
        known("2021-10", "1672", measure_code="IN.14"),
        rolling(start_of("2021-22-Q2"), "75", measure_code="IN.12"),
    ]
    given = {"marts.reporting_quarter": [quarter()], "marts.rating_definition": defined}
    rows = run("marts.rated_value", {**given, "marts.known_observation": figures})
    assert {row["measure_code"]: row["value"] for row in rows} == {
        "IN.12": dec("75"),
        "IN.14": dec("1672"),
        "IN.16": dec("94"),
        "IN.2": dec("9"),
    }
    assert len(rows) == 4


def test_the_whole_year_counts_before_a_forecast_of_it() -> None:
    quarters = [known(f"2021-22-Q{number}", "11") for number in (1, 2, 3, 4)]
    row = status_of([*PREVIOUS_YEAR, *quarters, known("2021-22", "30", value_kind="forecast")], "2021-22-Q4", **EVENTS)
    assert (row["value"], row["value_kind"]) == (dec("44"), "actual")


def test_a_forecast_is_projected_where_the_service_gives_none() -> None:
    figures_to_date = [known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of([*PREVIOUS_YEAR, *figures_to_date], **EVENTS | {"rated_on": "Forecast"})
    assert (row["trend"], row["change_pct"]) == ("better", dec("25"))
    assert "projected" in row["trend_reason"]


def test_a_year_to_date_of_overlapping_quarters_says_so() -> None:
    figures_to_date = [known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of(figures_to_date, **EVENTS | {"forecast_method": "None"})
    assert (row["status"], row["status_reason"]) == ("G", "year_to_date")


@pytest.mark.parametrize("availability", ["not_collected", "not_available"])
def test_a_year_without_a_value_as_a_whole_is_rated_on_its_quarters(availability: str) -> None:
    year = known("2021-22", None, availability=availability)
    row = status_of([*PREVIOUS_YEAR, known("2021-22-Q1", "10"), known("2021-22-Q2", "15"), year], **EVENTS)
    assert (row["value"], row["status"], row["status_reason"]) == (dec("25"), "G", "year_to_date")
