"""Workbooks of Excel 97 to 2003: values as the reader of .xlsx gives them, and what formatting says."""

import io
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path

import fastexcel
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read.sheet import SUPERSCRIPT as ALL_RAISED
from pipelines.read.sheet import Cell, Merged, Sheet, UnreadableWorkbook
from pipelines.read.xls import read_xls
from tests.helpers import REPOSITORY

PUBLIC = Path(os.environ.get("PUBLIC_EDITIONS_DIR", REPOSITORY.parent / "shared" / "public"))
MID_YEAR_ESTIMATES = PUBLIC / "population" / "ukmidyearestimates20192020ladcodes.xls"
SUPERSCRIPT = xlwt.easyfont("escapement superscript")


def xls_of(fill: Callable[[xlwt.Worksheet], object], **book_settings: bool) -> bytes:
    book = xlwt.Workbook()
    for name, value in book_settings.items():
        setattr(book, name, value)
    fill(book.add_sheet("S"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(fill: Callable[[xlwt.Worksheet], object], **book_settings: bool) -> Sheet:
    (sheet,) = read_xls(xls_of(fill, **book_settings))
    return sheet


def read_cell(value: object, style: str = "", number_format: str = "General") -> Cell | None:
    easy = xlwt.easyxf(style, num_format_str=number_format)
    return read(lambda sheet: sheet.write(1, 1, value, easy)).cell(2, 2)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        pytest.param(94.0, "General", "94", id="whole_number"),
        pytest.param(0.1, "General", "0.1", id="fraction"),
        pytest.param(1 / 3, "0.0", "0.3333333333333333", id="as_stored_not_as_shown"),
        pytest.param(-1234.5, "#,##0.00", "-1234.5", id="negative"),
        pytest.param(1e-7, "General", "0.0000001", id="without_exponent"),
        pytest.param(True, "General", "true", id="true"),
        pytest.param(False, "General", "false", id="false"),
        pytest.param(datetime(2021, 4, 6), "dd/mm/yyyy", "2021-04-06 00:00:00", id="date"),
        pytest.param(datetime(2021, 4, 6, 13, 30), "dd/mm/yyyy hh:mm", "2021-04-06 13:30:00", id="date_and_time"),
        pytest.param(time(13, 30), "hh:mm", "1899-12-31 13:30:00", id="time"),
        pytest.param("two\nlines £", "General", "two\nlines £", id="text"),
        pytest.param("#REF!", "General", "#REF!", id="text_of_an_error"),
    ],
)
def test_value(value: object, number_format: str, text: str) -> None:
    assert read_cell(value, number_format=number_format) == Cell(2, 2, text)


def test_dates_counted_from_1904() -> None:
    style = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    sheet = read(lambda sheet: sheet.write(0, 0, 42830, style), dates_1904=True)
    assert sheet.text(1, 1) == "2021-04-06 00:00:00"


def test_number_shown_as_percentage_is_a_fraction_with_a_mark() -> None:
    assert read_cell(0.97, number_format="0.0%") == Cell(2, 2, "0.97", percent=True)
    assert read_cell("97%", number_format="0.0%") == Cell(2, 2, "97%")
    assert read_cell(0.97, number_format='0.0" %"') == Cell(2, 2, "0.97")


def test_italic_and_struck() -> None:
    assert read_cell(5, "font: italic on") == Cell(2, 2, "5", italic=True)
    assert read_cell("x", "font: struck_out on") == Cell(2, 2, "x", struck=True)


@pytest.mark.parametrize(("code", "text"), [(0x17, "#REF!"), (0x07, "#DIV/0!"), (0x2A, "#N/A")])
def test_error_is_a_problem(code: int, text: str) -> None:
    sheet = read(lambda sheet: sheet.row(2).set_cell_error(1, code))
    assert sheet.marks.problems == {(3, 2): f"the error {text}"}
    assert sheet.cell(3, 2) == Cell(3, 2, text, problem=f"the error {text}")
    assert sheet.row_numbers == [3]


@pytest.mark.parametrize(
    ("parts", "text", "note"),
    [
        pytest.param(["1,672", ("3", SUPERSCRIPT)], "1,672", "3", id="after"),
        pytest.param([("1", SUPERSCRIPT), "Barnet"], "Barnet", "1", id="before"),
        pytest.param(
            ["Barnet", ("1", SUPERSCRIPT), " and ", ("2", SUPERSCRIPT), "Enfield"], "Barnet and Enfield", "12"
        ),
        pytest.param(["\U0001d7d8 x", ("2", SUPERSCRIPT)], "\U0001d7d8 x", "2", id="letters_of_two_units"),
        pytest.param(["plain", (" still", xlwt.easyfont("bold on"))], "plain still", "", id="bold_is_text"),
    ],
)
def test_superscript_is_a_note(parts: list[object], text: str, note: str) -> None:
    sheet = read(lambda sheet: sheet.write_rich_text(0, 0, parts))
    assert sheet.cell(1, 1) == Cell(1, 1, text, note=note)


