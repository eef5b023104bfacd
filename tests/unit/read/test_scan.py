"""The facts of a worksheet by searching its XML are those of meeting each cell, or none at all."""

import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from pipelines.read.address import cell_address
from pipelines.read.marks import SheetFacts, read_facts
from pipelines.read.parts import RichText, SharedStrings, Style, read_shared_strings, read_sheet_list, read_styles
from pipelines.read.scan import scan_facts
from pipelines.read.sheet import NO_RESULT, Merged
from tests.helpers import workbook_bytes, workbook_of_cells

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (Style(), Style(italic=True), Style(percent=True), Style(struck=True), Style(superscript=True))
STRINGS = SharedStrings(
    blank=frozenset({"1", "12"}),
    rich={
        "2": RichText("Barnet ", "1", struck=False),
        "3": RichText("old new", "", struck=True),
        "13": RichText("", "a", struck=False),
        "23": RichText("1,6723", "", struck=False, lowered=True),
    },
)


def sheet_xml(rows: str, *, head: str = "", tail: str = "") -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{declaration}<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'.encode()


def exact(content: bytes, styles: tuple[Style, ...] = STYLES, strings: SharedStrings = STRINGS) -> SheetFacts:
    """The facts by meeting each cell, but for those that only this reading gives."""
    return replace(read_facts("S", content, styles, strings), positions=None)


def scanned(content: bytes) -> SheetFacts | None:
    return scan_facts(content, STYLES, STRINGS)


def both(workbook: bytes) -> list[tuple[SheetFacts | None, SheetFacts]]:
    """For each sheet of a workbook, the facts by searching and by meeting each cell."""
    with ZipFile(io.BytesIO(workbook)) as zipped:
        archive = {name: zipped.read(name) for name in zipped.namelist()}
        styles, strings = read_styles(archive), read_shared_strings(archive)
        parts = [archive[part.member] for part in read_sheet_list(archive)]
    return [(scan_facts(part, styles, strings), exact(part, styles, strings)) for part in parts]


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def assert_alike(workbook: bytes) -> SheetFacts:
    """The facts of the only sheet, once both readings agree on them."""
    [(found, expected)] = both(workbook)
    assert found == expected
    return expected


def assert_told_rightly_or_not_at_all(content: bytes) -> None:
    """A sheet that the other reading refuses must be left to it."""
    found = scanned(content)
    try:
        expected = exact(content)
    except ValueError:
        assert found is None
    else:
        assert found in (None, expected)


# workbooks as openpyxl writes them


def test_numbers_texts_dates_and_gaps() -> None:
    facts = assert_alike(workbook_bytes({"S": [[], [None, "a", 1.5], [], [None, None, date(2021, 4, 6), True]]}))
    assert (facts.filled, facts.area_start) == (4, (2, 2))


def test_errors_and_formulas_without_result() -> None:
    facts = assert_alike(workbook_bytes({"S": [["#REF!", "=SUM(B2:B3)", 7], ['=A1&"<\'"', "#N/A"]]}))
    assert facts.marks.problems == {
        (1, 1): "the error #REF!",
        (1, 2): NO_RESULT,
        (2, 1): NO_RESULT,
        (2, 2): "the error #N/A",
    }
    assert facts.filled == 1


def test_styles_hidden_and_merged_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 5):
        for column in range(1, 5):
            sheet.cell(row, column, row * column / 10)
    sheet["B1"].font = Font(italic=True)
    sheet["C1"].font = Font(strike=True)
    sheet["D1"].number_format = sheet["D2"].number_format = sheet["F9"].number_format = "0.0%"
    sheet["D2"].font = Font(italic=True, strike=True)
    sheet["D3"], sheet["D3"].number_format = "12%", "0%"
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A4:B4")
    sheet.merge_cells("C2:C3")
    marks = assert_alike(saved(book)).marks
    assert (marks.italic, marks.struck, marks.percent) == ({(1, 2), (2, 4)}, {(1, 3), (2, 4)}, {(1, 4), (2, 4)})
    assert (marks.hidden_rows, marks.hidden_columns) == ({3}, {3})
    assert {*marks.merged} == {Merged(4, 1, 4, 2), Merged(2, 3, 3, 3)}


