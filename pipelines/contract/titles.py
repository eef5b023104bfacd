"""What stands above a table: facts said once, and the period that the sheet says it is of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from pipelines.contract.convert import NotAsPromised, Promise, convert, empty_values
from pipelines.contract.model import Crosstab, Figure, Rows, Table, Text
from pipelines.contract.outcome import Finding, Reading
from pipelines.periods import Period
from pipelines.read.sheet import Cell, Sheet


def read_titles(
    sheet: Sheet, top: int, table: Table, layout: Rows | Crosstab, period: Period, reading: Reading
) -> dict[str, Any]:
    """The staged columns of the facts that the layout expects above row `top`, the first of the headings.

    What is wrong there is reported.
    """
    above = takewhile(lambda row: row < top, sheet.row_numbers)
    titles = [cell for row in above for cell in sheet.line(row).values()]
    compare_period(sheet, titles, table, period, reading)
    facts: dict[str, Any] = {}
    for name, fact in layout.facts.items():
        found = next(((match, cell) for cell in titles if (match := re.search(fact.pattern, _tidy(cell)))), None)
        column = fact.figure or Text()
        facts |= empty_values(name, column)
        if found is None:
            message = f"no title above the table says its {name.replace('_', ' ')}" if fact.required else ""
        else:
            message, values = _said(Promise(name, column, period, table.period), found[0][1], found[1])
            facts |= values
        if message:
            address, text = (found[1].address, found[1].text) if found else ("", "")
            reading.findings.append(Finding(sheet.name, address, name, text, "titles as expected", message))
    return facts


def _said(promise: Promise, said: str, cell: Cell) -> tuple[str, dict[str, Any]]:
    """What is wrong with what a title says, or its staged columns; the text of a figure is the whole title."""
    if not isinstance(promise.column, Figure):
        return "", {promise.name: said}
    try:
        return "", convert(promise, replace(cell, text=said)) | {f"{promise.name}_text": cell.as_supplied}
    except NotAsPromised as error:
        return str(error), {}


def compare_period(sheet: Sheet, titles: Sequence[Cell], table: Table, period: Period, reading: Reading) -> None:
    """Last year's sheet in this year's file: a title must say what the name says, or the year that it is in."""
    for cell in titles:
        stated = table.period(_tidy(cell))
        if stated is not None and not (stated.start <= period.start and period.end <= stated.end):
            message = f"the title speaks of {stated.label}, the file's name of {period.label}; mend the wrong one"
            reading.findings.append(Finding(sheet.name, cell.address, "", _tidy(cell), "one period", message))


def _tidy(cell: Cell) -> str:
    return " ".join(cell.text.split())
