"""Cells of the printed table beside the marts: what agrees as far as printed, what differs, what cannot be said."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.test_printed_findings import REPORT, SURROUNDINGS, cell, observed

RATED = {
    "report_quarter": "2021-22-Q2",
    "as_at": day("2021-11-12"),
    "measure_code": "IN.16",
    "value": dec("94"),
    "status": "A",
    "trend": "stable",
}
DEFINED = {
    "report_quarter": "2021-22-Q2",
    "measure_code": "IN.16",
    "polarity": "high",
    "target_type": "numeric",
    "target_value": dec("97"),
}
YEAR_END = {"report_quarter": "2021-22-Q2", "measure_code": "IN.16", "years_back": 1, "value": dec("93.185079")}


def given(column: str, text: str, **more: list[Row]) -> dict[str, list[Row]]:
    letters = {"good_performance": "C"}
    printed = (
        cell("IN.16", column, text)
        if column not in letters
        else cell("IN.16", "target", text) | {"printed_column": column, "cell": "C16"}
    )
    tables = {
        "staging.published_report_cell": [printed],
        "marts.observation": [observed("IN.16", "2020-21 academic", "93.185079", "1299", "1394")],
        "marts.reported_status": [RATED],
        "marts.rating_definition": [DEFINED],
        "marts.year_end": [YEAR_END],
    }
    return SURROUNDINGS | tables | more


@pytest.mark.parametrize(
    ("column", "text", "outcome"),
    [
        pytest.param("year_before", "93.2% (1,299)", "agrees", id="figures_as_far_as_printed"),
        pytest.param("year_before", "93.2% (1,350)", "differs", id="one_figure_of_two"),
        pytest.param("year_before", "N/A", "differs", id="no_figure_printed_where_there_is_one"),
        pytest.param("two_years_before", "N/A", "agrees", id="no_figure_on_either_side"),
        pytest.param("two_years_before", "12%", "not_compared", id="a_figure_that_the_workbooks_do_not_give"),
        pytest.param("status", "A", "agrees", id="status"),
        pytest.param("status", "Amber", "agrees", id="status_in_full"),
        pytest.param("status", "N/A", "differs", id="no_status_printed"),
        pytest.param("status", "Purple", "differs", id="no_status_that_is_known"),
        pytest.param("trend", "Getting better", "differs", id="another_trend"),
        pytest.param("trend", "illegible", "illegible", id="a_trend_that_cannot_be_read"),
        pytest.param("target", "97%", "agrees", id="target"),
        pytest.param("target", "95%", "differs", id="another_target"),
        pytest.param("target", "TBC", "differs", id="words_for_a_target_that_is_set"),
        pytest.param("good_performance", "High", "agrees", id="good_is_high"),
        pytest.param("good_performance", "Low", "differs", id="good_is_low"),
        pytest.param("good_performance", "Contextual", "differs", id="good_is_nothing"),
    ],
)
def test_outcome(column: str, text: str, outcome: str) -> None:
    assert run_one("marts.printed_cell", given(column, text))["outcome"] == outcome


def test_a_figure_and_a_word_stand_beside_what_is_printed() -> None:
    row = run_one("marts.printed_cell", given("target", "97%"))
    assert (row["value"], row["word"], row["printed_text"]) == (dec("97"), "numeric", "97%")
    row = run_one("marts.printed_cell", given("status", "A", **{"marts.reported_status": []}))
    assert (row["word"], row["outcome"]) == ("none", "differs")


def test_a_measure_that_no_agreement_knows_is_not_compared() -> None:
    printed = cell("IN.16", "status", "A") | {"measure_code": None}
    tables = given("status", "A") | {"staging.published_report_cell": [printed]}
    assert run_one("marts.printed_cell", tables)["outcome"] == "not_compared"


def findings(column: str, text: str, **more: Any) -> list[Row]:
    return run("findings.printed_without_figure", given(column, text, **more))


def test_a_place_without_a_figure_that_there_is_is_found() -> None:
    [row] = findings("year_before", "N/A")
    assert (row["subject"], row["published"], row["recomputed"]) == ("IN.16, 2020-21", "N/A", "93.19")
    assert (row["workbook"], row["cell"], row["severity"]) == (REPORT["workbook"], "E16", "warn")
    assert "prints N/A where the workbooks give 93.19" in row["explanation"]


def test_a_figure_that_differs_is_found_by_another_check() -> None:
    assert findings("year_before", "93.2% (1,350)") == []


def test_no_figure_on_either_side_and_a_superseded_report_are_no_findings() -> None:
    assert findings("two_years_before", "N/A") == []
    old = cell("IN.16", "year_before", "N/A") | {"superseded_on": day("2021-12-01")}
    assert findings("year_before", "N/A", **{"staging.published_report_cell": [old]}) == []


def test_a_current_figure_that_is_not_printed_is_found() -> None:
    assert [row["recomputed"] for row in findings("current", "N/A")] == ["94"]
