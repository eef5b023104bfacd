"""Workbooks as text: built ones cell by cell, and damaged or hostile ones refused in words."""

import io
import zipfile
from datetime import date

import fastexcel
import openpyxl
import pytest
from openpyxl.styles import Font

from pipelines.read import guards
from pipelines.read.sheet import Cell, Sheet, UnreadableWorkbook
from pipelines.read.workbook import read_workbook
from tests.helpers import repacked, workbook_bytes, workbook_of_cells

NAME = "Spend 2021-22 Q2.xlsx"


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes) -> list[Sheet]:
    return read_workbook(NAME, content)


def only_sheet(content: bytes) -> Sheet:
    [sheet] = read(content)
    return sheet


def cells_of(sheet: Sheet) -> list[Cell]:
    return [cell for _, line in sheet.lines() for cell in line.values()]


def texts(content: bytes) -> dict[str, str]:
    """Address to text of the only sheet's cells."""
    return {cell.address: cell.text for cell in cells_of(only_sheet(content))}


def test_leading_blank_rows_and_columns_keep_addresses_right() -> None:
    assert texts(workbook_bytes({"S": [[], [], [None, None, "a"], [None, None, None, 7]]})) == {"C3": "a", "D4": "7"}


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\t\n"], ids=["space", "no_break_space", "tab_and_line_break"])
def test_white_space_in_the_first_cell_keeps_addresses_right(blank: str) -> None:
    content = workbook_bytes({"S": [[blank], [None, "a", 1], [None, None, 2]]})
    assert texts(content) == {"B2": "a", "C2": "1", "C3": "2"}


def test_shared_string_of_white_space_in_the_first_cell_keeps_addresses_right() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="B2" t="s"><v>1</v></c></row>'
    strings = '<si><t xml:space="preserve"> </t></si><si><t>a</t></si>'
    assert texts(workbook_of_cells(cells, strings)) == {"B2": "a"}


def test_table_far_to_the_right_is_read() -> None:
    assert texts(workbook_bytes({"S": [[], [*[None] * 40, "a"]]})) == {"AO2": "a"}


def test_sheet_laid_out_for_people_is_read() -> None:
    rows = """
      <row r="2">
        <c r="B2">
          <v>5</v>
        </c>
        <c r="C2" t="e">
          <v>#N/A</v>
        </c>
      </row>
    """
    assert texts(workbook_of_cells(rows)) == {"B2": "5", "C2": "#N/A"}


def test_text_of_superscript_alone_is_a_note() -> None:
    superscript = "<si><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c {b1} t="s"><v>1</v></c></row>'
    for b1 in ('r="B1"', ""):  # the second is met cell by cell
        sheet = only_sheet(workbook_of_cells(cells.format(b1=b1), superscript + "<si><t>Excludes London</t></si>"))
        assert cells_of(sheet) == [Cell(1, 2, "Excludes London")]
        assert sheet.marks.notes == {(1, 1): "1"}


def test_blank_rows_within_are_left_out_and_numbers_go_on() -> None:
    assert only_sheet(workbook_bytes({"S": [["a"], [], [], ["b"]]})).row_numbers == [1, 4]


def test_sheets_keep_their_names_and_order_empty_ones_included() -> None:
    sheets = read(workbook_bytes({"Zed": [["a"]], "Empty": [], "Ää & <b>": [["b"]]}))
    assert [(sheet.name, len(sheet.row_numbers)) for sheet in sheets] == [("Zed", 1), ("Empty", 0), ("Ää & <b>", 1)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(1672, "1672", id="whole_number"),
        pytest.param(123193.91, "123193.91", id="pence"),
        pytest.param(0.29, "0.29", id="fraction_as_typed"),
        pytest.param(0.00001, "0.00001", id="small_number_without_exponent"),
        pytest.param(1e15, "1000000000000000", id="large_number_without_exponent"),
        pytest.param("0042", "0042", id="text_of_digits_keeps_its_noughts"),
        pytest.param("1,672", "1,672", id="typed_thousands"),
        pytest.param("  spaced  ", "  spaced  ", id="spaces_kept"),
        pytest.param("two\nlines", "two\nlines", id="line_break"),
        pytest.param("N/A", "N/A", id="marker_is_not_an_empty_cell"),
        pytest.param("nan", "nan", id="word_nan_is_text"),
        pytest.param(True, "true", id="boolean"),
        pytest.param(date(2021, 4, 6), "2021-04-06 00:00:00", id="date"),
    ],
)
def test_value_as_text(value: str | float | date, text: str) -> None:
    assert texts(workbook_bytes({"S": [[value]]})) == {"A1": text}


def test_mixed_column_loses_nothing() -> None:
    column: list[list[str | float]] = [["Stockport"], [1630], ["1,672"], [0.77], ["63%"], [".."]]
    assert list(texts(workbook_bytes({"S": column})).values()) == ["Stockport", "1630", "1,672", "0.77", "63%", ".."]


def test_merged_cells_hold_their_text_once() -> None:
    assert texts(workbook_bytes({"S": [["Learners", None, None], ["a", "b", "c"]]}, merged={"S": ["A1:C1"]})) == {
        "A1": "Learners",
        "A2": "a",
        "B2": "b",
        "C2": "c",
    }


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
def test_error_cell_is_kept_with_its_problem(error: str) -> None:
    sheet = only_sheet(workbook_bytes({"S": [[error], ["a"]]}))
    assert cells_of(sheet) == [Cell(1, 1, error, f"the error {error}"), Cell(2, 1, "a")]