def test_text_all_in_superscript_is_a_note_and_a_number_is_reported() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "Barnet")
        sheet.write(0, 1, "1", xlwt.easyxf("font: escapement superscript"))
        sheet.write(0, 2, 5, xlwt.easyxf("font: escapement superscript"))

    sheet = read(fill)
    assert (sheet.text(1, 2), sheet.text(1, 3)) == (None, None)
    assert sheet.marks.notes == {(1, 2): "1"}
    assert sheet.marks.problems == {(1, 3): ALL_RAISED}


def test_hidden_and_merged() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(1, 2, 1, 3, "merged")
        sheet.write(4, 0, "in a hidden row")
        sheet.row(4).hidden = True
        sheet.col(6).hidden = True
        sheet.visibility = 1

    sheet = read(fill)
    assert sheet.marks.merged == [Merged(2, 2, 3, 4)]
    assert sheet.marks.hidden_rows == {5}
    assert sheet.marks.hidden_columns == {7}
    assert sheet.marks.hidden_sheet
    assert sheet.text(5, 1) == "in a hidden row"


def test_last_cell_of_the_grid_is_refused_when_the_first_is_filled_too() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 1)
        sheet.write(65_535, 255, 1)

    with pytest.raises(UnreadableWorkbook, match="Sheet 'S', cell IV65536: with it the sheet spans"):
        read(fill)


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"text", xls_of(lambda _: None)[:2000]])
def test_what_is_no_whole_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableWorkbook, match="It is damaged"):
        read_xls(content)


SMALL = xls_of(lambda sheet: [sheet.write(row, 0, value) for row, value in enumerate(["x", 1.5, True, "y" * 40])])


@given(st.integers(min_value=0, max_value=len(SMALL) - 1), st.integers(min_value=1, max_value=255))
@settings(deadline=None)
def test_changed_byte_raises_nothing_else(place: int, mask: int) -> None:
    damaged = bytearray(SMALL)
    damaged[place] ^= mask
    with suppress(UnreadableWorkbook):
        read_xls(bytes(damaged))


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 40), st.integers(0, 12)),
        st.one_of(
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(st.characters(codec="utf-16-le", exclude_characters="\0"), min_size=1, max_size=20),
        ),
        min_size=1,
    )
)
@settings(deadline=None)
def test_every_value_stands_where_it_was_written(cells: dict[tuple[int, int], float | str]) -> None:
    sheet = read(lambda sheet: [sheet.write(row, column, value) for (row, column), value in cells.items()])
    for row in range(42):
        for column in range(14):
            text, value = sheet.text(row + 1, column + 1), cells.get((row, column))
            if isinstance(value, float):
                assert text is not None and float(text) == value
            else:
                assert text == (value if value and not value.isspace() else None)


@pytest.mark.skipif(not MID_YEAR_ESTIMATES.is_file(), reason="the folder of public workbooks is not there")
def test_public_workbook_agrees_with_another_reader() -> None:
    content = MID_YEAR_ESTIMATES.read_bytes()
    other = fastexcel.read_excel(content)
    sheets = {sheet.name: sheet for sheet in read_xls(content)}
    differing = {}
    for sheet in sheets.values():
        frame = other.load_sheet(sheet.name, header_row=None, dtypes="string").to_polars()
        # blank cells are part of the other's area, and the first row and column hold something in all sheets
        for index, column in enumerate(frame.get_columns()):
            for row, theirs in enumerate(column):
                ours = sheet.text(sheet.first_row + row, sheet.first_column + index)
                if ours != (theirs if theirs and theirs.strip() else None):
                    differing[sheet.name, theirs] = ours
                    assert sheet.marks.notes[sheet.first_row + row, sheet.first_column + index] == "1"
    footnoted = ("MYE2 - Persons", "MYE2 - Males", "MYE2 - Females", "MYE3", "MYE 5", "MYE 6")
    assert differing == {(name, "Geography1"): "Geography" for name in footnoted}
    persons = sheets["MYE2 - Persons"]
    (stockport,) = (row for row in persons.row_numbers if persons.text(row, 1) == "E08000007")
    assert persons.text(stockport, 2) == "Stockport"
