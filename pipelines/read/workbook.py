"""A workbook as text: every non-empty cell with its sheet, row and column; nothing guessed, nothing lost."""

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from pipelines.read.address import cell_address
from pipelines.read.marks import SheetMarks, read_blank_strings, read_marks, read_styles, sheet_parts
from pipelines.read.sheet import Cell as Cell  # noqa: PLC0414 - what reads sheets takes it from here

if TYPE_CHECKING:
    from fastexcel import ExcelReader

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_STREAMED_BYTES = 300 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_COLUMNS = 1_000
MAX_ROWS = 200_000
"""Bounds that honest workbooks keep; beyond them a reader may run out of memory or abort the process."""


NOT_A_WORKBOOK = "It is not an Excel workbook (.xlsx). Open it in Excel and save it as .xlsx."


class UnreadableWorkbook(Exception):
    """The bytes are not a workbook that can be read whole; the message says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its non-blank rows, counted from 1 as Excel does, each a map of column to cell."""

    name: str
    rows: dict[int, dict[int, Cell]]


def read_workbook(content: bytes) -> list[Sheet]:
    """All worksheets of an .xlsx or .xlsm workbook, cell by cell, as text.

    Raises UnreadableWorkbook when the file is damaged, too large, not a workbook, or when two independent readings of
    it do not find values in the same cells.
    """
    with _open_checked(content) as archive:
        try:
            parts = sheet_parts(archive)
            styles = read_styles(archive)
            blank = read_blank_strings(archive)
            marks = {name: read_marks(archive, member, styles, blank) for name, member in parts.items()}
        except (KeyError, ValueError, ExpatError) as error:
            raise UnreadableWorkbook(f"Its inside is damaged ({error}). Open it in Excel and save it again.") from error
    for name, sheet_marks in marks.items():
        _refuse_far_cells(name, sheet_marks)
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
        return [_read_sheet(reader, name, sheet_marks) for name, sheet_marks in marks.items()]
    except fastexcel.FastExcelError as error:
        raise UnreadableWorkbook(f"It cannot be read ({error}). Open it in Excel and save it again.") from error


def _open_checked(content: bytes) -> zipfile.ZipFile:
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableWorkbook(f"It has {len(content):,} bytes; at most {MAX_FILE_BYTES:,} are read.")
    if not content:
        raise UnreadableWorkbook("It is empty. Send it again.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        if content.startswith(b"PK"):
            raise UnreadableWorkbook("It is cut short or damaged. Send it again.") from error
        raise UnreadableWorkbook(NOT_A_WORKBOOK) from error
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableWorkbook(NOT_A_WORKBOOK)
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_STREAMED_BYTES:
        raise UnreadableWorkbook("It unpacks to more than a workbook of figures should hold.")
    try:
        damaged = archive.testzip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnreadableWorkbook(
            f"It is damaged or locked by a password ({error}). Save it again without one."
        ) from error
    except Exception as error:  # zlib.error has no public base class
        raise UnreadableWorkbook(f"It is damaged ({error}). Send it again.") from error
    if damaged:
        raise UnreadableWorkbook(f"It is damaged (its part {damaged} fails the checksum). Send it again.")
    return archive


def _refuse_far_cells(sheet: str, marks: SheetMarks) -> None:
    for row, column in marks.valued | marks.blank | marks.errors.keys() | marks.formulas_without_result:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise UnreadableWorkbook(
                f"Sheet {sheet!r}, cell {cell_address(row, column)}: a value lies outside the first {MAX_ROWS:,} rows "
                f"and {MAX_COLUMNS:,} columns. Delete it and save the workbook."
            )


def _read_sheet(reader: "ExcelReader", name: str, marks: SheetMarks) -> Sheet:
    texts = _texts(reader, name, marks)
    if texts.keys() != marks.valued:
        lost = min(marks.valued ^ texts.keys())
        raise UnreadableWorkbook(
            f"Sheet {name!r}, cell {cell_address(*lost)}: two readings of the file do not agree on whether it holds a "
            "value. Open it in Excel and save it again."
        )
    cells = [
        Cell(*position, text, italic=position in marks.italic, percent=position in marks.percent)
        for position, text in texts.items()
    ]
    cells += [Cell(*position, text, problem=f"the error {text}") for position, text in marks.errors.items()]
    cells += [
        Cell(*position, "", problem="a formula without a stored result") for position in marks.formulas_without_result
    ]
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, {})[cell.column] = cell
    return Sheet(name, rows)


def _texts(reader: "ExcelReader", name: str, marks: SheetMarks) -> dict[tuple[int, int], str]:
    """Text of every cell with a value, by position. Leading blank rows and columns, dropped by the reader, count."""
    frame = reader.load_sheet(name, header_row=None, dtypes="string").to_polars()
    # a cell that holds an error or white space still counts where the reader's area begins
    seen = marks.valued | marks.blank | marks.errors.keys()
    if not seen or frame.is_empty():
        return {}
    first_row, first_column = min(row for row, _ in seen), min(column for _, column in seen)
    return {
        (first_row + row_index, first_column + column_index): text
        for column_index, series in enumerate(frame.get_columns())
        for row_index, text in enumerate(series)
        if text is not None and text.strip()
    }