def test_text_that_must_be_escaped_and_text_that_looks_like_marks() -> None:
    facts = assert_alike(workbook_bytes({"S": [["a < b & 'c'", ' s="1"', "</c>", "  spaced"], ["£5", "…5"]]}))
    assert (facts.filled, facts.area_start) == (6, (1, 1))


def test_text_in_single_quotes_behind_an_equals_sign() -> None:
    assert assert_alike(workbook_bytes({"S": [["it='e'", 1]]})).filled == 2


@pytest.mark.parametrize(
    "text",
    [' t="e"', " ", "\n", "\u00a0", "…"],
    ids=["error", "space", "break", "no_break", "dots"],
)
def test_text_that_the_search_may_mistake_is_left_to_the_other_reading(text: str) -> None:
    [(found, expected)] = both(workbook_bytes({"S": [[text, "a"]]}))
    assert found is None
    assert (expected.filled, expected.area_start) == (2, (1, 1))


def test_superscripts_and_struck_through_runs_of_shared_strings() -> None:
    strings = (
        '<si><r><t xml:space="preserve">Barnet </t></r>'
        '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>'
        "<si><r><t>12</t></r><r><rPr><strike/></rPr><t>13</t></r></si>"
        '<si><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si><si><t>plain</t></si>'
    )
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{first}</v></c><c r="B{row}" t="s"><v>{first + 1}</v></c></row>'
        for row, first in ((1, 0), (2, 2))
    )
    facts = assert_alike(workbook_of_cells(rows, strings))
    assert facts.texts == {(1, 1): "Barnet", (2, 1): None}
    assert facts.marks.notes == {(1, 1): "1", (2, 1): "2"}
    assert facts.marks.problems == {}
    assert facts.marks.struck == {(1, 2)}


def test_table_far_to_the_right_is_left_to_the_other_reading_and_not_taken_for_empty() -> None:
    [(found, expected)] = both(workbook_bytes({"S": [[*[None] * 40, "a"]]}))
    assert found is None
    assert expected.area_start == (1, 41)


def test_more_strings_that_say_something_than_are_searched_for_by_name() -> None:
    strings = SharedStrings(
        rich={str(number): RichText(f"t{number}", "1", struck=False) for number in range(0, 500, 2)}
    )
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(500))
    facts = scan_facts(sheet_xml(rows), STYLES, strings)
    assert facts == exact(sheet_xml(rows), strings=strings)
    assert facts is not None
    assert len(facts.texts) == 250


# sheets as several programs write them

PLAIN_CELLS = (
    '<c r="{at}"><v>12</v></c>',
    '<c r="{at}"><v>1.5E-2</v></c>',
    '<c r="{at}" s="{style}"><v>0.25</v></c>',
    '<c r="{at}" s="{style}" t="n"><v>-3</v></c>',
    '<c r="{at}" s="{style}" t="s"><v>{string}</v></c>',
    '<c r="{at}" t="s"><v>{string}</v></c>',
    '<c r="{at}" t="b" s="{style}"><v>1</v></c>',
    '<c r="{at}" s="{style}"/>',
    '<c r="{at}" s="{style}" />',
    '<c r="{at}" s="{style}"></c>',
    '<c r="{at}" s="{style}" t="e"><v>#N/A</v></c>',
    '<c r="{at}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}" s="{style}"><f>SUM(B1:B2)</f><v>7</v></c>',
    '<c r="{at}" s="{style}"><f aca="false">IF(A1&lt;B1,"t=""e""",2)</f><v>7</v></c>',
    '<c r="{at}" s="{style}"><f t="shared" ref="A1:A9" si="0">B1*2</f><v>0.5</v></c>',
    '<c r="{at}" s="{style}"><f t="shared" si="0"/><v>0.5</v></c>',
    '<c r="{at}" s="{style}"><f>SUM(B1:B2)</f></c>',
    '<c r="{at}" s="{style}"><f>SUM(B1:B2)</f><v/></c>',
    '<c r="{at}"><f>SUM(B1:B2)</f><v /></c>',
    '<c r="{at}" s="{style}" t="str"><f>A1&amp;"x"</f><v>x</v></c>',
    '<c r="{at}" t="str"><f>A1</f></c>',
    '<c r="{at}" s="{style}" t="inlineStr"><is><t>inline</t></is></c>',
    '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> inline</t></is></c>',
)
"""Cells that the search can tell, each with a style and a shared string of any number."""

