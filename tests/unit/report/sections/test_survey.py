"""The survey: intervals, their absence with its reason, and which changes are more than chance."""

from decimal import Decimal

from pipelines.charts.drawing import svg_for_print
from pipelines.report.sections.survey import latest_table, survey_chart
from tests.unit.report.rows import cells

ROW = {
    "measure_code": "IN.13",
    "measure_name": "Belonging",
    "period_label": "year to Jun 2021",
    "agree_pct": Decimal(75),
    "base_count": 1261,
    "low_pct": Decimal("72.54"),
    "high_pct": Decimal("77.31"),
    "no_interval_reason": None,
}
CHANGE = {
    "change_points": Decimal("-1.25"),
    "compared_period": "year to Mar 2021",
    "in_words": "no more than chance alone may give",
}
WITHOUT = ROW | {"low_pct": None, "high_pct": None, "base_count": None, "no_interval_reason": "base_not_given"}


def test_the_latest_year_with_its_interval_and_change() -> None:
    [row] = cells(latest_table([ROW], {("IN.13", "year to Jun 2021"): CHANGE}))
    assert row == {
        "code": "IN.13",
        "name": "Belonging",
        "period": "Jun 2021",
        "agree": "75%",
        "interval": "72.5% to 77.3%",
        "base": "1,261",
        "change": "−1.3 percentage points | since the year to Mar 2021: no more than chance alone may give",
    }


def test_no_interval_and_no_change_are_said_with_the_reason() -> None:
    [row] = cells(latest_table([WITHOUT], {}))
    assert (row["interval"], row["base"]) == ("None: base not given", "Not given")
    assert row["change"] == "No earlier year-end"


def test_the_chart_says_where_its_lines_begin_and_end_and_is_drawn_without_an_interval_too() -> None:
    chart = survey_chart([ROW | {"period_label": "year to Mar 2020", "agree_pct": Decimal(77)}, ROW, WITHOUT])
    assert chart.alt.startswith("Line chart with bands. IN.13 goes from 77% in the year to Mar 2020 to 75%")
    assert [row["low"] for row in chart.rows] == [72.54, 72.54, None]
    assert svg_for_print(chart).startswith("<svg")
