"""Rows of the marts as the sections of a report are given them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.document.model import Block, Bullets, Cell, Paragraph, Table, Words, plain

HOSTILE = "</td><script>alert(1)</script>\"' onload=x & {{ 7 * 7 }} =cmd()"

HEAD = {
    "report_quarter": "2021-22-Q2",
    "report_year": "2021-22",
    "quarter_number": 2,
    "quarter_start": date(2021, 7, 1),
    "quarter_end": date(2021, 10, 1),
    "cut_off": date(2021, 11, 12),
}


def measure(code: str = "IN.16", **changes: Any) -> dict[str, Any]:
    """A measure that is Red on its forecast, as `pipelines.report.contents` reads it."""
    names = ("note", "commentary", "override_status", "override_reason")
    figures = ("value", "period", "numerator", "denominator")
    before = [f"{which}_{name}" for which in ("before", "before_that") for name in figures]
    row = dict.fromkeys((*names, *before)) | {"measure_code": code, "measure_name": "Pass rate", "polarity": "high"}
    row |= {"before_is_suppressed": False, "before_that_is_suppressed": False}
    row |= {"headline": False, "is_contextual": False, "status_robust": True, "trend_robust": True}
    row |= {"value": Decimal(90), "value_kind": "forecast", "value_period": "2021-22 academic", "unit": "%"}
    row |= {"year_type": "academic", "target_type": "numeric", "target_value": Decimal(97), "reading_sensitive": False}
    row |= {"status": "R", "status_reason": "forecast", "trend": "stable", "trend_reason": "forecast year-end"}
    return row | changes


def not_rated(code: str = "IN.14", reason: str = "contextual", **changes: Any) -> dict[str, Any]:
    """A measure without a status."""
    flags = {"status": None, "status_robust": None, "reading_sensitive": None}
    return measure(code, status_reason=reason, **(flags | changes))


def cells(table: Table) -> list[dict[str, str]]:
    """The cells of a table as text, a note behind what it is below."""
    return [{column.key: _said(table.cell(row, column)) for column in table.columns} for row in table.rows]


def _said(cell: Cell) -> str:
    note = plain(cell.note)
    return f"{plain(cell.words)} | {note}" if note else plain(cell.words)


def said(blocks: Sequence[Block]) -> list[str]:
    """Texts of paragraphs and items in order."""
    return [plain(words) for block in blocks for words in _words(block)]


def _words(block: Block) -> Iterator[Words]:
    if isinstance(block, Paragraph):
        yield block.words
    if isinstance(block, Bullets):
        yield from block.items
