"""Workbooks of Excel 97 to 2003 (.xls, also Excel 5 and 95), cell by cell, with what their formatting says."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.read.guards import bounded_sheet
from pipelines.read.sheet import ERROR, SUPERSCRIPT, Cell, Marks, Merged, Sheet, UnreadableWorkbook
from pipelines.read.values import number_text, serial_date_text, shows_percent

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.formatting import Font
    from xlrd.sheet import Sheet as XlrdSheet

_SUPERSCRIPT = 1
_BOOLEANS = ("false", "true")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell's format says that bears on its meaning."""

    italic: bool
    struck: bool
    raised: bool
    percent: bool


def read_xls(content: bytes) -> list[Sheet]:
    """All worksheets of an .xls workbook, as text; charts and macro sheets are left out.

    A formula in such a file always carries a result, so none is reported without one; programs that write formulas and
    do not calculate them store an empty text, which reads as an empty cell. The format has no checksums: a damaged byte
    inside a value is not noticed. Raises UnreadableWorkbook when the file is damaged, is locked by a password, or holds
    a value beyond the bounds.
    """
    import xlrd

    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            looks = _looks(book)
            return [_read_sheet(book, sheet, looks) for sheet in book.sheets()]
    except UnreadableWorkbook:
        raise
    except Exception as error:  # damaged bytes make xlrd raise almost anything
        if "encrypted" in str(error):
            raise UnreadableWorkbook("It is locked by a password. Save it without one and send it again.") from error
        raise UnreadableWorkbook(
            f"It is damaged ({type(error).__name__}: {error}). Open it in Excel and save it as .xlsx."
        ) from error


def _looks(book: "Book") -> list[_Look]:
    looks = []
    for style in book.xf_list:
        font, number_format = book.font_list[style.font_index], book.format_map[style.format_key]
        looks.append(
            _Look(
                italic=bool(font.italic),
                struck=bool(font.struck_out),
                raised=font.escapement == _SUPERSCRIPT,
                percent=shows_percent(number_format.format_str),
            )
        )
    return looks


def _read_sheet(book: "Book", sheet: "XlrdSheet", looks: list[_Look]) -> Sheet:
    marks = Marks(
        merged=[
            Merged(first_row + 1, first_column + 1, end_row, end_column)
            for first_row, end_row, first_column, end_column in sheet.merged_cells
        ],
        hidden_rows={row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column + 1 for column, info in sheet.colinfo_map.items() if info.hidden},
        hidden_sheet=bool(sheet.visibility),
    )
    return bounded_sheet(sheet.name, _cells(book, sheet, looks), marks)


def _cells(book: "Book", sheet: "XlrdSheet", looks: list[_Look]) -> Iterator[Cell]:
    import xlrd

    nothing = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in nothing:
                continue
            text = _text(book, kind, value)
            if kind == xlrd.XL_CELL_ERROR:
                yield Cell(row + 1, column + 1, text, problem=f"{ERROR}{text}")
                continue
            look, note = looks[sheet.cell_xf_index(row, column)], ""
            runs = sheet.rich_text_runlist_map.get((row, column))
            if runs:
                text, note = _without_raised(text, runs, book.font_list, raised=look.raised)
            elif look.raised and kind == xlrd.XL_CELL_TEXT:
                text, note = "", text
            elif look.raised:
                yield Cell(row + 1, column + 1, text, problem=SUPERSCRIPT)
                continue
            percent = look.percent and kind == xlrd.XL_CELL_NUMBER
            yield Cell(row + 1, column + 1, text, italic=look.italic, percent=percent, struck=look.struck, note=note)


def _text(book: "Book", kind: int, value: Any) -> str:
    """A value as text; xlrd gives errors and booleans as numbers."""
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return number_text(value)
    if kind == xlrd.XL_CELL_DATE:
        return serial_date_text(value, from_1904=bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return _BOOLEANS[bool(value)]
    return xlrd.error_text_from_code.get(value, f"number {value}")


def _without_raised(text: str, runs: list[tuple[int, int]], fonts: list["Font"], *, raised: bool) -> tuple[str, str]:
    """The text without its superscripts, and the superscripts. What stands before the first run is as the cell is.

    A run is where it begins and the number of its font; places are counted in units of UTF-16.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    starts = [(0, raised), *((start, fonts[font].escapement == _SUPERSCRIPT) for start, font in runs)]
    ends = [start for start, _ in starts[1:]] + [len(units)]
    parts = {False: "", True: ""}
    for (start, is_raised), end in zip(starts, ends, strict=True):
        parts[is_raised] += units[2 * start : 2 * end].decode("utf-16-le", "replace")
    return parts[False], parts[True].strip()
