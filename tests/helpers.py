"""Builders that several tests share: workbooks in memory, sheets of cells, and readings with their rows counted."""

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl

from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding, Reading
from pipelines.contract.reading import read_source_workbook
from pipelines.contract.staging import Supplied, stage_source
from pipelines.read.sheet import Cell, Sheet, UnreadableWorkbook, sheet_of_cells
from pipelines.read.workbook import read_workbook

REPOSITORY = Path(__file__).resolve().parent.parent

CORE_PROPERTIES = "docProps/core.xml"
"""The part of a workbook that says when it was saved."""

Value = str | int | float | bool | date | datetime | None
SheetRows = Sequence[Sequence[Value]]
Sheets = Mapping[str, SheetRows]


def workbook_bytes(
    sheets: Sheets,
    *,
    merged: Mapping[str, Sequence[str]] | None = None,
    formats: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """A workbook of these sheets, row by row from A1; None leaves a cell empty, `=...` is a formula without a result.

    The same sheets give the same bytes at any time of day, so that what is staged of them has one name.
    merged: ranges such as `C4:E4` by sheet. formats: number formats by sheet and cell.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row_number, row in enumerate(rows, 1):
            for column_number, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(row_number, column_number, value)
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        for cell, number_format in (formats or {}).get(name, {}).items():
            sheet[cell].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return repacked(content.getvalue(), {CORE_PROPERTIES: None})


def repacked(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The workbook with some of its parts replaced or added, or left out where None; no part bears the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        parts: dict[str, bytes | None] = {name: before.read(name) for name in before.namelist()}
        for name, part in (parts | dict(changes)).items():
            if part is not None:
                after.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook_of_cells(cells: str, shared_strings: str = "") -> bytes:
    """A workbook whose only sheet, S, holds these rows of XML; `shared_strings` are what its `t="s"` cells refer to."""
    kind = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet {kind}><sheetData>{cells}</sheetData></worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst {kind}>{shared_strings}</sst>".encode(),
    }
    return repacked(workbook_bytes({"S": []}), parts)


def sheet_of(rows: Sequence[Sequence[str | None]], name: str = "Sheet") -> Sheet:
    """A worksheet as the reader gives it, from texts row by row; None is an empty cell."""
    cells = [
        Cell(row_number, column_number, text)
        for row_number, row in enumerate(rows, 1)
        for column_number, text in enumerate(row, 1)
        if text is not None
    ]
    return sheet_of_cells(name, cells)


def sheets_of(workbook: str, content: bytes) -> list[Sheet] | UnreadableWorkbook:
    """What reading a file in this process gives: its sheets, or why it cannot be read."""
    try:
        return read_workbook(workbook, content)
    except UnreadableWorkbook as refusal:
        return refusal


def supplied_rows(sheets: Sheets) -> set[tuple[str, int]]:
    """Every non-blank row of a workbook to be built, as (sheet, row), counted from what goes in."""
    return {
        (name, number)
        for name, rows in sheets.items()
        for number, row in enumerate(rows, 1)
        if any(value is not None for value in row)
    }


def recorded_places(reading: Reading) -> set[tuple[str, int]]:
    """The sheet rows that rows of the reading's tables come from."""
    tables = reading.tables.values()
    return {(sheet, row) for table in tables for sheet, rows in table.row_numbers.items() for row in rows}


def assert_every_row_accounted_for(reading: Reading, supplied: set[tuple[str, int]]) -> None:
    """Each supplied row is loaded, refused or set aside, and none of them twice."""
    assert reading.rows_read == len(supplied)
    assert reading.rows_loaded + reading.rows_rejected + reading.rows_set_aside == len(supplied)
    assert min(reading.rows_loaded, reading.rows_rejected, reading.rows_set_aside) >= 0
    aside = [(row.sheet, row.row) for row in reading.set_aside]
    assert len(aside) == len(set(aside))
    if reading.loads:
        loaded = recorded_places(reading)
        assert loaded.isdisjoint(aside)
        assert loaded | set(aside) == supplied
    else:
        assert reading.rows_loaded == 0


def read_and_account(
    source: Source,
    workbook: str,
    sheets: Sheets,
    *,
    merged: Mapping[str, Sequence[str]] | None = None,
    formats: Mapping[str, Mapping[str, str]] | None = None,
) -> Reading:
    """The reading of a workbook of these sheets, once every row of it is accounted for."""
    content = workbook_bytes(sheets, merged=merged, formats=formats)
    sha256 = hashlib.sha256(content).hexdigest()
    reading = read_source_workbook(source, workbook, sha256, sheets_of(workbook, content))
    assert_every_row_accounted_for(reading, supplied_rows(sheets))
    return reading


def supply(folder: Path, workbook: str, content: bytes) -> Supplied:
    """A workbook written to a folder, ready to be staged."""
    path = folder / workbook
    path.write_bytes(content)
    return Supplied(workbook, hashlib.sha256(content).hexdigest(), path)


def stage_workbooks(source: Source, folder: Path, workbooks: Mapping[str, Sheets]) -> list[Reading]:
    """Readings after staging workbooks of these sheets, by name; the staged files stand in `folder / "staged"`."""
    files = [supply(folder, name, workbook_bytes(sheets)) for name, sheets in workbooks.items()]
    readings = stage_source(source, files, folder / "staged", "code")
    for reading, sheets in zip(readings, workbooks.values(), strict=True):
        assert_every_row_accounted_for(reading, supplied_rows(sheets))
    return readings


def only_finding(reading: Reading) -> Finding:
    """The one thing that is wrong with a workbook."""
    assert len(reading.findings) == 1, [str(finding) for finding in reading.findings]
    return reading.findings[0]
