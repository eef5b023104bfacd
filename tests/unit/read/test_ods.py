"""OpenDocument spreadsheets, built by hand: values, repeats, formatting, and what is on a sheet but in no cell."""

import time
from contextlib import suppress
from xml.sax.saxutils import escape, quoteattr

import fastexcel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read.guards import guard
from pipelines.read.ods import read_ods
from pipelines.read.sheet import SUPERSCRIPT, Cell, Merged, Sheet, UnreadableWorkbook
from tests.ods_builder import cell, empty, number, ods_of, row, text


def read(rows: str, attributes: str = "") -> Sheet:
    content = ods_of(f'<table:table table:name="S" {attributes}>{rows}</table:table>')
    assert guard("a.ods", content) == "ods"
    (sheet,) = read_ods(content)
    return sheet


def read_cell(xml: str) -> Cell | None:
    return read(row(xml)).cell(1, 1)


@pytest.mark.parametrize(
    ("attributes", "shown", "expected"),
    [
        pytest.param('office:value-type="float" office:value="94"', "94.0", "94", id="whole_number"),
        pytest.param('office:value-type="float" office:value="0.1"', "0", "0.1", id="as_stored_not_as_shown"),
        pytest.param('office:value-type="float" office:value="1E-7"', "0", "0.0000001", id="without_exponent"),
        pytest.param(
            'office:value-type="currency" office:currency="GBP" office:value="1234.5"',
            "£1,235",
            "1234.5",
            id="currency",
        ),
        pytest.param(
            'office:value-type="date" office:date-value="2021-04-06"', "06/04/21", "2021-04-06 00:00:00", id="date"
        ),
        pytest.param(
            'office:value-type="date" office:date-value="2021-04-06T13:30:15"', "x", "2021-04-06 13:30:15", id="moment"
        ),
        pytest.param(
            'office:value-type="date" office:date-value="2021-04-06T13:29:59.999999999"',
            "x",
            "2021-04-06 13:30:00",
            id="noise_of_binary_fractions",
        ),
        pytest.param(
            'office:value-type="time" office:time-value="PT13H30M00S"', "13:30", "1899-12-31 13:30:00", id="time"
        ),
        pytest.param('office:value-type="boolean" office:boolean-value="true"', "TRUE", "true", id="boolean"),
        pytest.param('office:value-type="string"', "April", "April", id="text"),
        pytest.param('office:value-type="string" office:string-value="April"', "Apr", "April", id="text_stored_apart"),
        pytest.param("", "April", "April", id="without_a_type"),
    ],
)
def test_value(attributes: str, shown: str, expected: str) -> None:
    assert read_cell(cell(attributes, f"<text:p>{shown}</text:p>")) == Cell(1, 1, expected)


def test_percentage_is_a_fraction_with_a_mark() -> None:
    xml = cell('office:value-type="percentage" office:value="0.97"', "<text:p>97%</text:p>")
    assert read_cell(xml) == Cell(1, 1, "0.97", percent=True)


def test_paragraphs_spaces_tabs_and_breaks() -> None:
    xml = text('a<text:s text:c="2"/> b<text:tab/>c<text:line-break/>d</text:p><text:p>e <text:a>f</text:a>\n  g')
    assert read_cell(xml) == Cell(1, 1, "a   b\tc\nd\ne f g")


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(
            cell(
                'table:formula="of:=A9" office:value-type="string" calcext:value-type="error" office:string-value=""',
                "<text:p>#REF!</text:p>",
            ),
            id="said_by_its_type",
        ),
        pytest.param(
            cell('table:formula="of:=[.A9]" office:value-type="float" office:value="0"', "<text:p>#REF!</text:p>"),
            id="only_shown",
        ),
        pytest.param(text("#REF!"), id="typed"),
    ],
)
def test_error_is_a_problem(xml: str) -> None:
    assert read_cell(xml) == Cell(1, 1, "#REF!", problem="the error #REF!")


def test_error_number_is_a_problem() -> None:
    sheet = read(row(number(1), text("Err:502")))
    assert sheet.marks.problems == {(1, 2): "the error Err:502"}


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(cell('table:formula="of:=SUM([.B1])"'), id="no_type"),
        pytest.param(cell('table:formula="of:=SUM([.B1])" office:value-type="float"'), id="number_without_value"),
    ],
)
def test_formula_without_a_result(xml: str) -> None:
    assert read_cell(xml) == Cell(1, 1, "", problem="a formula without a stored result")


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(cell('table:formula="of:=&quot;&quot;"', "<text:p/>"), id="empty_paragraph"),
        pytest.param(
            cell('table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""'), id="typed"
        ),
    ],
)
def test_formula_with_an_empty_text_for_result_is_an_empty_cell(xml: str) -> None:
    assert read(row(xml)).row_numbers == []


