"""Reads a table with a row per record: every row below the headings is loaded, set aside with a reason, or reported."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from pipelines.contract.by_row import convert_by_row
from pipelines.contract.columns import Cells, convert_column, texts_of
from pipelines.contract.convert import Promise
from pipelines.contract.headings import Headings, find_headings, headings_in, matches
from pipelines.contract.model import Figure, Rows, Table
from pipelines.contract.outcome import (
    FOOTNOTE,
    WHY_EMPTY,
    Finding,
    Piece,
    Reading,
    SetAside,
    Severity,
    TableRows,
    Values,
)
from pipelines.contract.page_breaks import PageBreaks
from pipelines.contract.sections import Sections
from pipelines.contract.sheet_marks import report_marks
from pipelines.contract.special_rows import SpecialRows
from pipelines.contract.titles import read_titles
from pipelines.contract.totals import Total, check_totals
from pipelines.periods import Period
from pipelines.read.address import cell_address
from pipelines.read.figures import MARKERS, NotAFigure, parse_figure
from pipelines.read.sheet import MANY, Cell, Sheet, consecutive

_NOTE = re.compile(r"^\W|^\d|^notes?\b|^source|[.:]$|.{50}", re.IGNORECASE)
"""What a footnote right below a table looks like, and the name of something in a table does not."""

_TELLING_HEADINGS = 2
"""How many cells of a row that are headings of their columns tell that it repeats the headings."""


def read_rows(sheet: Sheet, table: Table, layout: Rows, period: Period, reading: Reading) -> None:
    """Adds the sheet's rows to the reading: to the table, to what is set aside, or to the findings."""
    headings = find_headings(sheet, layout, period)
    if isinstance(headings, list):
        reading.findings.extend(headings)
        return
    facts = read_titles(sheet, headings.first_row, table, layout, period, reading)
    _RowsReader(sheet, table, layout, period, headings, facts, reading).read()


