"""Writes a copy of a workbook in which every problem is coloured and commented, and a sheet that lists them."""

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipelines.contract.outcome import Finding
from pipelines.files import written_whole
from pipelines.read.address import cell_position
from pipelines.read.sheet import Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "neighbourhoods check"
LISTED = "Problems"
FILLS = {"fail": "FFFFC7CE", "warn": "FFFFEB9C"}
"""Red for what must be mended, amber for what should be looked at; the comment says which, colour alone does not."""

SEVERITY_WORDS = {"fail": "must be mended", "warn": "to be looked at"}
HEADINGS = {"No.": 6, "Sheet": 24, "Cell": 10, "What is wrong, and what to do": 80, "It holds": 30, "Weight": 16}
"""Headings of the list of problems, with the widths of their columns."""

LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook can hold."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True)
class _Problem:
    """A finding, the title of its sheet in the copy (empty where it has none there), and the cell to be marked."""

    finding: Finding
    title: str
    address: str


def write_marked_copy(
    original: Path, findings: Sequence[Finding], target: Path, sheets: Sequence[Sheet] | None = None
) -> None:
    """Writes `target`, an .xlsx: all that `original` holds, each finding marked at its cell, the list of them first.

    An .xlsx or .xlsm keeps its formulas and formats (not its macros). Another kind of file, and one that openpyxl
    finds no sheet in, is built from `sheets`, the texts that a reader found in it; None says that no reader could read
    it: the copy then has the list of problems alone. The original is never changed.
    """
    book = _opened(original) if sheets is not None else None
    names: dict[str, str] = {}
    if book is None:
        book, names = _built(sheets or ())
    marked = {sheet.title: sheet for sheet in book.worksheets}
    problems = [_place(finding, marked.get(names.get(finding.sheet, finding.sheet))) for finding in findings]
    for (title, address), there in groupby(sorted(problems, key=_by_place), key=_by_place):
        if title:
            _mark(marked[title][address], [problem.finding for problem in there])
    _list_problems(book, original, problems)
    with written_whole(target) as partial, partial.open("wb") as file:
        book.save(file)


def _by_place(problem: _Problem) -> tuple[str, str]:
    return problem.title, problem.address


def _place(finding: Finding, sheet: "Worksheet | None") -> _Problem:
    """Where the copy is marked: the finding's own cell, the first of its merged cells, or A1 for a whole sheet."""
    if sheet is None:
        return _Problem(finding, "", "")
    try:
        row, column = cell_position(finding.cell)
    except ValueError:
        return _Problem(finding, sheet.title, "A1")
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return _Problem(finding, sheet.title, str(merged.start_cell.coordinate))
    return _Problem(finding, sheet.title, finding.cell)


def _opened(original: Path) -> "Workbook | None":
    """The workbook as openpyxl has it; None when it is of another kind, or nothing that openpyxl can read."""
    if original.suffix.lower() not in (".xlsx", ".xlsm"):
        return None
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings(action="ignore"):  # of features that the copy will lack
            book = openpyxl.load_workbook(io.BytesIO(original.read_bytes()))
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError):
        return None  # openpyxl raises these for parts that break its expectations, though a reader read the cells
    return book if book.worksheets else None


def _built(sheets: Sequence[Sheet]) -> tuple["Workbook", dict[str, str]]:
    """A workbook of the texts of sheets where they stand, and the titles that their names became."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    names = {}
    for sheet in sheets:
        written = book.create_sheet(_NOT_IN_SHEET_NAMES.sub("_", sheet.name)[:31] or "Sheet")
        names[sheet.name] = written.title
        for row, line in sheet.lines():
            for column, cell in line.items():
                _write_text(written.cell(row, column), cell.text or cell.problem or "")
    return book, names


def _write_text(cell: "Cell", text: str) -> None:
    """Puts text into a cell as text, also when it begins like a formula."""
    cell.value = _writable(text)
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:LONGEST_TEXT]


def _mark(cell: "Cell", findings: Sequence[Finding]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    severity = "fail" if any(finding.severity != "warn" for finding in findings) else "warn"
    cell.fill = PatternFill("solid", start_color=FILLS[severity], end_color=FILLS[severity])
    said = [f"{SEVERITY_WORDS[finding.severity].capitalize()}: {finding.message}" for finding in findings]
    if cell.comment is not None:
        said.append(f"Comment that stood here: {cell.comment.text}")
    text = _writable("\n".join(said))
    cell.comment = Comment(text, AUTHOR, width=360, height=min(400, 60 + 20 * (len(text) // 45 + text.count("\n"))))


def _list_problems(book: "Workbook", original: Path, problems: Sequence[_Problem]) -> None:
    """Adds the sheet that lists the problems, first and alone selected."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.create_sheet(LISTED, 0)
    _write_text(sheet["A1"], f"Problems in {original.name}: {len(problems)}")
    sheet["A1"].font = Font(bold=True, size=14)
    _write_text(sheet["A2"], "Mend your own workbook, not this copy of it, and check it again.")
    for column, (heading, width) in enumerate(HEADINGS.items(), 1):
        cell = sheet.cell(4, column, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, problem in enumerate(problems, 5):
        finding = problem.finding
        sheet.cell(row, 1, row - 4)
        weight = SEVERITY_WORDS[finding.severity]
        for column, text in enumerate((finding.sheet, finding.cell, finding.message, finding.value, weight), 2):
            cell = sheet.cell(row, column)
            _write_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 6).fill = PatternFill("solid", start_color=FILLS[finding.severity])
        if problem.title:
            linked = sheet.cell(row, 3 if finding.cell else 2)
            quoted = problem.title.replace("'", "''")
            linked.hyperlink = Hyperlink(ref=linked.coordinate, location=f"'{quoted}'!{problem.address}")
            linked.font = Font(color="FF0563C1", underline="single")
    sheet.freeze_panes = "A5"
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
