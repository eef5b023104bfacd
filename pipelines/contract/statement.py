"""Reads a sheet that says in a sentence what others say in a table."""

from pipelines.contract.headings import matches, with_year
from pipelines.contract.model import Statement, Table
from pipelines.contract.outcome import Finding, Piece, Reading, SetAside, TableRows, Values
from pipelines.contract.titles import compare_period
from pipelines.periods import Period
from pipelines.read.figures import tidy
from pipelines.read.sheet import Cell, Sheet


def read_statement(sheet: Sheet, table: Table, layout: Statement, period: Period, reading: Reading) -> None:
    """Adds the sentence to the reading, as a row of its own; lines above it are titles, others are reported."""
    wording = with_year(layout.wording, period)
    rows = reading.tables.setdefault(table.name, TableRows())
    said: Cell | None = None
    for number, cells in sheet.lines():
        cell = next(iter(cells.values()))
        if said is None and len(cells) == 1 and matches(wording, cell.text):
            said = cell
        elif said is None and number == sheet.row_numbers[0] and len(cells) == 1:
            compare_period(sheet, [cell], table, period, reading)
            reading.set_aside.append(SetAside(sheet.name, number, "title", tidy(cell.text)))
        else:
            message = f"'{cell.text or cell.problem}' is not expected here: only a line that says '{wording}'"
            _report(sheet, cell.address, cell.text, message, reading)
    if said is None:
        _report(sheet, "", "", f"no line says '{wording}'; if there is a table instead, ask the data team", reading)
        return
    columns: dict[str, Values] = {
        "row_number": [said.row],
        layout.name: [tidy(said.text)],
        f"{layout.name}_cell": [said.address],
    }
    rows.pieces.append(Piece(1, columns, {"sheet": sheet.name}))
    rows.came_from(sheet.name, [said.row])


def _report(sheet: Sheet, address: str, text: str, message: str, reading: Reading) -> None:
    reading.findings.append(Finding(sheet.name, address, "", text, "statement as expected", message))
