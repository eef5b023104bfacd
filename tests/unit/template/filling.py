"""Fills a template by code as a person would by hand: values that fit each column, two rows of each table."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contract.headings import headings_in, with_year
from pipelines.contract.model import Column, Crosstab, Day, Figure, Layout, Rows, Source, Statement, Table
from pipelines.periods import Period
from pipelines.template.fields import lines_above

ALIKE = settings(database=None, derandomize=True, phases=[Phase.generate])
"""What was found in an earlier run plays no part, and no shorter text is looked for, which takes seconds."""

FILLED_ROWS = 2
AREAS = ("Stockport", "Trafford")


def fill(source: Source, path: Path, period: Period) -> None:
    """Fills every sheet of the tables that the workbook brings."""
    book = openpyxl.load_workbook(path)
    for table in source.tables:
        layout = table.layouts[0]
        for number, name in enumerate(layout.sheets):
            if name in book.sheetnames:
                _fill_sheet(book[name], table, layout, period, number)
    book.save(path)


def _fill_sheet(sheet: Worksheet, table: Table, layout: Layout, period: Period, number: int) -> None:
    if isinstance(layout, Statement):
        sheet.cell(3, 1).value = with_year(layout.wording, period).replace("*", "x")
        return
    _fill_facts(sheet, layout, number)
    if isinstance(layout, Crosstab):
        _fill_crosstab(sheet, layout)
    else:
        _fill_rows(sheet, table, layout, period)


def _fill_facts(sheet: Worksheet, layout: Rows | Crosstab, number: int) -> None:
    """Finishes the lines that say what holds for the whole sheet, each sheet's in its own words."""
    asked_for = [fact for fact in lines_above(layout).values() if fact.required or fact.figure]
    for row, fact in enumerate(asked_for, 2):
        begun = str(sheet.cell(row, 1).value)
        finished = _matching(fact.pattern, number)
        assert finished.startswith(begun)
        sheet.cell(row, 1).value = finished


def _fill_rows(sheet: Worksheet, table: Table, layout: Rows, period: Period) -> None:
    wanted = {headings_in(column, period)[0]: name for name, column in layout.columns.items()}
    last = list(wanted)[-1]
    top = next(row for row in range(1, sheet.max_row) if sheet.cell(row, len(wanted)).value == last)
    for position in range(1, len(wanted) + 1):
        name = wanted[str(sheet.cell(top, position).value)]
        for index in range(FILLED_ROWS):
            distinct = name in table.key
            sheet.cell(top + 1 + index, position).value = _value(table, name, layout.columns[name], index, distinct)


def _fill_crosstab(sheet: Worksheet, layout: Crosstab) -> None:
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == layout.corner)
    for position, area in enumerate(AREAS, 2):
        sheet.cell(top, position).value = area
    row = top + 1
    while (label := sheet.cell(row, 1).value) is not None:
        for position in range(2, 2 + len(AREAS)):
            sheet.cell(row, position).value = 200 if label in layout.beside else 0.25
        row += 1


def _value(table: Table, name: str, column: Column, index: int, distinct: bool) -> Any:
    schema = table.schema.to_schema().columns
    checks = {str(check.name): check.statistics or {} for check in schema[name].checks}
    if "isin" in checks:
        return checks["isin"]["allowed_values"][index if distinct else 0]
    if isinstance(column, Day):
        return date(2021, 4, 22)
    if isinstance(column, Figure):
        one = 1 + index if distinct else 1
        # where a column names the unit, it is filled with the first there is
        is_percentage = column.unit is None and "unit" in schema
        return "1%" if is_percentage else one / 100 if column.unit == "%" else one
    if "str_matches" in checks:
        return _matching(checks["str_matches"]["pattern"], index if distinct else 0)
    return f"{name}_{index + 1}"


@cache
def _matching(pattern: str, number: int) -> str:
    """A text that the pattern matches; another one for each number, the same each time."""
    wanted = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    before = {_matching(pattern, earlier) for earlier in range(number)}
    return find(wanted, lambda text: text not in before, settings=ALIKE, random=Random(0))
