"""Cases in which the SQL does not yet do what the design says; not collected unless named on the command line."""

import pytest

from tests.sql.harness import Row, check, day, dec, run
from tests.sql.rows import QUARTER, STOCKPORT, definition, known, quarter, rate, rated
from tests.sql.survey import answers
from tests.sql.test_checks import clean, origin, status
from tests.sql.test_rated_value import EVENTS, PREVIOUS_YEAR, status_of
from tests.sql.test_survey_year import CORRECTION_DAY, figures, four_waves, means


@pytest.mark.parametrize(
    ("target", "value", "rating"),
    [
        pytest.param("97", "92.18", "A", id="all_of_92.15_to_92.249999_is_amber"),
        pytest.param("92.25", "92.28", "G", id="all_of_92.25_to_92.349999_is_green"),
    ],
)
def test_robust_for_every_value_that_rounds_to_the_printed_one(target: str, value: str, rating: str) -> None:
    row = rate(definition(target_value=target), rated(value=value))
    assert (row["status"], row["status_robust"]) == (rating, True)


def test_not_robust_when_a_value_that_prints_alike_rates_otherwise() -> None:
    row = rate(definition(target_value="92.155"), rated(value="92.24", value_kind="actual"))
    assert (row["status"], row["status_robust"]) == ("G", False)


def test_a_wave_with_one_answer_withheld_is_not_part_of_a_total() -> None:
    rows = [row for row in four_waves() if row["period_label"] != "Oct-Dec 2020"] + answers("Oct-Dec 2020", "31", None)
    assert [row["component"] for row in figures(rows) if row["component"] == "total"] == []


def test_a_mean_ends_when_a_correction_takes_an_answer_away() -> None:
    rows = [
        row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == "Oct-Dec 2020" else row
        for row in four_waves()
    ]
    rows += answers("Oct-Dec 2020", None, None, as_at=CORRECTION_DAY, workbook_sha256="corrected")
    [row] = means(rows)
    assert row["superseded_on"] == day(CORRECTION_DAY)


def test_the_whole_year_counts_before_a_forecast_of_it() -> None:
    quarters = [known(f"2021-22-Q{number}", "11") for number in (1, 2, 3, 4)]
    row = status_of([*PREVIOUS_YEAR, *quarters, known("2021-22", "30", value_kind="forecast")], "2021-22-Q4", **EVENTS)
    assert (row["value"], row["value_kind"]) == (dec("44"), "actual")


def test_a_forecast_is_projected_where_the_service_gives_none() -> None:
    figures_to_date = [known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of([*PREVIOUS_YEAR, *figures_to_date], **EVENTS | {"rated_on": "Forecast"})
    assert (row["trend"], row["change_pct"]) == ("better", dec("25"))
    assert "projected" in row["trend_reason"]


def test_a_year_not_collected_as_a_whole_is_rated_on_its_quarters() -> None:
    year = known("2021-22", None, availability="not_collected")
    row = status_of([*PREVIOUS_YEAR, known("2021-22-Q1", "10"), known("2021-22-Q2", "15"), year], **EVENTS)
    assert (row["value"], row["status"]) == (dec("25"), "G")


def test_a_year_to_date_of_overlapping_quarters_says_so() -> None:
    figures_to_date = [known("2021-22-Q1", "10"), known("2021-22-Q2", "15")]
    row = status_of(figures_to_date, **EVENTS | {"forecast_method": "None"})
    assert (row["status"], row["status_reason"]) == ("G", "year_to_date")


def test_a_tolerance_of_two_per_cent_is_read_as_two_points() -> None:
    row = rate(definition(tolerance_value="2"), rated(value="95"))
    assert (row["status"], row["reading_sensitive"]) == ("R", True)


def test_cells_that_reproduce_nothing_are_found() -> None:
    assert check("figures_reproduced", clean() | {"marts.observation_origin": [origin("numerator", "64")]}).wrong == 1


def test_an_override_without_a_reason_is_found() -> None:
    assert check("status_or_reason", clean() | {"marts.measure_status": [status(override_status="G")]}).wrong == 1


def test_a_quarter_whose_cut_off_no_receipt_has_reached_is_not_reported() -> None:
    given: dict[str, list[Row]] = {
        "measures.figure": [{"period_start": day("2021-04-01")}],
        "staged.receipt": [{"as_at": day("2021-10-22")}],
    }
    assert [row["report_quarter"] for row in run("marts.reporting_quarter", given)] == ["2021-22-Q1"]


def test_a_finding_of_a_corrected_agreement_is_said_once() -> None:
    target: Row = {"measure_code": "IN.1.2", "period_label": "2021-22", "target_type": "numeric", "cell": "K6"}
    target |= {"workbook": "Portfolio Agreement 2021-22.xlsx"}
    targets = [target | {"superseded_on": day("2021-11-20")}, target | {"as_at": day("2021-11-20")}]
    measure: Row = {"measure_code": "IN.1.2", "polarity": "none"}
    assert len(run("marts.reconciliation_finding", {"marts.target": targets, "marts.measure": [measure]})) == 1


def test_a_forecast_counts_while_the_actual_is_not_available() -> None:
    authority = {"area_code": STOCKPORT, "is_authority": True}
    observations = [
        {**known("2021-22 academic", value, value_kind=kind, as_at=day("2021-10-22")), "area_code": STOCKPORT}
        | {"component": "total"}
        for kind, value in (("actual", None), ("forecast", "94"))
    ]
    for row in observations:
        del row["report_quarter"]
    given = {"marts.reporting_quarter": [quarter(QUARTER)], "marts.area": [authority]}
    [row] = run("marts.known_observation", {**given, "marts.observation": observations})
    assert row["value"] == dec("94")
