"""The workbook by the Analysis Function's guidance, read back with openpyxl, point by point."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.publication.quarter import Quarter
from pipelines.spreadsheet.book import LINE, LONGEST_TEXT, Filled, lines_of, whole_text, workbook, workbook_files
from pipelines.spreadsheet.sheets import SHORTHAND, BookColumn, Kind, Sheet
from tests.small_published import HOSTILE

FRONT = ["Cover", "Contents", "Notes", "Shorthand"]
SYMBOLS = {symbol for symbol, _ in SHORTHAND}
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


@pytest.fixture(scope="module")
def content(small_quarter: Quarter) -> bytes:
    return workbook_files(small_quarter)["measures.xlsx"]


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def tables(book: openpyxl.Workbook) -> Iterator[tuple[Worksheet, Any]]:
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        yield sheet, table


def rows(book: openpyxl.Workbook, name: str) -> list[dict[str, Any]]:
    [table] = book[name].tables.values()
    heads, *lines = book[name][table.ref]
    return [{head.value: cell for head, cell in zip(heads, line, strict=True)} for line in lines]


def row(book: openpyxl.Workbook, name: str, code: str) -> Mapping[str, Any]:
    return next(each for each in rows(book, name) if each["Measure code"].value == code)


def test_cover_contents_notes_and_shorthand_come_first(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[:4] == FRONT
    assert {"Ratings", "Figures", "Targets"} <= set(book.sheetnames)
    assert "cut-off" in " ".join(str(cell.value) for (cell,) in book["Cover"]["A1:A10"])


def test_the_contents_name_and_link_every_sheet_after_them(book: openpyxl.Workbook) -> None:
    listed = [(each["Worksheet"].value, each["Worksheet"].hyperlink.location) for each in rows(book, "Contents")]
    assert listed == [(name, f"'{name}'!A1") for name in book.sheetnames[2:]]


def test_each_sheet_has_one_table_from_column_a_with_its_title_in_a1(book: openpyxl.Workbook) -> None:
    for sheet, table in tables(book):
        assert isinstance(sheet["A1"].value, str), sheet.title
        assert sheet["A1"].font.bold, sheet.title
        assert "one table" in sheet["A2"].value, sheet.title
        first, last = table.ref.split(":")
        assert first.startswith("A"), sheet.title
        assert last == f"{get_column_letter(sheet.max_column)}{sheet.max_row}", sheet.title


def test_tables_have_names_that_are_no_cells_and_differ(book: openpyxl.Workbook) -> None:
    names = [table.displayName for _, table in tables(book)]
    assert len(names) == len(set(names)) > 8
    assert [name for name in names if LIKE_A_CELL.fullmatch(name)] == []


def test_no_cell_is_merged_or_empty_and_no_row_or_column_blank(book: openpyxl.Workbook) -> None:
    for sheet, table in tables(book):
        assert not sheet.merged_cells.ranges
        assert [cell.coordinate for line in sheet[table.ref] for cell in line if cell.value in (None, "")] == []
        assert [line for line in range(1, sheet.max_row + 1) if sheet.cell(line, 1).value is None] == []
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
    assert not book["Cover"].merged_cells.ranges


def test_no_colour_means_anything(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        fills = {cell.fill.fill_type for line in sheet.iter_rows() for cell in line}
        assert fills == {None}, sheet.title
        assert not sheet.conditional_formatting, sheet.title


def test_status_and_trend_are_words(book: openpyxl.Workbook) -> None:
    said = {each["Status"].value for each in rows(book, "Ratings")}
    assert said & {"■ Red", "▲ Amber", "● Green"}
    assert all(value.startswith(("■", "▲", "●", "Not rated")) for value in said)


def test_text_is_wrapped_and_columns_are_wide_enough_for_their_headings(book: openpyxl.Workbook) -> None:
    for sheet, table in tables(book):
        heads = sheet[table.ref][0]
        for head in heads:
            longest_word = max(len(word) for word in head.value.split())
            assert sheet.column_dimensions[head.column_letter].width >= longest_word, (sheet.title, head.value)
            assert head.alignment.wrap_text
            assert head.font.sz >= 12
    assert row(book, "Ratings", "IN.17")["Commentary"].alignment.wrap_text


def test_all_shorthand_is_explained_and_stands_for_what_is_missing(book: openpyxl.Workbook) -> None:
    assert {each["Shorthand"].value for each in rows(book, "Shorthand")} == SYMBOLS
    used = {
        symbol
        for sheet in book.worksheets[4:]
        for line in sheet.iter_rows(min_row=4, values_only=True)
        for value in line
        if isinstance(value, str)
        for symbol in re.findall(r"\[[a-z]\]", value)
    }
    assert used <= SYMBOLS
    assert {"[x]", "[z]", "[f]"} <= used


def test_a_suppressed_figure_is_confidential(book: openpyxl.Workbook) -> None:
    assert [each["Measure code"].value for each in rows(book, "Suppressed")] == ["ACTIVITY.HUB.SESSIONS"]


def test_numbers_are_numbers_with_all_their_digits_and_a_format(book: openpyxl.Workbook) -> None:
    rated = row(book, "Ratings", "IN.16")
    assert (rated["Target"].value, rated["Target"].data_type, rated["Target"].number_format) == (97, "n", "0.0")
    assert rated["Kind of value"].value == "forecast [f]"
    money = row(book, "Ratings", "IN.3")
    assert (money["Target"].value, money["Target"].number_format) == (100000, "£#,##0")
    figures = [each["Value"].value for each in rows(book, "Figures")]
    rates = {round(Decimal(str(value)), 6) for value in figures if isinstance(value, float)}
    assert any(value != round(value, 2) for value in rates)


def test_days_are_days(book: openpyxl.Workbook) -> None:
    assert isinstance(row(book, "Targets", "IN.16")["Approved on"].value, datetime)


def test_nothing_is_a_formula(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for sheet in book.worksheets for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds
    assert row(book, "Ratings", "IN.16")["Measure"].value == HOSTILE


def test_a_text_that_is_too_long_is_cut_and_says_so(book: openpyxl.Workbook) -> None:
    said = row(book, "Ratings", "IN.17")["Commentary"].value
    assert len(said) == LONGEST_TEXT
    assert said.startswith(HOSTILE)
    assert said.endswith(
        f"[cut here: the whole text has {len(HOSTILE) + 40_000:,} characters, and is in the open data]"
    )


@pytest.mark.parametrize(("length", "is_cut"), [(LONGEST_TEXT, False), (LONGEST_TEXT + 1, True)])
def test_a_text_as_long_as_a_cell_holds_is_whole(length: int, is_cut: bool) -> None:
    shown = whole_text("x" * length)
    assert len(shown) == LONGEST_TEXT
    assert ("[cut here" in shown) is is_cut


def test_the_file_says_what_it_is_and_when_it_counts(book: openpyxl.Workbook) -> None:
    properties = book.properties
    assert properties.title == "Inclusive Neighbourhoods: measures, 2021/22 quarter 2 (July to September 2021)"
    assert properties.creator == "Stockport Metropolitan Borough Council"
    assert properties.created == datetime(2021, 11, 12)


def test_the_same_figures_make_the_same_bytes(small_quarter: Quarter, content: bytes) -> None:
    assert workbook_files(small_quarter)["measures.xlsx"] == content


def test_what_has_no_rows_has_no_sheet_and_is_told(book: openpyxl.Workbook) -> None:
    told = " ".join(each["Note"].value for each in rows(book, "Notes"))
    absent = re.findall(r"There is no worksheet ([\w ]+):", told)
    assert not set(absent) & set(book.sheetnames)


@pytest.mark.parametrize(
    ("kind", "row", "column_says", "shown"),
    [
        ("figure", {"missing": "[x]"}, "", "[x]"),
        ("whole", {"missing": "[x]"}, "", "[z]"),
        ("whole", {"missing": "[c]"}, "", "[c]"),
        ("text", {"missing": "[c]"}, "", "[z]"),
        ("figure", {"missing": "[x]"}, "[z]", "[z]"),
        ("whole", {"hidden": ["people"]}, "[x]", "[c]"),
        ("whole", {"hidden": ["others"]}, "[x]", "[x]"),
        ("text", {}, "", "[z]"),
    ],
)
def test_nothing_is_said_with_its_reason(kind: Kind, row: dict[str, Any], column_says: str, shown: str) -> None:
    quarter = {"quarter_start": date(2021, 7, 1), "quarter_end": date(2021, 10, 1), "report_year": "2021-22"}
    quarter |= {"quarter_number": 2, "cut_off": date(2021, 11, 12)}
    people = BookColumn("People", "people", kind, missing=column_says)
    sheet = Sheet("Table", "People", "people_counted", (people,), "")
    made = workbook(quarter, "rule", [Filled(sheet, [{"people": None} | row])], "A Council")
    [read] = rows(openpyxl.load_workbook(io.BytesIO(made)), "Table")
    assert read["People"].value == shown


def test_rows_are_tall_enough_for_what_wraps_in_them(book: openpyxl.Workbook) -> None:
    wrapping = []
    for sheet, table in tables(book):
        # columns of one width stand under the letter of the first
        columns = sheet.column_dimensions.values()
        widths = {number: each.width for each in columns for number in range(each.min or 0, (each.max or 0) + 1)}
        for line in sheet[table.ref]:
            for cell in line:
                letters, width = len(str(cell.value)), widths[cell.column]
                if isinstance(cell.value, str) and cell.alignment.wrap_text and letters > 1.5 * width:
                    wrapping.append(cell)
                    tall = sheet.row_dimensions[cell.row].height
                    assert tall >= min(letters / width * 12, 390), (sheet.title, cell.coordinate)
    assert wrapping


@given(text=st.text(min_size=1, max_size=40_000), width=st.integers(5, 110))
def test_no_row_is_taller_than_a_row_can_be(text: str, width: int) -> None:
    assert 1 <= lines_of(text, width) * LINE <= 409
