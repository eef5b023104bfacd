"""Made-up rows of the marts that a dashboard is made of."""

from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.dashboard.contents import Contents
from pipelines.publication.quarter import Publisher

Row = dict[str, Any]

HOSTILE = "</script><script>alert(1)</script>\"' onload=x =cmd() & {{ 7 * 7 }} ../" + "x" * 5000


def rating(**changes: Any) -> Row:
    """A row of ratings, with all that a page says of a measure."""
    row = dict.fromkeys(("override_status", "override_reason", "commentary", "note", "frequency", "category"))
    row |= {
        "measure_code": "IN.1",
        "measure_name": "Pass rate",
        "priority": "1. Learning",
        "polarity": "high",
        "is_contextual": False,
        "unit": "%",
        "year_type": "financial",
        "rated_on": "Forecast",
        "forecast_method": "None",
        "target_type": "numeric",
        "target_value": Decimal(95),
        "owner": "The service",
        "headline": False,
        "value": Decimal("93.2"),
        "value_kind": "actual",
        "value_period": "2021-22",
        "status": "A",
        "status_reason": "actual",
        "status_robust": True,
        "reading_sensitive": False,
        "trend": "better",
        "trend_reason": "actual against previous",
        "trend_robust": True,
    }
    return row | changes


def figure(period_label: str = "2021-22", value: str | None = "93.2", **changes: Any) -> Row:
    """A row of figures of the authority for a financial year."""
    year = int(period_label[:4])
    row = {
        "measure_code": "IN.1",
        "area_code": "E1",
        "area_name": "Stockport",
        "is_authority": True,
        "period_label": period_label,
        "period_start": date(year, 4, 1),
        "period_end": date(year + 1, 4, 1),
        "year_type": "financial",
        "component": "total",
        "value_kind": "actual",
        "value": None if value is None else Decimal(value),
        "value_qualifier": "exact",
        "availability": "not_collected" if value is None else "value",
        "numerator": None,
        "denominator": None,
        "note": None,
        "as_at": date(2021, 10, 15),
        "origin_id": f"o-{period_label}",
    }
    return row | changes


def origin(**changes: Any) -> Row:
    """A cell behind a figure."""
    row = {
        "role": "value",
        "amount": Decimal("93.2"),
        "factor": None,
        "workbook": "Return.xlsx",
        "sheet": "Data",
        "cell": "B4",
        "cell_text": "0.932",
        "workbook_sha256": "ab" * 32,
    }
    return row | changes


def contents(*ratings: Row, figures: tuple[Row, ...] = (), cells: tuple[Row, ...] = (), **changes: Any) -> Contents:
    """The contents of 2021-22-Q2, whose second reported quarter it is; every figure rests on the same cells."""
    quarter = {
        "report_quarter": "2021-22-Q2",
        "report_year": "2021-22",
        "quarter_number": 2,
        "cut_off": date(2021, 11, 12),
        "known_by": date(2021, 11, 12),
    }
    given: dict[str, Any] = {
        "quarter": quarter,
        "quarters": ["2021-22-Q1", "2021-22-Q2"],
        "run_date": date(2021, 11, 15),
        "publisher": Publisher("Stockport", "Stockport Metropolitan Borough Council"),
        "ratings": ratings,
        "measures": {row["measure_code"]: row for row in ratings},
        "figures": {row["measure_code"]: list(figures) for row in ratings},
        "origins": {row["origin_id"]: list(cells) for row in figures},
        "reasons": {},
        "priorities": ["1. Learning"],
    }
    return Contents(**given | changes)