ODD_CELLS = (
    '<c r="{at}" t="str"><f>A1</f><v></v></c>',
    '<c r="{at}" t="str"><f>A1</f><v/></c>',
    '<c r="{at}" t="str"><f>" "</f><v> </v></c>',
    '<c r="{at}" t="e"/>',
    '<c r="{at}" t="s"><v/></c>',
    '<c r="{at}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>',
    '<c r="{at}" t="inlineStr"><is><r><t>1</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r></is></c>',
    '<c s="{style}" r="{at}"><v>5</v></c>',
    "<c r='{at}' t='e'><v>#REF!</v></c>",
    "<c r=\"{at}\" t='e'><v>#REF!</v></c>",
    "<c r=\"{at}\" s='{style}'><v>5</v></c>",
    "<c s='{style}' t='s'><v>{string}</v></c>",
    '<c r="{at}"><v><![CDATA[5]]></v></c>',
    '<c r="{at}" s="99"><v>5</v></c>',
    '<c r="{at}" s="x"><v>5</v></c>',
    '<c r="{at}" t="s"><v>one</v></c>',
    '<c r="{at}" t="s"><v> 2</v></c>',
    '<c r="{at}" t="inlineStr"><is><t>\u00a0</t></is></c>',
    '<c r="{at}" s="{style}" t="str"><f>A1</f><v>&#160;</v></c>',
    '<c r="{at}"><!-- was 4 --><v>5</v></c>',
    '<c r="{at}" t="s">\n  <v>{string}</v>\n</c>',
    '<c r="{at}">\n  <f>B1</f>\n</c>',
    '<c r="{at}"><v>5</v><extLst><ext/></extLst></c>',
    '<x:c xmlns:x="{main}" r="{at}"><x:v>5</x:v></x:c>',
)
"""Cells that the search cannot tell, or must find out that it cannot."""

row_attributes = st.sampled_from(
    ["", ' spans="1:9"', ' hidden="1"', ' ht="15" hidden="true" customHeight="1"', ' hidden="0"', ' hidden="false"']
)
columns_elements = st.sampled_from(
    [
        "",
        '<cols><col min="1" max="2" width="9.1" customWidth="1"/></cols>',
        '<cols><col min="2" max="3" width="0" hidden="1"/><col hidden="true" min="5" max="16384" /></cols>',
        '<cols><col collapsed="false" hidden="false" max="2" min="1" style="0"/></cols>',
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
    ]
)
tails = st.sampled_from(
    [
        "",
        '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="C5:C9"/></mergeCells>',
        '<mergeCells><mergeCell ref="A1:B1"></mergeCell></mergeCells><pageMargins left="0.7"/>',
        "<headerFooter><oddFooter>&amp;L'Draft'</oddFooter></headerFooter><extLst><ext uri=\"{x}\"/></extLst>",
    ]
)


