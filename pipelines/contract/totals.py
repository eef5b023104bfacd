"""Checks the totals that a workbook states against the rows that they add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.contract.convert import NotAsPromised, convert
from pipelines.contract.model import Column, Figure
from pipelines.contract.outcome import Finding
from pipelines.periods import Period, PeriodFinder
from pipelines.read.labels import normalise
from pipelines.read.workbook import Cell


@dataclass(frozen=True)
class Total:
    """A row of totals: the normalised values of the columns that it groups by, and its cells by staged column."""

    sheet: str
    row: int
    group: Mapping[str, str]
    stated: Mapping[str, Cell]
    columns: Mapping[str, Column]
    period: Period
    finder: PeriodFinder


def check_totals(totals: Sequence[Total], rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """A finding for each stated total of a sheet that differs from the sum of its parts.

    A formula without a stored result states nothing and is passed over: the parts are there.
    """
    findings = []
    for total in totals:
        parts = [
            row
            for row in rows
            if row["sheet"] == total.sheet
            and all(normalise(str(row[name])) == value for name, value in total.group.items())
        ]
        for name, cell in total.stated.items():
            column = total.columns[name]
            if isinstance(column, Figure) and cell.problem != "a formula without a stored result":
                findings.extend(_compare(total, name, column, cell, parts))
    return findings


def _compare(total: Total, name: str, column: Figure, cell: Cell, parts: Sequence[Mapping[str, Any]]) -> list[Finding]:
    try:
        stated = convert(name, column, cell, total.period, total.finder)[name]
    except NotAsPromised as error:
        return [Finding(total.sheet, cell.address, name, cell.text, "as promised", f"'{column.headings[0]}': {error}")]
    summed = sum((Decimal(part[name]) for part in parts if part[name] is not None), Decimal(0))
    if stated is None or Decimal(stated) == summed:
        return []
    message = f"the total says {stated}, but its {len(parts)} rows add up to {summed}; mend the total or the rows"
    return [Finding(total.sheet, cell.address, name, cell.text, "totals add up", message)]
