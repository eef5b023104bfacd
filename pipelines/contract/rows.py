"""Reads a table with a row per record: every row below the headings is loaded, set aside with a reason, or reported."""

import re
from collections.abc import Mapping
from typing import Any

from pipelines.contract.convert import NotAsPromised, convert, empty_values
from pipelines.contract.headings import Headings, find_headings, headings_in, matches, normalise
from pipelines.contract.model import Column, Rows, Table
from pipelines.contract.outcome import Finding, Reading, SetAside, TableRows
from pipelines.contract.totals import Total, check_totals
from pipelines.periods import Period
from pipelines.read.figures import MARKERS, tidy
from pipelines.read.workbook import Cell, Sheet


def read_rows(
    sheet: Sheet, table: Table, layout: Rows, period: Period, facts: Mapping[str, str], reading: Reading
) -> None:
    """Adds the sheet's rows to the reading: to the table, to what is set aside, or to the findings."""
    headings = find_headings(sheet, layout.columns, period, layout.ignored)
    if isinstance(headings, list):
        reading.findings.extend(headings)
        return
    _RowsReader(sheet, table, layout, period, headings, facts, reading).read()


class _RowsReader:
    """One pass over a sheet, with what must be remembered from row to row."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        layout: Rows,
        period: Period,
        headings: Headings,
        facts: Mapping[str, str],
        reading: Reading,
    ) -> None:
        self.sheet, self.table, self.layout, self.period = sheet, table, layout, period
        self.headings, self.facts, self.reading = headings, facts, reading
        self.names = {column: name for name, column in headings.columns.items()}
        self.down: dict[str, Cell] = {}
        self.totals: list[Total] = []
        self.lone: list[int] = []

    def read(self) -> None:
        """Places every row of the sheet: title, headings, record, total, derived or footnote; then checks totals."""
        for number, cells in self.sheet.rows.items():
            if number < self.headings.first_row:
                self._set_aside(number, "title")
            elif number <= self.headings.last_row:
                self._set_aside(number, "headings")
            elif not self._is_set_aside(number, cells):
                self._record(number, cells)
        for number in self.lone:
            self._set_aside(number, "footnote")
        rows = [row for row in self._table_rows().rows if row["sheet"] == self.sheet.name]
        if not any(finding.sheet == self.sheet.name for finding in self.reading.findings):
            self.reading.findings.extend(check_totals(self.totals, rows))
        if not rows:
            message = "there are headings and no rows below them; fill the table, or send no workbook yet"
            self.reading.findings.append(Finding(self.sheet.name, "", "", "", "rows below the headings", message))

    def _table_rows(self) -> TableRows:
        return self.reading.tables.setdefault(self.table.name, TableRows())

    def _set_aside(self, number: int, reason: str) -> None:
        text = " | ".join(tidy(cell.text or cell.problem or "") for cell in self.sheet.rows[number].values())
        self.reading.set_aside.append(SetAside(self.sheet.name, number, reason, text))

    def _is_set_aside(self, number: int, cells: Mapping[int, Cell]) -> bool:
        first = cells[min(cells)]
        label = normalise(first.text)
        total = self._total(number, label, cells)
        if total is not None:
            self.totals.append(total)
            self._set_aside(number, "total")
        elif label in {normalise(derived) for derived in self.layout.derived}:
            self._set_aside(number, "derived from the rows above")
        elif len(cells) == 1 and any(matches(unit, first.text) for unit in self.layout.units):
            self._set_aside(number, "label within the table")
        elif all(self._is_heading(cell) for cell in cells.values()):
            self._set_aside(number, "headings repeated")
        elif len(cells) == 1 and self._needed() > 1:
            self.lone.append(number)
        else:
            return False
        return True

    def _needed(self) -> int:
        return sum(column.required for name, column in self.layout.columns.items() if name in self.headings.columns)

    def _is_heading(self, cell: Cell) -> bool:
        name = self.names.get(cell.column)
        headings = headings_in(self.layout.columns[name], self.period) if name else []
        return normalise(cell.text) in {normalise(heading) for heading in headings}

    def _total(self, number: int, label: str, cells: Mapping[int, Cell]) -> Total | None:
        """The row as a total, when its label is one that the layout declares."""
        for pattern, groups in self.layout.totals.items():
            named = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(normalise(pattern)))
            found = re.fullmatch(named, label)
            if found:
                stated = {self.names[column]: cell for column, cell in cells.items() if column in self.names}
                group = {name: found[name] for name in groups if name in found.groupdict()}
                return Total(
                    self.sheet.name, number, group, stated, self.layout.columns, self.period, self.table.period
                )
        return None

    def _record(self, number: int, cells: Mapping[int, Cell]) -> None:
        if self.lone:
            self._report_lone_rows()
        row: dict[str, Any] = {"sheet": self.sheet.name, "row_number": number, **self.facts}
        for name, column in self.layout.columns.items():
            position = self.headings.columns.get(name)
            cell = cells.get(position) if position else None
            if name in self.layout.fill_down:
                cell = self.down[name] = cell or self.down.get(name)  # type: ignore[assignment]
            row.update(self._values(number, name, column, cell))
        for column_number in cells.keys() - self.names.keys() - self.headings.ignored:
            cell = cells[column_number]
            if tidy(cell.text).casefold() in MARKERS:  # stands for no value, so none is lost
                continue
            message = f"'{cell.text}' stands in a column without a heading; name the column or remove the value"
            self.reading.findings.append(
                Finding(self.sheet.name, cell.address, "", cell.text, "no stray values", message)
            )
        table_rows = self._table_rows()
        table_rows.rows.append(row)
        table_rows.source_rows.add((self.sheet.name, number))

    def _values(self, number: int, name: str, column: Column, cell: Cell | None) -> dict[str, Any]:
        heading = headings_in(column, self.period)[0]
        if cell is None:
            if column.required:
                message = f"'{heading}' is blank in row {number}; enter it, or remove the row"
                self.reading.findings.append(Finding(self.sheet.name, "", name, "", "nothing missing", message))
            return empty_values(name, column)
        try:
            return convert(name, column, cell, self.period, self.table.period)
        except NotAsPromised as error:
            finding = Finding(self.sheet.name, cell.address, name, cell.text, "as promised", f"'{heading}': {error}")
            self.reading.findings.append(finding)
            return empty_values(name, column)

    def _report_lone_rows(self) -> None:
        for number in self.lone:
            cell = next(iter(self.sheet.rows[number].values()))
            message = f"'{cell.text}' stands alone between rows of data; is the rest of the row missing?"
            self.reading.findings.append(Finding(self.sheet.name, cell.address, "", cell.text, "whole rows", message))
        self.lone.clear()