@pytest.mark.parametrize(
    ("style", "italic", "struck"),
    [
        ("italic", True, False),
        ("child", True, False),
        ("of Note", True, False),
        ("upright", False, False),
        ("struck", False, True),
        ("not struck", False, False),
        ("loop", False, False),
        ("unknown", False, False),
    ],
)
def test_style(style: str, italic: bool, struck: bool) -> None:
    xml = text("x", f'table:style-name="{style}"')
    assert read_cell(xml) == Cell(1, 1, "x", italic=italic, struck=struck)


def test_style_of_the_row_or_else_of_the_column() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="italic"/>'
    )
    rows = row(text("a"), text("b"), text("c"), text("d")) + row(
        text("e"), empty(1), text("f"), attributes='table:default-cell-style-name="struck"'
    )
    sheet = read(columns + rows)
    assert sheet.marks.italic == {(1, 3)}
    assert sheet.marks.struck == {(2, 1), (2, 3)}


@pytest.mark.parametrize(
    ("inside", "expected", "note"),
    [
        ('1,672<text:span text:style-name="super">3</text:span>', "1,672", "3"),
        (
            '<text:span text:style-name="bold">Bar<text:span text:style-name="super">1</text:span></text:span>net',
            "Barnet",
            "1",
        ),
        ('H<text:span text:style-name="sub">2</text:span>O', "H2O", ""),
    ],
)
def test_superscript_is_a_note(inside: str, expected: str, note: str) -> None:
    assert read_cell(text(inside)) == Cell(1, 1, expected, note=note)


def test_text_all_in_superscript_is_a_note_and_a_number_is_reported() -> None:
    raised = 'table:style-name="raised"'
    sheet = read(row(text("Barnet"), text("a", raised), number(1, raised)))
    assert sheet.row_numbers == [1]
    assert sheet.marks.notes == {(1, 2): "a"}
    assert sheet.marks.problems == {(1, 3): SUPERSCRIPT}
    assert (sheet.text(1, 1), sheet.text(1, 2), sheet.text(1, 3)) == ("Barnet", None, None)


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param("<office:annotation><text:p>a comment</text:p></office:annotation>", id="comment"),
        pytest.param("<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame>", id="drawing"),
        pytest.param(
            "<draw:object><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
            "</table:table-row></table:table></draw:object>",
            id="embedded_table",
        ),
    ],
)
def test_what_lies_on_a_cell_is_not_in_it(beside: str) -> None:
    with_value = cell('office:value-type="string"', f"{beside}<text:p>value{beside}</text:p>{beside}")
    sheet = read(row(with_value, cell("", beside), number(5)))
    assert sheet.line(1) == {1: Cell(1, 1, "value"), 3: Cell(1, 3, "5")}


def test_merged_cells_and_what_they_cover() -> None:
    merged = text("2021", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
    covered = '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
    sheet = read(row(number(1), merged, covered, number(2)) + row(number(3), covered, covered, number(4)))
    assert sheet.marks.merged == [Merged(1, 2, 2, 3)]
    assert [sheet.text(1, column) for column in range(1, 5)] == ["1", "2021", None, "2"]
    assert [sheet.text(2, column) for column in range(1, 5)] == ["3", None, None, "4"]


def test_hidden_rows_columns_and_sheets() -> None:
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        "<table:table-column/>"
    )
    rows = (
        row(number(1))
        + row(number(2), attributes='table:visibility="filter"')
        + row(number(3), attributes='table:visibility="collapse" table:number-rows-repeated="2"')
        + row(number(4))
        + row(empty(1), attributes='table:visibility="collapse" table:number-rows-repeated="1048571"')
    )
    sheet = read(columns + rows, 'table:style-name="hidden"')
    assert sheet.marks.hidden_rows == {2, 3, 4}
    assert sheet.marks.hidden_columns == {2, 3}
    assert sheet.marks.hidden_sheet
    assert sheet.text(4, 1) == "3"


