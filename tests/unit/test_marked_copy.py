"""The marked copy: every problem coloured and commented at its cell and listed; nothing in it comes alive."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contract.outcome import Finding, Severity
from pipelines.marked_copy import AUTHOR, FILLS, LISTED, write_marked_copy
from pipelines.read.sheet import Cell, Sheet, sheet_of_cells
from tests.helpers import workbook_bytes

RED, AMBER = FILLS["fail"], FILLS["warn"]


def finding(
    sheet: str, cell: str, message: str = "it is wrong", *, value: str = "", severity: Severity = "fail"
) -> Finding:
    return Finding(sheet, cell, "", value, "rule", message, severity)


def supplied(folder: Path, *, name: str = "Spend 2021-22 Q2.xlsx") -> Path:
    path = folder / name
    path.write_bytes(
        workbook_bytes(
            {"Spend": [["Title", None], ["Paid", "Total"], [5, "=A3*2"], [7, "x"]], "Notes": [["a note"]]},
            merged={"Spend": ["A1:B1"]},
        )
    )
    return path


def copy_of(original: Path, findings: list[Finding], sheets: list[Sheet] | None) -> openpyxl.Workbook:
    target = original.with_name("copy.xlsx")
    write_marked_copy(original, findings, target, sheets)
    return openpyxl.load_workbook(target)


def colour(sheet: Worksheet, cell: str) -> str:
    return str(sheet[cell].fill.start_color.rgb)


def comment(sheet: Worksheet, cell: str) -> str:
    said = sheet[cell].comment
    assert said is not None
    assert said.author == AUTHOR
    return str(said.text)


def test_problem_cell_is_coloured_commented_and_listed_with_a_link(tmp_path: Path) -> None:
    original = supplied(tmp_path)
    before = original.read_bytes()
    book = copy_of(original, [finding("Spend", "B4", "'x' is not a figure", value="x")], [])
    assert book.sheetnames == [LISTED, "Spend", "Notes"]
    assert colour(book["Spend"], "B4") == RED
    assert comment(book["Spend"], "B4") == "Must be mended: 'x' is not a figure"
    listed = [cell.value for cell in book[LISTED][5]]
    assert listed == [1, "Spend", "B4", "'x' is not a figure", "x", "must be mended"]
    assert book[LISTED]["C5"].hyperlink.location == "'Spend'!B4"
    assert original.read_bytes() == before


def test_only_the_list_of_problems_is_selected(tmp_path: Path) -> None:
    book = copy_of(supplied(tmp_path), [finding("Spend", "B4")], [])
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [LISTED]


def test_formulas_stay_formulas_and_other_cells_stay_as_they_are(tmp_path: Path) -> None:
    sheet = copy_of(supplied(tmp_path), [finding("Spend", "B4")], [])["Spend"]
    assert sheet["B3"].value == "=A3*2"
    assert sheet["B3"].data_type == "f"
    assert sheet["A3"].value == 5
    assert sheet["A3"].comment is None


def test_warning_has_its_own_colour_and_words(tmp_path: Path) -> None:
    book = copy_of(supplied(tmp_path), [finding("Spend", "A4", severity="warn")], [])
    assert colour(book["Spend"], "A4") == AMBER
    assert comment(book["Spend"], "A4").startswith("To be looked at: ")
    assert book[LISTED]["F5"].value == "to be looked at"


def test_two_problems_of_one_cell_share_its_comment_and_the_worse_one_colours_it(tmp_path: Path) -> None:
    findings = [finding("Spend", "A4", "odd", severity="warn"), finding("Spend", "A4", "bad")]
    book = copy_of(supplied(tmp_path), findings, [])
    assert colour(book["Spend"], "A4") == RED
    assert comment(book["Spend"], "A4") == "To be looked at: odd\nMust be mended: bad"


def test_comment_of_the_supplier_is_kept(tmp_path: Path) -> None:
    original = supplied(tmp_path)
    book = openpyxl.load_workbook(original)
    book["Spend"]["A4"].comment = Comment("as told by phone", "Ann")
    book.save(original)
    assert "Comment that stood here: as told by phone" in comment(
        copy_of(original, [finding("Spend", "A4")], [])["Spend"], "A4"
    )


def test_problem_of_a_whole_sheet_stands_at_its_first_cell(tmp_path: Path) -> None:
    book = copy_of(supplied(tmp_path), [finding("Spend", "", "no headings")], [])
    assert comment(book["Spend"], "A1") == "Must be mended: no headings"
    assert book[LISTED]["B5"].hyperlink.location == "'Spend'!A1"


def test_problem_inside_merged_cells_stands_at_their_first_cell(tmp_path: Path) -> None:
    assert colour(copy_of(supplied(tmp_path), [finding("Spend", "B1")], [])["Spend"], "A1") == RED


@pytest.mark.parametrize("sheet", ["", "Outcomes"], ids=["whole_file", "missing_sheet"])
def test_problem_without_a_sheet_in_the_file_is_listed_only(sheet: str, tmp_path: Path) -> None:
    book = copy_of(supplied(tmp_path), [finding(sheet, "", "the sheet is missing")], [])
    assert book[LISTED]["D5"].value == "the sheet is missing"
    assert book[LISTED]["B5"].hyperlink is None
    assert all(cell.comment is None for row in book["Spend"].iter_rows() for cell in row)


def test_sheet_called_problems_keeps_its_name_and_marks(tmp_path: Path) -> None:
    original = tmp_path / "a.xlsx"
    original.write_bytes(workbook_bytes({LISTED: [["theirs"]]}))
    book = copy_of(original, [finding(LISTED, "A1")], [])
    assert book[LISTED]["A1"].value == "theirs"
    assert colour(book[LISTED], "A1") == RED
    assert book.sheetnames[0] != LISTED


@pytest.mark.parametrize("name", ["damaged.xlsx", "damaged.xls"])
def test_file_that_nothing_can_read_gives_the_list_alone(name: str, tmp_path: Path) -> None:
    original = tmp_path / name
    original.write_bytes(b"not a workbook")
    book = copy_of(original, [finding("", "", "It is not a workbook.")], None)
    assert book.sheetnames == [LISTED]
    assert book[LISTED]["D5"].value == "It is not a workbook."


def test_unreadable_workbook_is_not_opened_a_second_time(tmp_path: Path) -> None:
    assert copy_of(supplied(tmp_path), [finding("", "", "It unpacks to too much.")], None).sheetnames == [LISTED]


@pytest.mark.parametrize("name", ["old.xls", "open.ods", "plain.csv", "strict.xlsx"])
def test_other_kinds_of_file_are_built_from_what_was_read(name: str, tmp_path: Path) -> None:
    """The fourth stands for what openpyxl opens without sheets, or not at all."""
    original = tmp_path / name
    original.write_bytes(b"as the other reader understands it")
    sheets = [sheet_of_cells("Wards/2021", [Cell(2, 3, "5"), Cell(3, 3, "", problem="#REF!")])]
    book = copy_of(original, [finding("Wards/2021", "C3", "it holds an error")], sheets)
    sheet = book["Wards_2021"]
    assert sheet["C2"].value == "5"
    assert comment(sheet, "C3") == "Must be mended: it holds an error"
    assert book[LISTED]["C5"].hyperlink.location == "'Wards_2021'!C3"


@given(text=st.text(min_size=1, max_size=40), prefix=st.sampled_from(["", "=", "+", "@", "=1+"]))
def test_no_text_comes_alive_or_breaks_the_copy(
    text: str, prefix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    held = prefix + text
    original = tmp_path_factory.mktemp("copy") / "a.csv"
    original.write_bytes(b"")
    sheets = [sheet_of_cells("S", [Cell(1, 1, held)])]
    book = copy_of(original, [finding("S", "A1", f"{held} is wrong", value=held)], sheets)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert comment(book["S"], "A1").startswith("Must be mended: ")