def test_formula_without_result_is_kept_with_its_problem() -> None:
    sheet = only_sheet(workbook_bytes({"S": [["=SUM(B1:C1)", 1, 2]]}))
    assert sheet.line(1) == {
        1: Cell(1, 1, "", "a formula without a stored result"),
        2: Cell(1, 2, "1"),
        3: Cell(1, 3, "2"),
    }


def test_italic_and_percent_formats_are_kept_beside_the_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = 0.94, 0.97, "97%", 41
    sheet["A1"].font = Font(italic=True)
    sheet["B1"].number_format = sheet["C1"].number_format = "0%"
    sheet["D1"].number_format = '0"%"'
    cells = only_sheet(saved(book)).line(1)
    assert [(cell.text, cell.italic, cell.percent) for cell in cells.values()] == [
        ("0.94", True, False),
        ("0.97", False, True),
        ("97%", False, False),
        ("41", False, False),
    ]


@pytest.mark.parametrize("value", [1, "x", "=A1"])
def test_far_away_cell_is_refused_by_its_address(value: str | int) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Spend"
    sheet["A1"], sheet["XFD1048576"] = "a", value
    with pytest.raises(UnreadableWorkbook, match="Sheet 'Spend', cell XFD1048576: a value lies outside"):
        read(saved(book))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "It is empty", id="empty"),
        pytest.param(
            b"Subject,Course\nEnglish,GCSE\n",
            r"It is plain text \(.csv\), but its name ends in .xlsx",
            id="csv_under_another_name",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "cut short or damaged",
            id="only_the_start_of_an_old_binary",
        ),
        pytest.param(b"PK\x03\x04" + bytes(100), "cut short or damaged", id="only_the_start_of_a_zip"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableWorkbook, match=said):
        read(content)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_workbook_is_refused(share: float) -> None:
    content = workbook_bytes({"S": [["a", 1], ["b", 2]]})
    with pytest.raises(UnreadableWorkbook):
        read(content[: int(len(content) * share)])


def test_flipped_byte_in_a_sheet_is_refused() -> None:
    content = bytearray(workbook_bytes({"S": [[f"row {number}", number] for number in range(50)]}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    content[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 0xFF
    with pytest.raises(UnreadableWorkbook, match="damaged"):
        read(bytes(content))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        pytest.param("xl/_rels/workbook.xml.rels", None, id="no_list_of_parts"),
        pytest.param("xl/worksheets/sheet1.xml", None, id="no_sheet"),
        pytest.param("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>", id="sheet_cut_short"),
        pytest.param(
            "xl/worksheets/sheet1.xml",
            b'<worksheet><sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData></worksheet>',
            id="impossible_address",
        ),
        pytest.param("xl/styles.xml", b"<styleSheet>", id="styles_cut_short"),
    ],
)
def test_damaged_inside_is_refused(part: str, text: bytes | None) -> None:
    with pytest.raises(UnreadableWorkbook, match=r"nside .*is damaged"):
        read(repacked(workbook_bytes({"S": [["a"]]}), {part: text}))


def test_zip_of_something_else_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    with pytest.raises(UnreadableWorkbook, match="holds no workbook, which is not read"):
        read(content.getvalue())


@pytest.mark.parametrize(
    ("bound", "message"),
    [
        pytest.param("MAX_FILE_BYTES", "at most 1 bytes are read", id="file"),
        pytest.param("MAX_STREAMED_BYTES", "unpacks to more", id="unpacked"),
        pytest.param("MAX_MEMBERS", "more than the 1 parts", id="members"),
    ],
)
def test_workbook_beyond_a_bound_is_refused(bound: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, bound, 1)
    with pytest.raises(UnreadableWorkbook, match=message):
        read(workbook_bytes({"S": [["a"]]}))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param('<c r="A1"><v>5</v><v>6</v></c>', "cell A1 holds more than one value", id="two_values"),
        pytest.param('<c r="A1"><v>5</v></c><c r="A1"><v>6</v></c>', "cell A1 stands twice", id="cell_twice"),
    ],
)
def test_cell_that_can_be_read_in_two_ways_is_refused(cells: str, said: str) -> None:
    with pytest.raises(UnreadableWorkbook, match=said):
        read(workbook_of_cells(f'<row r="1">{cells}</row>'))


def test_value_that_one_of_the_two_readings_loses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = [fastexcel.read_excel(workbook_bytes({"S": [["a"]]}))]
    monkeypatch.setattr(fastexcel, "read_excel", lambda _: readers.pop())
    with pytest.raises(UnreadableWorkbook, match="Sheet 'S', cell B1: two readings of the file do not agree"):
        read(workbook_bytes({"S": [["a", "b"]]}))


def test_value_that_one_of_the_two_readings_finds_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # cells without addresses are not searched but met one by one, and then each is compared
    content = workbook_of_cells("<row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>")
    readers = [fastexcel.read_excel(workbook_bytes({"S": [[1, 2], [None, 3]]}))]
    monkeypatch.setattr(fastexcel, "read_excel", lambda _: readers.pop())
    with pytest.raises(UnreadableWorkbook, match="cell B1: two readings of the file do not agree"):
        read(content)
