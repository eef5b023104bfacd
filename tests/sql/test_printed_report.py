"""The printed report's ratings and targets against those of the warehouse, and periods in text."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.test_claims import quarter
from tests.sql.test_printed_findings import REPORT, SURROUNDINGS, cell, found, observed

RATED = {
    "report_quarter": "2021-22-Q2",
    "measure_code": "IN.16",
    "value": "94",
    "target_value": "97",
    "previous_value": "93.19",
    "status": "A",
    "status_reason": "forecast",
    "trend": "stable",
    "trend_reason": "forecast year-end against previous",
}


def rating_findings(column: str, text: str, **changes: Any) -> list[Row]:
    return found(
        "printed_against_rating",
        [cell("IN.16", column, text)],
        **{"marts.reported_status": [RATED | {"as_at": REPORT["as_at"]} | changes]},
    )


@pytest.mark.parametrize(
    ("column", "text"), [("status", "A"), ("status", "Amber"), ("trend", "Stable"), ("trend", "illegible")]
)
def test_a_printed_rating_that_is_the_computed_one_or_cannot_be_read_is_no_finding(column: str, text: str) -> None:
    assert rating_findings(column, text) == []


def test_another_status_is_found_with_what_it_rests_on() -> None:
    [row] = rating_findings("status", "G")
    assert (row["check_name"], row["published"], row["recomputed"], row["severity"]) == (
        "printed_status",
        "G",
        "A",
        "fail",
    )
    assert "94 against a target of 97" in row["explanation"]


def test_another_trend_and_one_where_there_is_none_are_found() -> None:
    [row] = rating_findings("trend", "Getting better")
    assert (row["check_name"], row["recomputed"]) == ("printed_trend", "stable")
    [row] = rating_findings("trend", "Stable", trend=None, trend_reason="previous_not_available")
    assert row["explanation"] == "By the rules there is no trend: previous not available."


def test_no_rating_printed_and_none_computed_agree() -> None:
    assert rating_findings("status", "N/A", status=None, status_reason="no_target") == []
    assert [row["severity"] for row in rating_findings("status", "N/A")] == ["warn"]


def test_a_word_that_is_no_rating_is_said() -> None:
    [row] = rating_findings("trend", "Sideways")
    assert row["explanation"] == "'Sideways' is no trend that is known."


AGREED = {
    "measure_code": "IN.16",
    "agreement_year": "2021-22",
    "target_type": "numeric",
    "target_value": "97",
    "target_text": "97%",
    "polarity": "high",
    "workbook": "Agreement.xlsx",
    "as_at": day("2021-06-29"),
}


def agreement_findings(column: str, text: str, **changes: Any) -> list[Row]:
    cells = [cell("IN.16", "target", text) | {"printed_column": column}]
    given = {"staging.published_report_cell": cells, "staging.portfolio_agreement_measure": [AGREED | changes]}
    return run("findings.printed_against_agreement", given)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("97%", {}),
        ("97%", {"target_value": "97.4"}),
        ("£100k", {"target_value": "100400"}),
        ("N/A", {"target_type": "none", "target_value": None}),
        ("TBC", {"target_type": "to_be_confirmed", "target_value": None}),
        ("Aim to maximise", {"target_type": "maximise", "target_value": None}),
    ],
)
def test_a_printed_target_that_is_the_agreements_is_no_finding(text: str, changes: Row) -> None:
    assert agreement_findings("target", text, **changes) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("96%", {}),
        ("N/A", {}),
        ("Aim to minimise", {"target_type": "maximise", "target_value": None}),
        ("97%", {"target_type": "to_be_confirmed", "target_value": None}),
    ],
)
def test_another_target_is_found(text: str, changes: Row) -> None:
    [row] = agreement_findings("target", text, **changes)
    assert (row["published"], row["recomputed"]) == (text, "97%")


def test_the_target_of_a_later_agreement_does_not_count() -> None:
    assert agreement_findings("target", "96%", as_at=day("2021-11-13")) == []


def test_another_word_for_what_is_good_is_found() -> None:
    assert agreement_findings("good_performance", "High") == []
    assert [row["recomputed"] for row in agreement_findings("good_performance", "Low")] == ["High"]
    assert [row["recomputed"] for row in agreement_findings("good_performance", "Low", polarity="none")] == [
        "not stated"
    ]
    assert agreement_findings("good_performance", "Contextual", polarity="none") == []


@pytest.mark.parametrize("text", ["see page 4", "46 and 21 of them", "illegible"])
def test_a_cell_that_cannot_be_read_as_figures_is_said(text: str) -> None:
    assert [row["published"] for row in found("printed_not_read", [cell("IN.16", "current", text)])] == [text]


@pytest.mark.parametrize("text", ["N/A", "TBC", "94%", "Q1 = 46 Q2 = 21", "1672 (Oct 2021)"])
def test_a_cell_that_is_read_or_stands_for_none_is_not(text: str) -> None:
    assert found("printed_not_read", [cell("IN.16", "current", text)]) == []


def test_a_measure_that_is_left_out_and_one_that_is_not_agreed_are_found() -> None:
    agreed = [{"measure_code": code, "agreement_year": "2021-22", "measure_name": code} for code in ("IN.16", "IN.17")]
    cells = [cell("IN.16", "current", "94%"), cell("IN.18", "current", "92%"), cell("IN.18", "target", "93%")]
    rows = found("printed_measures", cells, **{"staging.portfolio_agreement_measure": agreed})
    assert [row["subject"] for row in rows] == ["IN.17, IN.17", "IN.18, Measure IN.18"]


@pytest.mark.parametrize(
    ("column", "text", "findings"),
    [
        ("two_years_before", "1630 (May 2020)", 1),
        ("two_years_before", "1630 (March 2020)", 0),
        ("two_years_before", "1630", 0),
        ("year_before", "1672 (April 2020)", 0),
        ("year_before", "1672 (Apr 2021)", 1),
        ("year_before", "1672 (Spring 2021)", 1),
    ],
)
def test_a_month_outside_the_year_of_its_column_is_found(column: str, text: str, findings: int) -> None:
    assert len(found("printed_month_outside_its_year", [cell("IN.14", column, text)])) == findings


def test_a_code_by_name_and_the_period_of_each_calendar() -> None:
    months = [cell("IN.14", "year_before", "1672 (May 2021)"), cell("IN.16", "year_before", "93%")]
    rows = run("marts.printed_figure", SURROUNDINGS | {"staging.published_report_cell": months})
    assert [(row["measure_code"], row["period_label"]) for row in rows] == [
        ("IN.14", "2021-05"),
        ("IN.16", "2020-21 academic"),
    ]


def periods_in(text: str) -> list[str]:
    row = {"supplied_text": text, "as_at": day("2021-11-12"), "workbook": "w", "sheet": "s", "cell": "D8"}
    return [found["explanation"] for found in run("findings.impossible_period", {"marts.supplied_text": [row]})]


@pytest.mark.parametrize(
    "text",
    [
        "Stockport in 2016/17: 3%",
        "the academic year August 2020 to July 2021",
        "data of 2020/21 and 2021/22",
        "achievements 2018-21",
        "on 2021-10-12",
        "'2017/17' is printed so",
        "the strategy from April 2022 to March 2025",
        "four quarterly surveys in the year from July 2020 to June 2021",
        "at 1999/00 prices, on 30 June 2021",
        "two quarters, April 2021 to September 2021",
    ],
)
def test_periods_that_can_be_are_no_finding(text: str) -> None:
    assert periods_in(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in 2017/17: 3%", "No year is 2017/17: 2016/17 or 2017/18 may be meant"),
        ("in 2020/22", "No year is 2020/22: 2021/22 or 2020/21 may be meant"),
        ("in 2021-19", "No year is 2021-19"),
        ("in the year from July 2020 to June 2022", "said to be a year and has 24 months"),
        ("four quarterly surveys, July 2020 to June 2022", "4 quarters have 12 months, not 24"),
        ("surveys undertaken from July 2021 to June 2022", "It ends after 12 November 2021, when this was supplied"),
        ("from July 2021 to June 2021", "It ends before it begins"),
    ],
)
def test_periods_that_cannot_be_are_found(text: str, said: str) -> None:
    [explanation] = periods_in(text)
    assert said in explanation


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on 31 June 2021", "June 2021 has 30"),
        ("by the 31st of June 2021", "June 2021 has 30"),
        ("31 June", "June has 30"),
        ("Nov 31 2021", "November 2021 has 30"),
        ("September 31st, 2021", "September 2021 has 30"),
        ("on 29th February 2021", "February 2021 has 28"),
        ("on 30 February", "February has 29"),
        ("on 0 May 2021", "May 2021 has 31"),
        ("on 45 May 2021", "May 2021 has 31"),
    ],
)
def test_days_that_no_month_has_are_found(text: str, said: str) -> None:
    row = {"supplied_text": text, "workbook": "w", "sheet": "s", "cell": "D8"}
    assert said in run_one("findings.impossible_day", {"marts.supplied_text": [row]})["explanation"]


@pytest.mark.parametrize(
    "text",
    [
        "30 June 2021",
        "29 February 2020",
        "on 29 February",
        "31st of December",
        "June 2021",
        "45 March events",
        "from 2010 June",
        "30 September 2010 to May 31, 2011",
    ],
)
def test_days_that_can_be_are_no_finding(text: str) -> None:
    row = {"supplied_text": text, "workbook": "w", "sheet": "s", "cell": "D8"}
    assert run("findings.impossible_day", {"marts.supplied_text": [row]}) == []


def listed(text: str) -> list[Row]:
    held = [quarter("IN.2", "2021-22-Q1", "2", "Food meeting"), quarter("IN.2", "2021-22-Q2", "3", "Food meeting")]
    written = {"measure_code": "IN.2", "report_quarter": "2021-22-Q2", "commentary": text, "as_at": day("2021-11-12")}
    given = {
        "staging.commentary_text": [written | {"workbook": "w", "sheet": "s", "commentary_cell": "C3"}],
        "marts.observation": held,
        "marts.area": SURROUNDINGS["marts.area"],
    }
    return run("findings.listed_parts", given)


def test_parts_that_add_up_and_are_counted_are_no_finding() -> None:
    assert listed("In Q1 and Q2, 9 events: 5 x Food meetings; and 4 x walks.") == []
    assert listed("9 events, 6 x Food meetings") == []  # one part is no list


def test_parts_that_do_not_add_up_and_parts_counted_otherwise_are_found() -> None:
    rows = listed("In Q1 and Q2, 9 events: 6 x Food meetings; and 4 x walks.")
    assert [(row["published"], row["recomputed"]) for row in rows] == [("6", "5"), ("9", "10")]


def population_findings(used: str) -> list[Row]:
    rate = observed("IN.6", "2019-20", "67", "19543", used) | {
        "period_start": day("2019-04-01"),
        "period_end": day("2020-04-01"),
    }
    estimates = [
        observed("POP.ALL", "2018-06", "290000") | {"period_start": day("2018-06-01")},
        observed("POP.ALL", "2019-06", "293423") | {"period_start": day("2019-06-01")},
    ]
    origin = {"origin_id": rate["origin_id"], "role": "denominator", "workbook": "w", "sheet": "s", "cell": "A2"}
    given = {"marts.observation_origin": [origin]}
    return found("population_of_another_year", [], [rate, *estimates], **given)


def test_a_population_that_is_the_estimate_of_the_year_is_no_finding() -> None:
    assert population_findings("293423") == []


def test_a_population_of_another_year_is_found() -> None:
    [row] = population_findings("290000")
    assert (row["published"], row["recomputed"], row["difference"]) == ("290,000", "293,423", dec("3423"))
