"""From the supplied workbooks to the published figures: what must come out, and where each figure comes from."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest

from tests.conftest import Installation

STATUS_2021_22_Q2 = {"IN.2": "G", "IN.3": "G", "IN.16": "A", "IN.17": "G", "IN.18": "A", "IN.19": "R"}
TREND_2021_22_Q2 = {"IN.3": "better", "IN.12": "stable", "IN.14": "stable", "IN.18": "better"}
MEANS_OF_FOUR_WAVES = {"IN.11": 76, "IN.12": 78, "IN.13": 75}
RATES = {
    ("IN.16", "2020-21 academic"): (1299, 1394),
    ("IN.17", "2020-21 academic"): (1394, 1448),
    ("IN.18", "2020-21 academic"): (1299, 1448),
    ("IN.19", "2020-21 academic"): (576, 1448),
    ("IN.16", "2019-20 academic"): (1653, 1686),
    ("IN.17", "2019-20 academic"): (1686, 1777),
    ("IN.18", "2019-20 academic"): (1653, 1777),
    ("IN.19", "2019-20 academic"): (743, 1777),
}


def test_statuses_of_the_mid_year_report(published: Installation) -> None:
    rated = dict(
        published.rows(
            "select measure_code, status from marts.measure_status "
            "where report_quarter = '2021-22-Q2' and status is not null"
        )
    )
    assert rated == STATUS_2021_22_Q2


def test_trends_of_the_mid_year_report(published: Installation) -> None:
    trends = dict(
        published.rows("select measure_code, trend from marts.measure_status where report_quarter = '2021-22-Q2'")
    )
    assert {code: trends[code] for code in TREND_2021_22_Q2} == TREND_2021_22_Q2


def test_survey_values_are_means_of_four_waves(published: Installation) -> None:
    values = dict(
        published.rows(
            "select measure_code, value from marts.measure_status "
            "where report_quarter = '2021-22-Q2' and measure_code in ('IN.11', 'IN.12', 'IN.13')"
        )
    )
    assert values == {code: Decimal(mean) for code, mean in MEANS_OF_FOUR_WAVES.items()}


def test_every_measure_of_the_agreement_is_there_in_every_quarter(published: Installation) -> None:
    counts = published.rows("select report_quarter, count(*) from marts.measure_status group by all")
    assert {count for _, count in counts} == {22}
    assert "2019-20-Q1" in dict(counts)
    assert max(dict(counts)) == "2021-22-Q2"


def test_every_unrated_measure_has_its_reason(published: Installation) -> None:
    reasons = dict(
        published.rows(
            "select measure_code, status_reason from marts.measure_status "
            "where report_quarter = '2021-22-Q2' and status is null"
        )
    )
    assert reasons["IN.11"] == "contextual"
    assert reasons["IN.N1"] == "target_to_be_confirmed"
    assert reasons["IN.14"] == "maximise"
    assert reasons["IN.5"] == "minimise"
    assert reasons["IN.1.2"] == "polarity_not_given"
    assert reasons["IN.1.1"] == "not_collected"
    assert (reasons["IN.N2"], reasons["IN.N3"]) == ("target_to_be_confirmed", "target_to_be_confirmed")
    assert {reasons[f"IN.{number}"] for number in range(5, 11)} == {"minimise"}
    assert reasons["IN.N4"] == "contextual"


@pytest.mark.parametrize(
    ("measure", "value", "previous"),
    [("IN.2", 32, 10), ("IN.3", 520_886, 800_916), ("IN.N3", 1, None), ("IN.N4", 21, None)],
)
def test_sector_support_of_the_year_so_far(
    published: Installation, measure: str, value: int, previous: int | None
) -> None:
    rows = published.rows(
        "select value, previous_value, trend_reason from marts.measure_status "
        f"where report_quarter = '2021-22-Q2' and measure_code = '{measure}'"
    )
    reason = "year_end_not_forecast" if previous is None else "projected year-end against previous"
    assert rows == [(value, previous, reason)]


def test_events_by_kind_are_those_of_the_reports_commentary(published: Installation) -> None:
    counts = dict(
        published.rows("select event, sum(event_count) from marts.sector_event where superseded_on is null group by 1")
    )
    assert counts == {
        "Sector Connector Event": 2,
        "Food Network meeting": 2,
        "Community Champions workshop": 13,
        "Public Health Q&A": 3,
        "Stockport Equity Group meeting": 12,
    }


def test_successful_applications_to_the_local_fund(published: Installation) -> None:
    shares = {
        (measure, period): (numerator, denominator)
        for measure, period, numerator, denominator in published.rows(
            "select measure_code, period_label, numerator, denominator from marts.observation "
            "where measure_code in ('IN.1.1', 'IN.1.2') and availability = 'value'"
        )
    }
    # the report prints 2/2 for the small grants of 2020/21; the register has 2 of the 42 awards
    assert shares == {
        ("IN.1.1", "2019-20"): (54, 231),
        ("IN.1.1", "2020-21"): (42, 86),
        ("IN.1.2", "2019-20"): (12, 54),
        ("IN.1.2", "2020-21"): (2, 42),
    }


def test_a_fund_that_did_not_run_is_not_collected_with_the_note_at_its_cell(published: Installation) -> None:
    rows = published.rows(
        "select distinct period_label, value, availability, note = cell_text, workbook, sheet, cell "
        "from marts.observation join marts.observation_origin using (origin_id) "
        "where availability = 'not_collected' order by all"
    )
    where = ("SLF applications 2021-22 Q2.xlsx", "Register", "A5")
    assert rows == [(label, None, "not_collected", True, *where) for label in ("2021-22-Q1", "2021-22-Q2")]


def test_recorded_crime_and_the_failure_of_its_supply(published: Installation) -> None:
    printed = {"IN.6": "67.15", "IN.7": "21.5", "IN.8": "33.1", "IN.9": "21.2", "IN.10": "7.9"}
    for measure, rate in printed.items():
        [(computed, supplied)] = published.rows(
            "select computed_rate, supplied_rate from marts.recorded_crime "
            f"where measure_code = '{measure}' and period_label = '2019-20'"
        )
        assert supplied == Decimal(rate)
        assert computed.quantize(Decimal(rate), ROUND_HALF_UP) == supplied
    failures = published.rows(
        "select measure_code, first_missing_period, periods_missing, reason like 'Not available: implementation%' "
        "from marts.supply_failure where report_quarter = '2021-22-Q2'"
    )
    assert sorted(failures) == sorted((measure, "2020-21-Q1", 6, True) for measure in ["IN.5", *printed])


def test_definitions_apply_to_earlier_quarters_and_targets_do_not(published: Installation) -> None:
    [(reason,)] = published.rows(
        "select status_reason from marts.measure_status where report_quarter = '2020-21-Q2' and measure_code = 'IN.16'"
    )
    assert reason == "no_target"


@pytest.mark.parametrize(("measure", "period"), RATES)
def test_rates_come_from_the_courses(published: Installation, measure: str, period: str) -> None:
    numerator, denominator = RATES[measure, period]
    [found] = published.rows(
        "select numerator, denominator, value, parts from marts.observation join ("
        "  select origin_id, count(*) as parts from marts.observation_origin group by origin_id) using (origin_id)"
        f" where measure_code = '{measure}' and period_label = '{period}' and value_kind = 'actual'"
    )
    exact = Decimal(100) * numerator / denominator
    assert found[:3] == (numerator, denominator, exact.quantize(Decimal("0.000001")))
    assert found[3] == 2 * 19


def test_grant_by_strand_and_recipient(published: Installation) -> None:
    [(paid, residents, lines)] = published.rows(
        "select sum(paid_pounds), sum(residents_count), count(*) from marts.grants"
    )
    assert (paid, residents, lines) == (Decimal("1000000.00"), 24000, 5)
    [(advice,)] = published.rows(
        "select outcome_pounds from marts.grants where recipient = 'Citizens Advice Stockport' and paid_pounds = 10000"
    )
    assert advice == 141500


def test_formula_totals_are_set_aside(published: Installation) -> None:
    rows = published.rows(
        "select row_number, reason, text from audit.row_set_aside where source = 'dwp_grants' and sheet = 'Spend'"
    )
    assert (58, "total", "Total | a formula without a stored result | a formula without a stored result") in rows


def test_sector_beside_greater_manchester(published: Installation) -> None:
    rows = {
        code: rest
        for code, *rest in published.rows(
            "select measure_code, stockport_value, greater_manchester_value, greater_manchester_qualifier, "
            "greater_manchester_availability from marts.sector where period_label = '2021-10'"
        )
    }
    assert rows["IN.14"] == [1672, 17000, "about", "value"]
    assert rows["SECTOR.1"] == [77, 71, "exact", "value"]
    assert rows["SECTOR.2"] == [184, None, "exact", "not_available"]
    assert rows["SECTOR.3"][3] == "not_available"


def test_every_cell_named_holds_what_is_said(published: Installation) -> None:
    origins = published.rows("select distinct workbook, sheet, cell, cell_text from marts.observation_origin")
    workbooks = {path.name: path for path in published.paths.raw.glob("*/*.xlsx")}
    opened = {name: openpyxl.load_workbook(workbooks[name]) for name in {str(row[0]) for row in origins}}
    for workbook, sheet, cell, text in origins:
        held = opened[str(workbook)][str(sheet)][str(cell)].value
        assert text == held or Decimal(str(text)) == Decimal(str(held)), f"{workbook}, {sheet}, {cell}"
    assert len(origins) > 500


def test_a_figure_read_from_a_cell_is_the_cell(published: Installation) -> None:
    found = published.rows(
        "select cell, cell_text, value from marts.observation join marts.observation_origin using (origin_id) "
        "where measure_code = 'IN.19' and value_kind = 'forecast'"
    )
    assert found == [("B7", "0.41", 41)]


def test_as_at_shows_what_was_known_on_a_day(published: Installation) -> None:
    forecast = (
        "select status from marts.status_as_at(date '{}') "
        "where report_quarter = '2021-22-Q2' and measure_code = 'IN.16'"
    )
    assert published.rows(forecast.format("2021-10-21")) == [(None,)]
    assert published.rows(forecast.format("2021-10-22")) == [("A",)]
    at_cut_off = "select * from marts.status_as_at(date '2021-11-12') where report_quarter = '2021-22-Q2' order by all"
    assert published.rows(at_cut_off) == published.rows(
        "select * from marts.measure_status where report_quarter = '2021-22-Q2' order by all"
    )


def test_commentary_of_the_mid_year_report(published: Installation) -> None:
    said = dict(
        published.rows(
            "select measure_code, commentary from marts.measure_status "
            "where report_quarter = '2021-22-Q2' and status in ('R', 'A')"
        )
    )
    assert said.keys() == {"IN.16", "IN.18", "IN.19"}
    assert said["IN.16"] == said["IN.18"] == str(said["IN.19"]).split("\n")[0]
    assert "61 fewer learners" in str(said["IN.16"]) and "was challenging" in str(said["IN.19"])
    assert published.rows("select count(*), count(distinct cell) from marts.commentary") == [(17, 7)]
    findings = "select count(*) from marts.reconciliation_finding where check_name like 'commentary%'"
    assert published.rows(findings) == [(0,)]
    page = (published.paths.reports / "2021-22-Q2" / "report.html").read_text(encoding="utf-8")
    assert "<strong>IN.16, IN.17, IN.18, IN.19</strong>: The 2020/21 data is for the academic year" in page


def test_every_table_and_column_is_described(published: Installation) -> None:
    silent = published.rows(
        "select schema_name, table_name, column_name from duckdb_columns() where comment is null and not internal "
        "union all select schema_name, table_name, null from duckdb_tables() where comment is null and not internal"
    )
    assert silent == []


def test_column_lineage_reaches_the_workbooks(published: Installation) -> None:
    links = published.rows(
        "select upstream_table, upstream_column from audit.column_lineage "
        "where table_name = 'staging.continuing_education_learners' and column_name = 'learners'"
    )
    assert ("staged.continuing_education_courses", "achieved") in links
    assert published.rows("select count(*) from audit.column_lineage where table_name = 'marts.measure_status'") > [
        (20,)
    ]


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


def test_illustrative_detail_is_said_so(published: Installation) -> None:
    said = dict(published.rows("select source, illustrative from audit.source where illustrative <> ''"))
    assert said.keys() == {
        "community_safety_survey",
        "continuing_education",
        "dwp_grants",
        "local_fund",
        "sector_support",
    }
    assert published.rows("select distinct is_illustrative from marts.survey where period_label like 'year to%'") == [
        (False,)
    ]
    page = (published.paths.reports / "2021-22-Q2" / "report.html").read_text(encoding="utf-8")
    assert all(words in page for words in said.values())


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
