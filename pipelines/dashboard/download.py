"""A measure's figures with the cells that they rest on, as CSV."""

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from pipelines.publication.quarter import Row

_MEASURE = ("measure_code", "measure_name", "unit")

_FIGURE = (
    *("area_code", "area_name", "period_label", "period_start", "period_end", "component", "value_kind", "value"),
    *("value_qualifier", "availability", "numerator", "denominator", "note", "as_at"),
)

_ORIGIN = ("role", "amount", "factor", "workbook", "workbook_sha256", "sheet", "cell", "cell_text")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def figures_csv(measure: Mapping[str, Any], figures: Sequence[Row], origins: Mapping[str, Sequence[Row]]) -> bytes:
    """One line for each cell behind each figure, and one for a figure without a cell; UTF-8 with a mark of its order.

    Text that a spreadsheet would run gets an apostrophe before it; numbers and days are as they are.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*_MEASURE, *_FIGURE, *(f"origin_{name}" for name in _ORIGIN)))
    for figure in figures:
        about = [inert(value) for value in (*(measure[name] for name in _MEASURE), *(figure[name] for name in _FIGURE))]
        for origin in origins.get(figure["origin_id"]) or [dict.fromkeys(_ORIGIN)]:
            writer.writerow([*about, *(inert(origin[name]) for name in _ORIGIN)])
    return text.getvalue().encode("utf-8-sig")


def inert(value: Any) -> str:
    """A value, which is text, a number, a day or nothing, as a cell of a CSV in which nothing is run."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
        case Decimal():
            shown = f"{value:f}"
            return shown.rstrip("0").rstrip(".") if "." in shown else shown
    return str(value)
