"""From the supplied workbooks to the marts of indicators, forecasts, targets, money and services."""

from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import Installation

MEANS_OF_FOUR_WAVES = ("IN.11", "IN.12", "IN.13")
"""Measures whose forecast is a mean of survey waves."""


def test_the_basket_of_2010_with_its_proxies_and_polarities(published: Installation) -> None:
    counts = published.rows(
        "select polarity, is_proxy, count(*) from marts.national_indicator where in_basket group by all order by all"
    )
    assert counts == [("high", False, 8), ("high", True, 1), ("low", False, 11), ("low", True, 1)]
    proxies = published.rows("select indicator_code, indicator from marts.national_indicator where is_proxy order by 1")
    assert proxies == [("NI.117", "NI 117 Proxy"), ("NI.53", "NI 53 Proxy")]


def test_what_was_put_forward_for_2011_12_is_no_target(published: Installation) -> None:
    targets = published.rows(
        "select coalesce(indicator, 'well informed'), period_label, standing, target_value, proposed_value, cell "
        "from marts.national_indicator_target order by all"
    )
    assert targets == [
        ("NI 4", "2010-11", "approved", 32, None, "C2"),
        ("NI 4", "2011-12", "proposed", None, 34, "D2"),
        ("NI 6", "2010-11", "none", None, None, None),
        ("NI 6", "2011-12", "none", None, None, None),
        ("well informed", "2010-11", "approved", 36, None, "C3"),
        ("well informed", "2011-12", "none", None, None, None),
    ]


def test_local_figures_of_2008_and_2009(published: Installation) -> None:
    figures = published.rows(
        "select area_name, period_label, unit, value from marts.national_indicator_figure order by cell"
    )
    assert figures == [
        ("Stockport", "2008-05", "Number", 8550),
        ("Priority 1 areas", "2008-09", "Number", 50),
        ("Stockport", "2008", "£", 18836),
        ("England", "2009", "£", 15257),
        ("Stockport", "2009-12", "%", Decimal("39.3")),
        ("Brinnington", "2009-11", "%", 92),
    ]
    assert published.rows("select min(report_quarter) from marts.reporting_quarter") == [("2019-20-Q1",)]


def test_every_measure_has_a_forecast_or_the_reason_why_not(published: Installation) -> None:
    rows = published.rows(
        "select report_quarter, count(*), count(forecast_value), count(no_forecast_reason) "
        "from marts.forecast group by all"
    )
    assert {(measures, forecasts + reasons) for _, measures, forecasts, reasons in rows} == {(22, 22)}
    made = published.rows(
        "select measure_code, forecast_value, forecast_period, made_on from marts.forecast "
        "where report_quarter = '2021-22-Q2' and method = 'Service forecast' order by all"
    )
    year, received = "2021-22 academic", date(2021, 10, 22)
    assert made == [
        (f"IN.{number}", percent, year, received) for number, percent in ((16, 94), (17, 97), (18, 92), (19, 41))
    ]


def test_the_year_so_far_in_a_straight_line(published: Installation) -> None:
    made = published.rows(
        "select measure_code, forecast_value, input_count, previous_value from marts.forecast "
        "where report_quarter = '2021-22-Q2' and method = 'Straight line' order by all"
    )
    assert made == [("IN.2", 32 * 2, 2, 10), ("IN.3", (486557 + 34329) * 2, 2, 800916)]


@pytest.mark.parametrize(("report_quarter", "newest"), [("2020-21-Q1", 5), ("2020-21-Q2", 6), ("2020-21-Q3", 7)])
def test_means_of_past_waves_are_scored_against_the_year_to_march(
    published: Installation, report_quarter: str, newest: int
) -> None:
    for measure in MEANS_OF_FOUR_WAVES:
        waves = [
            value
            for (value,) in published.rows(
                "select value from marts.observation where year_type = 'wave' and area_code = 'E08000007' "
                f"and component = 'total' and measure_code = '{measure}' order by period_start"
            )
        ]
        forecast, outturn = sum(waves[newest - 4 : newest]) / 4, sum(waves[4:8]) / 4
        scored = published.rows(
            "select forecast_value, outturn_period, outturn_value, error, absolute_error from marts.forecast_score "
            f"where report_quarter = '{report_quarter}' and measure_code = '{measure}'"
        )
        error = forecast - outturn
        assert scored == [(forecast, "year to Mar 2021", outturn, error, abs(error))] * 2


