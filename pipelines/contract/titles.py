"""What stands above a table: facts said once, and the period that the sheet says it is of."""

import re
from collections.abc import Sequence

from pipelines.contract.model import Crosstab, Rows, Table
from pipelines.contract.outcome import Finding, Reading
from pipelines.periods import Period
from pipelines.read.sheet import Cell, Sheet


def read_titles(
    sheet: Sheet, top: int, table: Table, layout: Rows | Crosstab, period: Period, reading: Reading
) -> dict[str, str]:
    """The facts that the layout expects above row `top`, the first of the headings; what is wrong there is reported."""
    titles = [cell for row in sheet.row_numbers if row < top for cell in sheet.line(row).values()]
    compare_period(sheet, titles, table, period, reading)
    facts = {}
    for name, fact in layout.facts.items():
        found = next((match for cell in titles if (match := re.search(fact.pattern, _tidy(cell)))), None)
        if found:
            facts[name] = found[1]
        elif fact.required:
            message = f"no title above the table says its {name.replace('_', ' ')}"
            reading.findings.append(Finding(sheet.name, "", name, "", "titles as expected", message))
    return facts


def compare_period(sheet: Sheet, titles: Sequence[Cell], table: Table, period: Period, reading: Reading) -> None:
    """Last year's sheet in this year's file: what a title says must be what the name says."""
    for cell in titles:
        stated = table.period(_tidy(cell))
        if stated is not None and stated != period:
            message = f"the title speaks of {stated.label}, the file's name of {period.label}; mend the wrong one"
            reading.findings.append(Finding(sheet.name, cell.address, "", _tidy(cell), "one period", message))


def _tidy(cell: Cell) -> str:
    return " ".join(cell.text.split())