@st.composite
def sheets(draw: st.DrawFn, cells: tuple[str, ...]) -> bytes:
    """A worksheet whose rows come in order, with gaps, each of some cells in order."""
    rows = []
    for number in sorted(draw(st.sets(st.integers(1, 12), max_size=5))):
        made = [
            draw(st.sampled_from(cells)).format(
                at=cell_address(number, column),
                style=draw(st.integers(0, len(STYLES) - 1)),
                string=draw(st.sampled_from([0, 1, 2, 3, 12, 13, 23])),
                main=MAIN,
            )
            for column in sorted(draw(st.sets(st.integers(1, 28), max_size=5)))
        ]
        rows.append(f'<row r="{number}"{draw(row_attributes)}>{"".join(made)}</row>')
    return sheet_xml("".join(rows), head=draw(columns_elements), tail=draw(tails))


@settings(max_examples=300)
@given(sheets(PLAIN_CELLS))
def test_plain_sheet_is_told_as_by_meeting_each_cell(content: bytes) -> None:
    assert scanned(content) == exact(content)


@settings(max_examples=300)
@given(sheets((*PLAIN_CELLS, *ODD_CELLS)))
def test_any_sheet_is_told_rightly_or_not_at_all(content: bytes) -> None:
    assert_told_rightly_or_not_at_all(content)


# what is no plain XML


@pytest.mark.parametrize("cell", ODD_CELLS)
def test_odd_cell_beside_a_plain_one_is_told_rightly_or_not_at_all(cell: str) -> None:
    odd = cell.format(at="B2", style=2, string=2, main=MAIN)
    content = sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{odd}</row>')
    assert_told_rightly_or_not_at_all(content)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', id="out_of_order"
        ),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', id="row_twice"),
        pytest.param('<row r="1"><c r="A7"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>', id="other_row"),
        pytest.param("<row><c><v>1</v></c></row>", id="no_addresses"),
        pytest.param('<row r="1"><c><v>1</v></c></row>', id="cell_without_address"),
        pytest.param('<row spans="1:2" r="1"><c r="A1"><v>1</v></c></row>', id="number_of_the_row_not_first"),
        pytest.param('\n  <row r="1">\n    <c r="A1">\n      <v>1</v>\n    </c>\n  </row>\n', id="laid_out_for_people"),
        pytest.param('<!-- <row r="1"/> --><row r="1"><c r="A1"><v>1</v></c></row>', id="comment"),
        pytest.param('<?note x?><row r="1"><c r="A1"><v>1</v></c></row>', id="instruction"),
        pytest.param('<row r="1"><c r="AAA1"><v>1</v></c></row>', id="far_to_the_right"),
        pytest.param('<row r="200000"><c r="A200000"><v>1</v></c></row>', id="far_below"),
    ],
)
def test_rows_that_are_not_plain_are_left_to_the_other_reading(rows: str) -> None:
    assert scanned(sheet_xml(rows)) is None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>",
            id="prefix",
        ),
        pytest.param("<!-- note --><worksheet><sheetData></sheetData></worksheet>", id="comment_before"),
        pytest.param("<worksheet><sheetData></sheetData></worksheet><!-- note -->", id="comment_behind"),
        pytest.param("<worksheet><sheetData></sheetData>", id="cut_short"),
        pytest.param(
            "<worksheet><cols><col min='1' max='1' hidden='1'/></cols><sheetData></sheetData></worksheet>",
            id="single_quotes_in_columns",
        ),
        pytest.param(
            "<worksheet><sheetData></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells></worksheet>",
            id="single_quotes_in_merged_cells",
        ),
        pytest.param(
            "<worksheet><sheetData></sheetData>"
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
            id="rows_twice",
        ),
    ],
)
def test_sheet_that_is_not_plain_is_left_to_the_other_reading(content: str) -> None:
    assert scanned(content.encode()) is None


def test_other_encoding_is_left_to_the_other_reading() -> None:
    assert scanned("<worksheet><sheetData></sheetData></worksheet>".encode("utf-16")) is None


def test_sheet_without_rows_is_empty() -> None:
    assert scanned(sheet_xml("")) == SheetFacts()