def test_targets_that_ask_for_less_than_was_reached_or_do_not_fit_together(published: Installation) -> None:
    found = published.rows(
        "select check_name, subject, recomputed, difference, cell from marts.reconciliation_finding "
        "where check_name like '%target%' order by all"
    )
    assert found == [
        ("component_targets_that_do_not_fit", "IN.18, 2021-22: IN.16 x IN.17", "92.15%", Decimal("-0.85"), "L25"),
        ("numeric_target_without_polarity", "IN.1.2, 2021-22", None, None, "L8"),
        ("target_overtaken_by_outturn", "IN.17, 2021-22 academic", "96.3%", Decimal("1.3"), "L24"),
        ("target_weaker_than_outturn", "IN.1.1, 2021-22", "48.8%", Decimal("12.8"), "L5"),
        ("target_weaker_than_outturn", "IN.16, 2021-22 academic", "98%", Decimal("1"), "L23"),
        ("target_weaker_than_outturn", "IN.3, 2021-22", "£800,916", Decimal("700916"), "L11"),
    ]


def test_cash_limit_and_its_bridge(published: Installation) -> None:
    limit = published.rows(
        "select previously_reported_pounds, stated_increase_pounds, changes_pounds, budget_pounds, "
        "forecast_net_expenditure_pounds, forecast_appropriations_pounds, forecast_outturn_pounds from marts.cash_limit"
    )
    assert limit == [(573000, 48000, 48000, 621000, 621000, 0, 0)]
    bridge = published.rows(
        "select amount_pounds, running_pounds, cell, cell_text from marts.cash_limit_bridge order by line_number"
    )
    assert bridge == [
        (573000, 573000, "B5", "573"),
        (-2000, 571000, "B9", "-0.002"),
        (50000, 621000, "B10", "0.05"),
        (621000, 621000, "D5", "621"),
    ]


def test_reserves_and_savings(published: Installation) -> None:
    reserves = published.rows(
        "select purpose, opening_pounds, planned_use_pounds, closing_pounds from marts.reserve order by row_number"
    )
    assert reserves == [
        ("One Stockport Local Fund", 623000, 0, 623000),
        ("Emergency Assistance Grant C/Fwd.", 45000, 0, 45000),
    ]
    assert published.rows("select required_pounds, note, cell from marts.saving") == [
        (0, "There are no savings requirements affecting the services within this Portfolio for 2021/22.", "A2")
    ]


def test_grant_schemes_with_and_without_spend(published: Installation) -> None:
    schemes = published.rows(
        "select scheme, funder, period_state, allocation_pounds, national_total_pounds, paid_pounds, spent_pct, "
        "unspent_pounds, cost_per_resident_pounds from marts.grant_scheme order by scheme"
    )
    assert schemes == [
        ("COVID Local Support Grant", "DWP", "ended", 1000000, None, 1000000, 100, 0, Decimal("41.67")),
        ("Household Support Fund", "DWP", "not_begun", 2163000, 500000000, 0, 0, 2163000, None),
    ]
    assert published.rows("select recipient, outcome_per_pound from marts.grant_outcome") == [
        ("Citizens Advice Stockport", Decimal("14.15"))
    ]


def test_programme_activity_is_printed_with_its_bounds(published: Installation) -> None:
    printed = dict(published.rows("select item, printed from marts.programme_activity"))
    assert printed == {
        "Champion organisations": "18",
        "Organisations with micro-grants": "26",
        "Champions trained to first level": "at least 45",
        "Newsletter recipients": "over 100",
        "Grant funding given out": "over £374,650",
        "Volunteers registered": "over 300",
        "Volunteers supporting vaccination clinics": "over 50",
        "Vaccination sessions supported": "62",
        "Investment in Sector3": "£310,000",
        "Afghan evacuees arrived": "77",
    }
    rated = published.rows("select count(*) from marts.measure_status where measure_code like 'ACTIVITY.%'")
    assert rated == [(0,)]


def test_a_report_tells_what_is_wrong_with_its_own_workbooks_and_no_others(published: Installation) -> None:
    page = published.paths.reports.joinpath("2021-22-Q2", "report.html").read_text(encoding="utf-8")
    findings = published.rows("select workbook, sheet, cell from marts.reconciliation_finding")
    shown = {workbook for workbook, sheet, cell in findings if f"{workbook}, sheet {sheet}, cell {cell}" in page}
    assert {"Commentary 2021-22 Q2.xlsx", "Portfolio Agreement 2021-22.xlsx"} <= shown
    # of the action plan its section says how much does not fit together
    assert {workbook for workbook, _, _ in findings} - shown == {"Action delivery plan 2010-11.xlsx"}
    assert "What does not fit together in the plan: 27 findings." in page
