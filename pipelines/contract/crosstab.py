"""Reads a table with a column per area (or the like): each cell becomes a row of the staged table."""

from collections.abc import Mapping
from typing import Any

from pipelines.contract.convert import NotAsPromised, convert, empty_values
from pipelines.contract.headings import SEARCHED_ROWS, normalise
from pipelines.contract.model import Crosstab, Figure, Table
from pipelines.contract.outcome import Finding, Reading, SetAside, TableRows
from pipelines.periods import Period
from pipelines.read.address import cell_address
from pipelines.read.figures import tidy
from pipelines.read.workbook import Cell, Sheet


def read_crosstab(
    sheet: Sheet, table: Table, layout: Crosstab, period: Period, facts: Mapping[str, str], reading: Reading
) -> None:
    """Adds the sheet's cells to the reading, a row each; titles and footnotes are set aside."""
    top = _heading_row(sheet, layout)
    if top is None:
        message = f"no row begins with '{layout.corner}', the heading of the table"
        reading.findings.append(Finding(sheet.name, "", layout.corner, "", "headings found", message))
        return
    corner = min(sheet.rows[top])
    across = {column: tidy(cell.text) for column, cell in sheet.rows[top].items() if column != corner}
    body = {number: cells for number, cells in sheet.rows.items() if number > top and len(cells) > 1}
    for number, cells in sheet.rows.items():
        if number not in body:
            reason = "title" if number < top else "headings" if number == top else "footnote"
            text = " | ".join(tidy(cell.text) for cell in cells.values())
            reading.set_aside.append(SetAside(sheet.name, number, reason, text))
    beside = {
        normalise(cells[corner].text): cells
        for cells in body.values()
        if corner in cells and normalise(cells[corner].text) in {normalise(label) for label in layout.beside}
    }
    table_rows = reading.tables.setdefault(table.name, TableRows())
    table_rows.source_rows.update((sheet.name, number) for number in body)
    for number, cells in body.items():
        label = normalise(cells[corner].text) if corner in cells else ""
        if label not in beside:
            _read_row(sheet, table, layout, period, facts, reading, _Line(number, corner, cells, across, beside))


class _Line:
    """One row of a crosstab with what it needs of the rest: the headings and the rows that stand beside it."""

    def __init__(
        self,
        number: int,
        corner: int,
        cells: Mapping[int, Cell],
        across: Mapping[int, str],
        beside: Mapping[str, Mapping[int, Cell]],
    ) -> None:
        self.number, self.corner, self.cells, self.across, self.beside = number, corner, cells, across, beside


def _heading_row(sheet: Sheet, layout: Crosstab) -> int | None:
    for number in sorted(sheet.rows)[:SEARCHED_ROWS]:
        cells = sheet.rows[number]
        if len(cells) > 1 and normalise(cells[min(cells)].text) == normalise(layout.corner):
            return number
    return None


def _read_row(
    sheet: Sheet,
    table: Table,
    layout: Crosstab,
    period: Period,
    facts: Mapping[str, str],
    reading: Reading,
    line: _Line,
) -> None:
    stray = line.cells.keys() - line.across.keys() - {line.corner}
    for column in stray:
        message = f"'{line.cells[column].text}' stands in a column without a heading; name the column or remove it"
        address = line.cells[column].address
        reading.findings.append(Finding(sheet.name, address, "", line.cells[column].text, "no stray values", message))
    if line.corner not in line.cells:
        message = f"row {line.number} has values but no label in the column '{layout.corner}'"
        reading.findings.append(Finding(sheet.name, "", layout.down, "", "whole rows", message))
        return
    for column, heading in line.across.items():
        row: dict[str, Any] = {"sheet": sheet.name, "row_number": line.number, **facts}
        row[layout.down] = tidy(line.cells[line.corner].text)
        row[layout.across] = heading
        wanted = [(*layout.value, line.cells, line.number)]
        wanted += [
            (name, figure, line.beside.get(normalise(label), {}), line.number)
            for label, (name, figure) in layout.beside.items()
        ]
        for name, figure, cells, number in wanted:
            row.update(_values(sheet, table, period, reading, name, figure, cells.get(column), number, column))
        reading.tables[table.name].rows.append(row)


def _values(
    sheet: Sheet,
    table: Table,
    period: Period,
    reading: Reading,
    name: str,
    figure: Figure,
    cell: Cell | None,
    number: int,
    column: int,
) -> dict[str, Any]:
    if cell is None:
        if figure.required:
            address = cell_address(number, column)
            message = f"the {name} is blank; enter it, or '..' where it is not available"
            reading.findings.append(Finding(sheet.name, address, name, "", "nothing missing", message))
        return empty_values(name, figure)
    try:
        return convert(name, figure, cell, period, table.period)
    except NotAsPromised as error:
        reading.findings.append(Finding(sheet.name, cell.address, name, cell.text, "as promised", str(error)))
        return empty_values(name, figure)
