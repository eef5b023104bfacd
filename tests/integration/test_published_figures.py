"""From the supplied workbooks to the published figures: what must come out, and where each figure comes from."""

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


def test_illustrative_detail_is_said_so(published: Installation) -> None:
    said = dict(published.rows("select source, illustrative from audit.source where illustrative <> ''"))
    assert said.keys() == {
        "community_safety_survey",
        "continuing_education",
        "dwp_grants",
        "local_fund",
        "sector_support",
    }
    shown = "select distinct area_name, period_label like 'year to %' from marts.survey where not is_illustrative"
    assert published.rows(shown) == [("Stockport", True)]
    page = (published.paths.reports / "2021-22-Q2" / "report.html").read_text(encoding="utf-8")
    assert all(words in page for words in said.values())
