"""The measures of a quarter in words: columns, reasons, and comma-separated values that are no formulas."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipelines.status import WIDTHS, MeasureStatus, QuarterStatus, as_csv, as_table

MEASURE = MeasureStatus(
    report_quarter="2021-22-Q2",
    measure_code="IN.16",
    measure_name="Overall Pass Rate",
    unit="%",
    value=Decimal("94.000000"),
    value_kind="forecast",
    value_period="2021-22 academic",
    previous_value=Decimal("93.185079"),
    previous_period="2020-21 academic",
    target_value=Decimal("97.000000"),
    shortfall_pct=Decimal("3.092784"),
    status="A",
    status_reason="forecast",
    change_pct=Decimal("0.874519"),
    trend="stable",
    trend_reason="forecast year-end against previous",
    status_robust=True,
    trend_robust=False,
    reading_sensitive=False,
    override_status=None,
    override_reason=None,
)
CUT_OFF = date(2021, 11, 12)
TEXTS = ("Code", "Measure", "Status", "Trend", "Why")


def quarter(*measures: MeasureStatus, known_by: date = CUT_OFF) -> QuarterStatus:
    return QuarterStatus("2021-22-Q2", known_by, CUT_OFF, date(2019, 7, 31), None, measures)


def cells(measure: MeasureStatus) -> dict[str, str]:
    """What stands in each column of the table, its lines put together again."""
    lines = as_table(quarter(measure)).split("\n\n")[1].splitlines()[2:]
    found, start = {}, 0
    for name, width in WIDTHS.items():
        found[name] = " ".join(line[start : start + width].strip() for line in lines).strip()
        start += width + 2
    return found


def test_a_rated_measure() -> None:
    assert cells(MEASURE) == {
        "Code": "IN.16",
        "Measure": "Overall Pass Rate",
        "Value": "94%",
        "Target": "97%",
        "Status": "Amber (A)",
        "Trend": "stable",
        "Why": "Forecast of 2021-22 academic. Trend: forecast year-end against 2020-21 academic.",
    }


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("maximise", "Aim to maximise."),
        ("value_not_available", "No figure available."),
        ("locked_away", "Locked away."),
    ],
)
def test_why_a_measure_is_not_rated(reason: str, words: str) -> None:
    found = cells(replace(MEASURE, status=None, status_reason=reason, trend=None, trend_reason="previous_zero"))
    assert (found["Status"], found["Trend"]) == ("Not rated", "none")
    assert found["Why"] == f"{words} No trend: earlier figure is zero."


def test_a_rating_that_a_person_put_in_the_place_of_the_computed_one() -> None:
    found = cells(replace(MEASURE, override_status="R", override_reason="the fund closed"))
    assert found["Status"] == "Red (R)"
    assert found["Why"].startswith("A person put it in the place of Amber (A): the fund closed.")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [("1000000", "£", "£1,000,000"), ("7.25", "per 1,000", "7.25 per 1,000"), ("1672", "Number", "1,672")],
)
def test_values_in_their_unit(value: str, unit: str, shown: str) -> None:
    assert cells(replace(MEASURE, value=Decimal(value), unit=unit))["Value"] == shown


def test_no_value_is_a_dash_and_no_nought() -> None:
    assert cells(replace(MEASURE, value=None, target_value=None))["Value"] == "–"
    assert cells(replace(MEASURE, value=Decimal(0)))["Value"] == "0%"


def test_all_of_a_long_name_is_shown_within_the_width_of_a_terminal() -> None:
    name = "Proportion of successful applications to the Local Fund, of all applications that were received"
    assert cells(replace(MEASURE, measure_name=name))["Measure"] == name
    assert max(map(len, as_table(quarter(replace(MEASURE, measure_name=name))).splitlines())) <= 100


def test_head_and_foot() -> None:
    text = as_table(quarter(MEASURE, replace(MEASURE, status=None)))
    assert text.startswith("2021-22-Q2, as reported: known on 12/11/2021, the quarter's cut-off\n")
    assert text.endswith("\nAmber (A) 1, Not rated 1")
    later = as_table(quarter(MEASURE, known_by=date(2021, 12, 1)))
    assert later.startswith("2021-22-Q2, as known on 01/12/2021; its cut-off is 12/11/2021\n")


@pytest.mark.parametrize(
    ("first_receipt", "words"),
    [
        (date(2019, 7, 31), "Nothing was known on 01/01/2019: the first workbook came on 31/07/2019."),
        (None, "Nothing was known on 01/01/2019: no workbook came."),
    ],
)
def test_nothing_known(first_receipt: date | None, words: str) -> None:
    assert as_table(QuarterStatus("2019-20-Q1", date(2019, 1, 1), CUT_OFF, first_receipt, None, ())) == words


def test_comma_separated_values_keep_all_decimals_and_are_no_formulas() -> None:
    hostile = replace(MEASURE, measure_name='=HYPERLINK("x"),\n1', trend=None, change_pct=Decimal("-1.5"))
    [row] = csv.DictReader(io.StringIO(as_csv(quarter(hostile))))
    assert row["known_on"] == "2021-11-12"
    assert row["measure_name"] == '\'=HYPERLINK("x"),\n1'
    assert (row["value"], row["change_pct"], row["trend"]) == ("94.000000", "-1.5", "")
    assert as_csv(quarter()).count("\n") == 1
