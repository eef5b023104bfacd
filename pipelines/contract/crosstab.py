"""Reads a table with a column per area (or the like): each cell becomes a row of the staged table."""

from collections.abc import Mapping
from typing import Any

from pipelines.contract.convert import NotAsPromised, Promise, convert, empty_values
from pipelines.contract.headings import SEARCHED_ROWS
from pipelines.contract.model import Crosstab, Figure, Table
from pipelines.contract.outcome import FOOTNOTE, Finding, Piece, Reading, SetAside, TableRows
from pipelines.contract.sheet_marks import report_marks
from pipelines.contract.titles import read_titles
from pipelines.periods import Period
from pipelines.read.address import cell_address
from pipelines.read.labels import normalise, parse_label, plain_key
from pipelines.read.sheet import Cell, Sheet

Line = Mapping[int, Cell]


def read_crosstab(sheet: Sheet, table: Table, layout: Crosstab, period: Period, reading: Reading) -> None:
    """Adds the sheet's cells to the reading, a row each; titles and footnotes are set aside."""
    top = _heading_row(sheet, layout)
    if top is None:
        message = f"no row begins with '{layout.corner}', the heading of the table"
        reading.findings.append(Finding(sheet.name, "", layout.corner, "", "headings found", message))
        return
    facts = read_titles(sheet, top, table, layout, period, reading)
    _CrosstabReader(sheet, table, layout, period, facts, reading, top).read()


def _heading_row(sheet: Sheet, layout: Crosstab) -> int | None:
    for number in sheet.row_numbers[:SEARCHED_ROWS]:
        cells = sheet.line(number)
        if len(cells) > 1 and normalise(cells[min(cells)].text) == normalise(layout.corner):
            return number
    return None


class _CrosstabReader:
    """One pass over a sheet, with its headings and the rows that belong to all others."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        layout: Crosstab,
        period: Period,
        facts: Mapping[str, Any],
        reading: Reading,
        top: int,
    ) -> None:
        self.sheet, self.table, self.layout, self.period = sheet, table, layout, period
        self.facts, self.reading, self.top = facts, reading, top
        self.lines = dict(sheet.lines())
        self.corner = min(self.lines[top])
        self.across = {cell.column: cell for cell in self.lines[top].values() if cell.column != self.corner}

    def read(self) -> None:
        """Places every row of the sheet: title, headings, line of the table or footnote."""
        last = max(number for number, cells in self.lines.items() if len(cells) > 1)
        while last + 1 in self.lines:  # a note stands apart; a label right below the table lacks its values
            last += 1
        for cell in self.across.values():
            if cell.problem:
                self._report(cell, "headings found", f"the heading holds {cell.problem}; enter the name itself")
        lines = []
        for number in self.lines:
            if number < self.top:
                self._set_aside(number, "title")
            elif number == self.top:
                self._set_aside(number, "headings")
            elif number > last:
                self._set_aside(number, FOOTNOTE)
            else:
                lines.append(number)
        self._read_lines(lines)

    def _read_lines(self, lines: list[int]) -> None:
        rows = self.reading.tables.setdefault(self.table.name, TableRows())
        beside_labels = {normalise(label): wanted for label, wanted in self.layout.beside.items()}
        beside: dict[int, dict[str, Any]] = {column: {} for column in self.across}
        beside_rows: dict[str, list[int]] = {label: [] for label in beside_labels}
        data: list[tuple[int, Line]] = []
        for number in lines:
            cells = self.lines[number]
            rows.came_from(self.sheet.name, [number])
            label = self._label(number, cells)
            if label in beside_labels:
                beside_rows[label].append(number)
                for column in self.across:
                    beside[column] |= self._values(*beside_labels[label], cells, number, column)
            elif label:
                data.append((number, cells))
        self._report_shape(beside_rows, len(data))
        for name, figure in self.layout.beside.values():
            for column in self.across:
                beside[column] = empty_values(name, figure) | beside[column]
        names = {self.corner: self.layout.down} | dict.fromkeys(self.across, self.layout.value[0])
        report_marks(self.sheet, lines, names, (), self.reading)
        if data:
            rows.pieces.append(self._piece(data, beside))

    def _piece(self, data: list[tuple[int, Line]], beside: Mapping[int, dict[str, Any]]) -> Piece:
        """A row for each cell of the lines."""
        made = [
            {
                "row_number": number,
                self.layout.down: _name(cells[self.corner]),
                self.layout.across: _name(heading),
                **self._values(*self.layout.value, cells, number, column),
                **beside[column],
            }
            for number, cells in data
            for column, heading in self.across.items()
        ]
        columns = {name: [row[name] for row in made] for name in made[0]} if made else {}
        return Piece(len(made), columns, {"sheet": self.sheet.name, **self.facts})

    def _report_shape(self, beside_rows: Mapping[str, list[int]], data_rows: int) -> None:
        for label in self.layout.beside:
            numbers = beside_rows[normalise(label)]
            if len(numbers) != 1:
                where = f"in rows {', '.join(map(str, numbers))}" if numbers else "nowhere"
                message = f"one row must be called '{label}', and it stands {where}"
                self.reading.findings.append(Finding(self.sheet.name, "", label, "", "whole rows", message))
        if not data_rows:
            message = "there are headings and no rows below them; fill the table, or send no workbook yet"
            self.reading.findings.append(Finding(self.sheet.name, "", "", "", "rows below the headings", message))

    def _label(self, number: int, cells: Line) -> str:
        """The row's label as it is compared; empty where it has none. Reports that, and values beside the table."""
        for column in cells.keys() - self.across.keys() - {self.corner}:
            message = f"'{cells[column].text}' stands in a column without a heading; name the column or remove it"
            self._report(cells[column], "no stray values", message)
        if self.corner not in cells:
            message = f"row {number} has values but no label in the column '{self.layout.corner}'"
            self.reading.findings.append(Finding(self.sheet.name, "", self.layout.down, "", "whole rows", message))
            return ""
        return normalise(cells[self.corner].text)

    def _values(self, name: str, figure: Figure, cells: Line, number: int, column: int) -> dict[str, Any]:
        cell = cells.get(column)
        if cell is None:
            if figure.required:
                message = f"the {name} is blank; enter it, or '..' where it is not available"
                address = cell_address(number, column)
                self.reading.findings.append(Finding(self.sheet.name, address, name, "", "nothing missing", message))
            return empty_values(name, figure)
        try:
            return convert(Promise(name, figure, self.period, self.table.period), cell)
        except NotAsPromised as error:
            self._report(cell, "as promised", str(error), name)
            return empty_values(name, figure)

    def _report(self, cell: Cell, rule: str, message: str, name: str = "") -> None:
        self.reading.findings.append(Finding(self.sheet.name, cell.address, name, cell.text, rule, message))

    def _set_aside(self, number: int, reason: str) -> None:
        cells = list(self.lines[number].values())
        text = " | ".join(" ".join((cell.text or cell.problem or "").split()) for cell in cells)
        self.reading.set_aside.append(SetAside(self.sheet.name, number, reason, text, cells[0].address))


def _name(cell: Cell) -> str:
    """What the lines or columns of the table are called, without footnotes."""
    return plain_key(parse_label(cell.text)[0])