def test_rows_in_groups_and_headers_count_on() -> None:
    rows = (
        f"<table:table-header-rows>{row(text('a'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(text('b'))}{row(text('c'))}</table:table-row-group>{row(text('d'))}"
    )
    assert [read(rows).text(number, 1) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d"]


def test_repeated_cells_and_rows_stand_in_every_place() -> None:
    sheet = read(
        row(empty(2), number(7, 'table:number-columns-repeated="3"'), number(8))
        + row(number(9), attributes='table:number-rows-repeated="2"')
        + row(number(10))
    )
    texts = {(number, place): found.text for number, line in sheet.lines() for place, found in line.items()}
    assert texts == {(1, 3): "7", (1, 4): "7", (1, 5): "7", (1, 6): "8", (2, 1): "9", (3, 1): "9", (4, 1): "10"}


def test_empty_repeats_to_the_end_of_the_sheet_cost_nothing() -> None:
    begun = time.perf_counter()
    sheet = read(
        f'<table:table-column table:number-columns-repeated="16384"/>{row(number(1), empty(16383))}'
        + row(empty(16384), attributes='table:number-rows-repeated="1048575"')
    )
    assert sheet.texts.shape == (1, 1)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(row(empty(1000), number(1)), "Sheet 'S', cell ALM1: a value lies outside", id="column"),
        pytest.param(
            row(empty(1), attributes='table:number-rows-repeated="200000"') + row(number(1)),
            "Sheet 'S', cell A200001: a value lies outside",
            id="row",
        ),
        pytest.param(
            row(number(1, 'table:number-columns-repeated="16384"')), "cell ALM1: a value", id="repeated_across"
        ),
        pytest.param(
            row(number(1), attributes='table:number-rows-repeated="1048576"'),
            "cell A200001: a value",
            id="repeated_down",
        ),
        pytest.param(
            row(empty(899), number(1))
            + row(empty(1), attributes='table:number-rows-repeated="150000"')
            + row(number(1)),
            "cell A150002: with it the sheet spans",
            id="sparse",
        ),
        pytest.param(row(text('<text:s text:c="200000"/>')), "cell A1: it holds more than", id="too_long_a_text"),
        pytest.param(row(empty(1), number("1E999")), "cell B1: its value cannot be read", id="no_number"),
        pytest.param(
            row(cell('office:value-type="date" office:date-value="2021-02-30"')), "cell A1: its value", id="no_date"
        ),
        pytest.param(row(empty(1)).replace('repeated="1"', 'repeated="x"'), "content.xml is damaged", id="no_count"),
    ],
)
def test_refused(rows: str, told: str) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        read(rows)
    assert told in str(refused.value)


def test_document_type_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook, match="declares a document type"):
        read_ods(ods_of("", doctype='<!DOCTYPE a [<!ENTITY b "c">]>'))


def test_workbook_without_named_styles() -> None:
    table = f'<table:table table:name="S">{row(number(1))}</table:table>'
    (sheet,) = read_ods(ods_of(table, named_styles=None))
    assert sheet.text(1, 1) == "1"


def test_copies_of_other_files_sheets_and_links_are_no_sheets() -> None:
    one = f'<table:table table:name="One">{row(number(1))}</table:table>'
    two = f'<table:table table:name="Two">{row(number(2))}</table:table>'
    copy = f'<table:table table:name="file#One"><table:table-source/>{row(number(3))}</table:table>'
    link = f"<table:dde-links><table:dde-link>{one}</table:dde-link></table:dde-links>"
    changes = f"<table:tracked-changes>{row(number(4))}</table:tracked-changes>"
    sheets = read_ods(ods_of(changes + one + copy + two + link))
    assert [(sheet.name, sheet.text(1, 1)) for sheet in sheets] == [("One", "1"), ("Two", "2")]


values = st.one_of(
    st.none(),
    st.floats(min_value=-1e5, max_value=1e5).map(lambda value: round(value, 3) + 0.0),
    st.text("abc £é<&\"'", min_size=1, max_size=6).map(lambda value: f"t{value.strip()}"),
)


def as_xml(value: float | str | None) -> str:
    if value is None:
        return empty(1)
    if isinstance(value, float):
        return number(value)
    return text(escape(value), f"office:string-value={quoteattr(value)}")


@given(st.lists(st.lists(values, min_size=1, max_size=6), min_size=1, max_size=8))
@settings(deadline=None)
def test_another_reader_finds_the_same_texts(rows: list[list[float | str | None]]) -> None:
    content = ods_of(f'<table:table table:name="S">{"".join(row(*map(as_xml, line)) for line in rows)}</table:table>')
    (ours,) = read_ods(content)
    theirs = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string").to_polars()
    assert {(r, c): v for r, line in enumerate(ours.texts.rows()) for c, v in enumerate(line) if v} == {
        (r, c): v for r, line in enumerate(theirs.rows()) for c, v in enumerate(line) if v
    }


SMALL = ods_of(f'<table:table table:name="S">{row(text("a"), number(1))}</table:table>')


@given(st.integers(min_value=0, max_value=len(SMALL) - 1), st.integers(min_value=1, max_value=255))
@settings(deadline=None)
def test_changed_byte_raises_nothing_else(place: int, mask: int) -> None:
    damaged = bytearray(SMALL)
    damaged[place] ^= mask
    with suppress(UnreadableWorkbook):
        read_ods(bytes(damaged))
