"""Rows of the marts that many cases begin with, as they usually are; a case names what it is about."""

from datetime import date, timedelta
from typing import Any

from tests.sql.harness import Row, run_one

MEASURE = "IN.16"
QUARTER = "2021-22-Q2"
STOCKPORT = "E08000007"
GREATER_MANCHESTER = "E47000001"

_QUARTER_STARTS = {1: (0, 4), 2: (0, 7), 3: (0, 10), 4: (1, 1)}


def years(first: int) -> str:
    """The label of the financial year that begins in a calendar year."""
    return f"{first}-{(first + 1) % 100:02}"


def months_later(start: date, months: int) -> date:
    """The first day of the month so many months later."""
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def quarter_start(label: str) -> date:
    """The first day of the quarter that `2021-22-Q2` names."""
    later, month = _QUARTER_STARTS[int(label[-1])]
    return date(int(label[:4]) + later, month, 1)


def quarter(label: str = QUARTER, **changes: Any) -> Row:
    """A row of marts.reporting_quarter."""
    first, start = int(label[:4]), quarter_start(label)
    end = months_later(start, 3)
    academic = first - 1 if label.endswith("Q1") else first
    row = {
        "report_quarter": label,
        "quarter_start": start,
        "quarter_end": end,
        "quarter_number": int(label[-1]),
        "report_year": years(first),
        "previous_report_year": years(first - 1),
        "year_start": date(first, 4, 1),
        "academic_year": f"{years(academic)} academic",
        "previous_academic_year": f"{years(academic - 1)} academic",
        "cut_off": end + timedelta(days=42),
        "known_by": end + timedelta(days=42),
    }
    return row | changes


def definition(**changes: Any) -> Row:
    """A row of marts.rating_definition: a % measure with a target of 97, high is good, rated on its forecast."""
    row = {
        "report_quarter": QUARTER,
        "measure_code": MEASURE,
        "measure_name": "Overall pass rate",
        "priority": "2. Skills",
        "polarity": "high",
        "is_contextual": False,
        "unit": "%",
        "year_type": "academic",
        "rated_on": "Forecast",
        "forecast_method": "Service forecast",
        "target_type": "numeric",
        "target_value": "97",
        "tolerance_value": "5",
        "tolerance_kind": "relative",
    }
    return row | changes


def rated(**changes: Any) -> Row:
    """A row of marts.rated_value: a forecast year-end, beside the actual year-end before. The trend takes the value."""
    row = {
        "report_quarter": QUARTER,
        "measure_code": MEASURE,
        "value": "94",
        "value_kind": "forecast",
        "value_period": "2021-22 academic",
        "availability": "value",
        "trend_value": changes.get("value", "94"),
        "trend_basis": "forecast year-end",
        "previous_value": "93",
        "previous_period": "2020-21 academic",
    }
    return row | changes


def rate(defined: Row, value: Row | None) -> Row:
    """The row of marts.computed_status for one definition and one rated value, or none, without commentary."""
    values = [] if value is None else [value]
    given = {"marts.rating_definition": [defined], "marts.rated_value": values, "marts.known_commentary": []}
    return run_one("marts.computed_status", given)


def known(period_label: str, value: str | None, **changes: Any) -> Row:
    """A row of marts.known_observation, of a quarter, a financial or academic year, or a snapshot by its label."""
    first = int(period_label[:4])
    if "-Q" in period_label:
        start, months, year_type = quarter_start(period_label), 3, "quarter"
    elif period_label.endswith("academic"):
        start, months, year_type = date(first, 8, 1), 12, "academic"
    elif period_label == years(first):
        start, months, year_type = date(first, 4, 1), 12, "financial"
    else:
        start, months, year_type = date(first, int(period_label[5:7]), 1), 1, "snapshot"
    return _known(period_label, value, (start, months_later(start, months)), year_type) | changes


def rolling(end: date, value: str, **changes: Any) -> Row:
    """A row of marts.known_observation: the mean of the four waves before a day."""
    label = f"year to {end - timedelta(days=1):%b %Y}"
    return _known(label, value, (date(end.year - 1, end.month, 1), end), "rolling") | changes


def _known(label: str, value: str | None, interval: tuple[date, date], year_type: str) -> Row:
    return {
        "report_quarter": QUARTER,
        "measure_code": MEASURE,
        "period_label": label,
        "period_start": interval[0],
        "period_end": interval[1],
        "year_type": year_type,
        "value_kind": "actual",
        "value": value,
        "availability": "not_available" if value is None else "value",
        "origin_id": f"origin of {label}",
    }
