"""Past forecasts beside what happened, as first published and as known now."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one

YEAR_END = day("2021-04-01")


def forecast(**changes: Any) -> Row:
    row = {
        "report_quarter": "2020-21-Q2",
        "measure_code": "IN.2",
        "method": "Straight line",
        "forecast_value": "44",
        "forecast_period": "2020-21",
        "forecast_end": YEAR_END,
        "year_type": "financial",
        "made_on": day("2020-10-11"),
        "previous_value": "40",
    }
    return row | changes


def outturn(value: str, as_at: str = "2021-04-19", **changes: Any) -> Row:
    row = {
        "measure_code": "IN.2",
        "period_label": "2020-21",
        "period_end": YEAR_END,
        "year_type": "financial",
        "value": value,
        "as_at": day(as_at),
        "edition": as_at,
        "is_sum": False,
    }
    return row | changes


def scores(forecasts: list[Row], outturns: list[Row]) -> dict[str, Row]:
    rows = run("marts.forecast_score", {"marts.forecast": forecasts, "marts.outturn": outturns})
    return {row["outturn_basis"]: row for row in rows}


def score(forecast_row: Row, outturn_row: Row) -> Row:
    return scores([forecast_row], [outturn_row])["known now"]


@pytest.mark.parametrize(
    ("forecast_value", "value", "error", "size", "relative"),
    [
        pytest.param("44", "40", "4", "4", "10", id="too_high"),
        pytest.param("36", "40", "-4", "4", "10", id="too_low"),
        pytest.param("40", "40", "0", "0", "0", id="exact"),
        pytest.param("4", "0", "4", "4", None, id="an_outturn_of_zero"),
        pytest.param("-36", "-40", "4", "4", "10", id="below_zero"),
    ],
)
def test_the_error_is_the_forecast_less_the_outturn(
    forecast_value: str, value: str, error: str, size: str, relative: str | None
) -> None:
    row = score(forecast(forecast_value=forecast_value), outturn(value))
    assert (row["error"], row["absolute_error"]) == (dec(error), dec(size))
    assert row["relative_error_pct"] == (None if relative is None else dec(relative))


def test_a_restated_outturn_is_scored_as_first_published_and_as_known_now() -> None:
    restated = [outturn("40", superseded_on=day("2021-07-01")), outturn("42", "2021-07-01")]
    rows = scores([forecast()], restated)
    assert {name: (row["outturn_value"], row["error"], row["outturn_known_on"]) for name, row in rows.items()} == {
        "first published": (dec("40"), dec("4"), day("2021-04-19")),
        "known now": (dec("42"), dec("2"), day("2021-07-01")),
    }


def test_a_retracted_outturn_is_only_what_was_first_published() -> None:
    assert list(scores([forecast()], [outturn("40", superseded_on=day("2021-07-01"))])) == ["first published"]


def test_a_years_own_figure_goes_before_the_sum_of_its_quarters() -> None:
    both = [outturn("39", is_sum=True, edition="four quarters"), outturn("40", edition="the year")]
    assert {row["outturn_value"] for row in scores([forecast()], both).values()} == {dec("40")}


def test_quarters_that_were_known_before_the_year_were_published_first() -> None:
    both = [outturn("39", "2021-04-12", is_sum=True), outturn("40")]
    rows = scores([forecast()], both)
    assert (rows["first published"]["outturn_value"], rows["known now"]["outturn_value"]) == (dec("39"), dec("40"))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(outturn("40", period_label="2019-20", period_end=day("2020-04-01")), id="the_year_before"),
        pytest.param(outturn("40", period_label="2021-22", period_end=day("2022-04-01")), id="the_year_after"),
        pytest.param(outturn("40", year_type="rolling"), id="another_calendar"),
        pytest.param(outturn("40", measure_code="IN.3"), id="another_measure"),
    ],
)
def test_only_the_outturn_of_what_was_forecast_counts(other: Row) -> None:
    assert scores([forecast()], [other]) == {}


def test_what_was_not_forecast_is_not_scored() -> None:
    assert scores([forecast(forecast_value=None, no_forecast_reason="inputs_incomplete")], [outturn("40")]) == {}


@pytest.mark.parametrize(
    ("made_on", "days"), [("2020-10-11", 172), ("2021-03-31", 1), ("2021-04-01", 0), ("2021-04-12", -11)]
)
def test_days_before_the_end_of_the_period(made_on: str, days: int) -> None:
    assert score(forecast(made_on=day(made_on)), outturn("40"))["days_before_end"] == days


@pytest.mark.parametrize(
    ("forecast_value", "value", "expected"),
    [
        pytest.param("44", "42", ("up", "up", True), id="both_up"),
        pytest.param("44", "36", ("up", "down", False), id="up_and_it_went_down"),
        pytest.param("40.4", "39.6", ("level", "level", True), id="both_exactly_within_1_per_cent"),
        pytest.param("40.4", "40.400001", ("level", "up", False), id="just_beyond_1_per_cent"),
        pytest.param("39.599999", "39", ("down", "down", True), id="both_down"),
    ],
)
def test_direction_from_the_year_before(forecast_value: str, value: str, expected: tuple[str, str, bool]) -> None:
    row = score(forecast(forecast_value=forecast_value), outturn(value))
    assert (row["forecast_direction"], row["outturn_direction"], row["direction_right"]) == expected


def test_without_a_year_before_there_is_no_direction() -> None:
    row = score(forecast(previous_value=None), outturn("42"))
    assert (row["forecast_direction"], row["outturn_direction"], row["direction_right"]) == (None, None, None)


@pytest.mark.parametrize(
    ("snapshots", "expected"),
    [
        pytest.param(["2021-03"], "2021-03", id="in_the_last_month"),
        pytest.param(["2021-05", "2021-10"], "2021-05", id="the_first_after_it"),
        pytest.param(["2021-02", "2021-10"], "2021-10", id="none_before_it"),
        pytest.param(["2022-02"], "2022-02", id="the_last_of_a_year"),
        pytest.param(["2022-03"], None, id="that_of_the_year_after"),
    ],
)
def test_the_outturn_of_a_snapshot(snapshots: list[str], expected: str | None) -> None:
    ends = {label: day(f"{label}-01").replace(month=int(label[5:]) + 1) for label in snapshots}
    taken = [outturn("1672", period_label=label, period_end=end, year_type="snapshot") for label, end in ends.items()]
    rows = scores([forecast(year_type="snapshot", forecast_period="2021-03")], taken)
    assert {row["outturn_period"] for row in rows.values()} == ({expected} if expected else set())


def test_how_good_the_forecasts_of_a_measure_have_been() -> None:
    common = {"measure_code": "IN.2", "method": "Straight line", "outturn_basis": "known now"}
    errors = [("2019-20", "6", "15", True), ("2020-21", "-2", "5", False), ("2020-21", "-1", None, None)]
    ledger: list[Row] = [
        {
            **common,
            "report_quarter": f"{period}-Q{number}",
            "forecast_period": period,
            "error": error,
            "absolute_error": error.removeprefix("-"),
            "relative_error_pct": relative,
            "direction_right": right,
        }
        for number, (period, error, relative, right) in enumerate(errors, 1)
    ]
    row = run_one("marts.forecast_accuracy", {"marts.forecast_score": ledger})
    assert (row["forecasts"], row["periods"]) == (3, 2)
    assert (row["mean_error"], row["mean_absolute_error"]) == (dec("1"), dec("3"))
    assert row["mean_relative_error_pct"] == dec("10")
    assert (row["directions_right"], row["directions_known"]) == (1, 2)
