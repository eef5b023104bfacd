"""A measure's figures with the cells that they rest on, as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.csv_text import csv_bytes
from pipelines.publication.quarter import Row

_MEASURE = ("measure_code", "measure_name", "unit")

_FIGURE = (
    *("area_code", "area_name", "period_label", "period_start", "period_end", "component", "value_kind", "value"),
    *("value_qualifier", "availability", "numerator", "denominator", "note", "as_at"),
)

_ORIGIN = ("role", "amount", "factor", "workbook", "workbook_sha256", "sheet", "cell", "cell_text")


def figures_csv(measure: Mapping[str, Any], figures: Sequence[Row], origins: Mapping[str, Sequence[Row]]) -> bytes:
    """One line for each cell behind each figure, and one for a figure without a cell; UTF-8 with a mark of its order.

    Text that a spreadsheet would run gets an apostrophe before it; numbers and days are as they are.
    """
    names = (*_MEASURE, *_FIGURE, *(f"origin_{name}" for name in _ORIGIN))
    return csv_bytes(names, _lines(measure, figures, origins), marked=True)


def _lines(
    measure: Mapping[str, Any], figures: Sequence[Row], origins: Mapping[str, Sequence[Row]]
) -> Iterator[Sequence[Any]]:
    for figure in figures:
        about = [*(measure[name] for name in _MEASURE), *(figure[name] for name in _FIGURE)]
        for origin in origins.get(figure["origin_id"]) or [dict.fromkeys(_ORIGIN)]:
            yield [*about, *(origin[name] for name in _ORIGIN)]