class _RowsReader:
    """One reading of a sheet: which row is what, then the records column by column."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        layout: Rows,
        period: Period,
        headings: Headings,
        facts: Mapping[str, Any],
        reading: Reading,
    ) -> None:
        self.sheet, self.table, self.layout, self.period = sheet, table, layout, period
        self.headings, self.facts, self.reading = headings, facts, reading
        self.names = {column: name for name, column in headings.columns.items()}
        self.placed: list[int] = []
        self.records: Sequence[int] = ()
        self.totals: list[Total] = []
        self.lone: list[int] = []
        self.needed = sum(layout.columns[name].required for name in headings.columns)
        self.special = SpecialRows(layout, headings, period)
        self.sections = Sections(layout.sections)
        self.page_breaks = PageBreaks(sheet, layout, self.names)

    def read(self) -> None:
        """Places every row of the sheet: title, headings, record, total, derived or footnote; then checks totals."""
        ordinary = self._ordinary()
        begin = 0
        for number in self._others(ordinary):
            end = bisect(ordinary, number, begin)
            self._record_all(ordinary[begin:end])
            begin = end
            if number > self.headings.last_row:
                self._place(number)
            elif number >= self.headings.first_row:
                self._set_aside(number, "headings")
            elif not self._is_section(number):
                self._set_aside(number, "title")
        self._record_all(ordinary[begin:])
        for number in self.lone:
            self._place_last(number)
        if not self.placed:
            if not any(row.sheet == self.sheet.name and row.reason == WHY_EMPTY for row in self.reading.set_aside):
                message = "there are headings and no rows below them; fill the table, or send no workbook yet"
                self.reading.findings.append(Finding(self.sheet.name, "", "", "", "rows below the headings", message))
            self.reading.tables.setdefault(self.table.name, TableRows())
            return
        self.records = consecutive(self.placed)
        rows = self.page_breaks.rows_of_all(self.records)
        self._report_stray_values(rows)
        report_marks(self.sheet, rows, self.names, self.layout.fill_down, self.reading)
        self.sheet = self.page_breaks.whole()
        piece = self._piece()
        table_rows = self.reading.tables.setdefault(self.table.name, TableRows())
        table_rows.pieces.append(piece)
        table_rows.came_from(self.sheet.name, rows)
        if not any(finding.sheet == self.sheet.name for finding in self.reading.failures):
            self.reading.findings.extend(check_totals(self.totals, piece))

    def _set_aside(self, number: int, reason: str) -> None:
        cells = list(self.sheet.line(number).values())
        text = " | ".join(" ".join((cell.text or cell.problem or "").split()) for cell in cells)
        self.reading.set_aside.append(SetAside(self.sheet.name, number, reason, text, cells[0].address))

    def _place(self, number: int) -> None:
        """Says what a row below the headings is: a record, the rest of one, or something to set aside."""
        if self._is_section(number) or (self.layout.page_breaks and self._is_broken_heading(number)):
            return
        label, filled = self._label(number)
        reason = self.special.reason(label) if label else ""
        cells = self.sheet.line(number) if reason else {}
        if reason == "total":
            self.totals.append(self._total(label, cells))
        elif filled == 1 and any(matches(unit, label) for unit in self.layout.units):
            reason = "label within the table"
        elif reason == "headings repeated" and not all(self.special.is_heading(cell) for cell in cells.values()):
            reason = ""
        if reason:
            if reason == "headings repeated":
                self.page_breaks.repeat_headings()
            self._set_aside(number, reason)
        elif rest := self.page_breaks.join(number):
            self.reading.findings.append(rest)
        elif filled == 1 and self.needed > 1:
            self.lone.append(number)
        else:
            self._record(number)

    def _ordinary(self) -> Sequence[int]:
        """Of a large sheet, the rows that are records for certain."""
        if self.sheet.texts.height < MANY or self.layout.sections or self.layout.page_breaks:
            return ()
        below = self.special.ordinary(self.sheet).arg_true() + self.sheet.first_row
        problems = list(self.sheet.problem_rows)
        return consecutive(below.filter((below > self.headings.last_row) & ~below.is_in(problems)))

    def _others(self, ordinary: Sequence[int]) -> Iterable[int]:
        """The rows that hold anything and are to be looked at one by one."""
        if not ordinary:
            return self.sheet.row_numbers
        numbers = pl.Series(self.sheet.row_numbers, dtype=pl.Int64)
        return numbers.filter(~numbers.is_in(pl.Series(ordinary, dtype=pl.Int64).implode())).to_list()

    def _record(self, number: int) -> None:
        self._record_all([number])
        self.sections.add_record()
        self.page_breaks.begin(number)

    def _record_all(self, numbers: Sequence[int]) -> None:
        if self.lone and numbers:
            self._report_lone_rows()
        self.placed.extend(numbers)

    def _is_broken_heading(self, number: int) -> bool:
        """Whether a row repeats some of the headings beside other words, which is reported: it is no record."""
        cells = self.sheet.line(number).values()
        others = [cell for cell in cells if not self.special.is_heading(cell)]
        if not others or len(cells) - len(others) < _TELLING_HEADINGS:
            return False
        message = f"'{others[0].text}' stands among headings that are repeated; put the heading of its column back"
        self._report(others[0], "", "headings repeated whole", message)
        return True

    def _is_section(self, number: int) -> bool:
        """Whether a row says something of the rows below it; it is then set aside, and reported if it says more."""
        label, filled = self._label(number)
        said = self.sections.said(label) if label else None
        if said is None:
            return False
        cell = next(iter(self.sheet.line(number).values()))
        if filled > 1:
            message = (
                f"'{label}' heads the rows below it, and other cells of its row are filled; keep it alone in its row"
            )
            self._report(cell, said[0], "whole rows", message)
        if self.lone:
            self._report_lone_rows()
        if self.sections.begin(said):
            message = f"'{label}' stands right below another such row; the rows below were taken as under both"
            finding = Finding(self.sheet.name, cell.address, said[0], label, "one section at a time", message, "warn")
            self.reading.findings.append(finding)
        self.page_breaks.begin(None)
        self._set_aside(number, "section")
        return True

    def _place_last(self, number: int) -> None:
        """A lone cell below all records: a footnote, unless it is a figure or seems to begin a record.

        Where a record has only two values, one that lacks the other looks like a note: then a note must stand apart.
        """
        cell = next(iter(self.sheet.line(number).values()))
        stands_apart = number > self.placed[-1] + 1 + self.lone.index(number) if self.placed else True
        is_figure = isinstance(self.layout.columns.get(self.names.get(cell.column, "")), Figure) and _is_figure(cell)
        if is_figure or not (stands_apart or (self.needed > 2 and _NOTE.search(cell.text))):
            message = "stands alone below the rows; is the rest of the row missing? Leave a row blank above a note"
            self._report(cell, "", "whole rows", f"'{cell.text or cell.problem}' {message}")
        else:
            why = self.layout.empty_note
            says_why_empty = not self.placed and why and re.search(why, cell.text, re.IGNORECASE)
            self._set_aside(number, WHY_EMPTY if says_why_empty else FOOTNOTE)

    def _label(self, number: int) -> tuple[str, int]:
        """The first text of a row, and how many of its cells hold anything."""
        if number in self.sheet.problem_rows:
            cells = self.sheet.line(number)
            return cells[min(cells)].text, len(cells)
        row = self.sheet.texts_of_row(number)
        return row[0] or next(filter(None, row), ""), len(row) - row.count(None)

    def _total(self, label: str, cells: Mapping[int, Cell]) -> Total:
        stated = {self.names[column]: cell for column, cell in cells.items() if column in self.names}
        promised = {name: (self._promise(name), cell) for name, cell in stated.items()}
        return Total(self.sheet.name, self.special.group(label), promised)

    def _promise(self, name: str) -> Promise:
        return Promise(
            name,
            self.layout.columns[name],
            self.period,
            self.table.period,
            key=name in self.table.key,
            scale=self.headings.scales.get(name, 1),
        )

    def _piece(self) -> Piece:
        """The records, column by column."""
        columns: dict[str, Values] = {"row_number": self.records}
        for name in self.layout.columns:
            position = self.headings.columns.get(name)
            places = self._places(name, position)
            cells = Cells(self.sheet, position or 0, places)
            columns |= self._converted(name, cells, columns)
            if self.layout.columns[name].located:
                rows = (place or record for place, record in zip(places, self.records, strict=True))
                columns[f"{name}_cell"] = [self._addresses(row, position) for row in rows]
        for place, name in self.sections.missing():
            cell = Cell(self.records[place], 1, "")
            self._report(
                cell, name, "sections as expected", f"no row above says the {name.replace('_', ' ')} of this one"
            )
        same = {"sheet": self.sheet.name, **self.facts}
        return Piece(len(self.records), columns | self.sections.columns(), same, self.headings.columns)

    def _converted(self, name: str, cells: Cells, before: Mapping[str, Values]) -> Mapping[str, Values]:
        """The staged columns of a column; `before` are those made already, among them the labels that it may go by."""
        column, report = self.layout.columns[name], partial(self._report_broken, name, severity="fail")
        if not isinstance(column, Figure) or column.by_row is None:
            return convert_column(self._promise(name), cells, report)
        labels, kinds = column.by_row
        warn = partial(self._report_broken, name, severity="warn")
        return convert_by_row(self._promise(name), kinds, cells, list(before[labels]), report, warn)

    def _addresses(self, record: int, position: int | None) -> str | None:
        """Where a record has its value of a column, or where it would stand; None where there is no such column."""
        if position is None:
            return None
        rows = self.page_breaks.rows_of(record)
        filled = [row for row in rows if self.page_breaks.sheet.text(row, position)]
        return ", ".join(cell_address(row, position) for row in filled or rows[:1])

    def _places(self, name: str, position: int | None) -> Sequence[int | None]:
        """The sheet row from which each record has its value of a column, None where none; reports what lacks."""
        if position is None:
            return [None] * len(self.records)
        blank = self._blank(position)
        if not blank:
            return self.records
        places: list[int | None] = list(self.records)
        for index in blank:
            places[index] = places[index - 1] if index and name in self.layout.fill_down else None
        if self.layout.columns[name].required:
            heading = headings_in(self.layout.columns[name], self.period)[0]
            for number in (self.records[index] for index in blank if places[index] is None):
                message = f"'{heading}' is blank in row {number}; enter it, or remove the row"
                self._report(Cell(number, position, ""), name, "nothing missing", message)
        return places

    def _blank(self, position: int) -> list[int]:
        """The places of the records that hold neither a text nor a problem in a column of the sheet."""
        if len(self.records) >= MANY:
            without: Iterable[int] = texts_of(Cells(self.sheet, position, self.records)).is_null().arg_true()
        elif position in self.sheet.columns and not self.sheet.problem_rows:
            texts, first = self.sheet.columns[position], self.sheet.first_row
            without = [index for index, number in enumerate(self.records) if texts[number - first] is None]
        else:
            text = self.sheet.text
            without = [index for index, number in enumerate(self.records) if text(number, position) is None]
        problems = self.sheet.marks.problems
        return [index for index in without if (self.records[index], position) not in problems]

    def _report_broken(self, name: str, cell: Cell, message: str, severity: Severity) -> None:
        heading = headings_in(self.layout.columns[name], self.period)[0]
        self._report(cell, name, "as promised", f"'{heading}': {message}", severity)

    def _report_stray_values(self, rows: Iterable[int]) -> None:
        known = self.names.keys() | self.headings.ignored
        beside = [column for column in {*self.sheet.column_numbers, *self.sheet.marked_rows} if column not in known]
        for number in rows if beside else ():
            for column in sorted(beside):
                cell = self.sheet.cell(number, column)
                # a mark that stands for no value loses none
                if cell and cell.text.strip().casefold() not in MARKERS:
                    message = "stands in a column without a heading; name the column or remove the value"
                    self._report(cell, "", "no stray values", f"'{cell.text or cell.problem}' {message}")

    def _report_lone_rows(self) -> None:
        for number in self.lone:
            cell = next(iter(self.sheet.line(number).values()))
            message = f"'{cell.text}' stands alone between rows of data; is the rest of the row missing?"
            self._report(cell, "", "whole rows", message)
        self.lone.clear()

    def _report(self, cell: Cell, name: str, rule: str, message: str, severity: Severity = "fail") -> None:
        self.reading.findings.append(Finding(self.sheet.name, cell.address, name, cell.text, rule, message, severity))


def _is_figure(cell: Cell) -> bool:
    try:
        return bool(cell.problem) or parse_figure(cell.text).value is not None
    except NotAFigure:
        return False
