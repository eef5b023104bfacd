"""What the XML of a worksheet says of its cells: values, errors, empty formulas, styles, notes, what is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.marks import SheetFacts, merged_block, read_facts
from pipelines.read.parts import RichText, SharedStrings, Style
from pipelines.read.sheet import NO_RESULT, SUBSCRIPT, SUPERSCRIPT, Merged, Position, UnreadableWorkbook

STYLES = (Style(), Style(italic=True), Style(percent=True), Style(struck=True), Style(superscript=True))
NO_STRINGS = SharedStrings()
BLANK_FIRST = SharedStrings(blank=frozenset({"0"}))


def facts_of(cells: str, strings: SharedStrings = NO_STRINGS, *, head: str = "", tail: str = "") -> SheetFacts:
    sheet = f"<worksheet>{head}<sheetData>{cells}</sheetData>{tail}</worksheet>"
    return read_facts("S", sheet.encode(), STYLES, strings)


def seen(facts: SheetFacts) -> set[Position]:
    """The cells that hold a text with something to see."""
    assert facts.positions is not None
    return set(facts.positions)


def test_number_and_inline_text_are_values() -> None:
    facts = facts_of('<row r="3"><c r="B3"><v>5</v></c><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>')
    assert seen(facts) == {(3, 2), (3, 3)}
    assert (facts.filled, facts.area_start) == (2, (3, 2))


def test_cells_without_an_address_follow_the_one_before() -> None:
    facts = facts_of('<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>')
    assert seen(facts) == {(1, 1), (1, 4), (1, 5), (2, 1)}


def test_error_is_no_value_and_belongs_to_the_area() -> None:
    facts = facts_of('<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    assert facts.marks.problems == {(1, 1): "the error #DIV/0!"}
    assert not seen(facts)
    assert (facts.filled, facts.area_start) == (0, (1, 1))


@pytest.mark.parametrize(
    ("cell", "without_result", "valued"),
    [
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f></c>', {(1, 1)}, set(), id="no_result"),
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f><v/></c>', {(1, 1)}, set(), id="empty_result"),
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f><v>7</v></c>', set(), {(1, 1)}, id="number"),
        pytest.param('<c r="A1" t="str"><f>""</f><v></v></c>', set(), set(), id="empty_text_is_a_result"),
    ],
)
def test_formula(cell: str, without_result: set[tuple[int, int]], valued: set[tuple[int, int]]) -> None:
    facts = facts_of(f'<row r="1">{cell}</row>')
    assert facts.marks.problems == dict.fromkeys(without_result, NO_RESULT)
    assert seen(facts) == valued


def test_formula_without_result_begins_no_area() -> None:
    facts = facts_of('<row r="1"><c r="A1"><f>B2</f></c></row><row r="2"><c r="B2"><v>1</v></c></row>')
    assert facts.marks.problems == {(1, 1): NO_RESULT}
    assert facts.area_start == (2, 2)


def test_blank_shared_string_and_bare_style_are_no_values() -> None:
    facts = facts_of(
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"/></row>', BLANK_FIRST
    )
    assert seen(facts) == {(1, 2)}
    assert not facts.marks.italic
    assert (facts.filled, facts.area_start) == (2, (1, 1))


def test_number_that_looks_like_a_blank_strings_index_is_a_value() -> None:
    assert seen(facts_of('<row r="1"><c r="A1"><v>0</v></c></row>', BLANK_FIRST)) == {(1, 1)}


def test_italic_percent_and_struck_through_are_told_apart() -> None:
    facts = facts_of('<row r="1">' + "".join(f'<c r="{"ABCD"[s]}1" s="{s}"><v>1</v></c>' for s in range(4)) + "</row>")
    assert facts.marks.italic == {(1, 2)}
    assert facts.marks.percent == {(1, 3)}
    assert facts.marks.struck == {(1, 4)}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param('<row r="1"><c r="A1" s="9"><v>1</v></c></row>', "style '9', which is not there", id="style"),
        pytest.param('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "a text that is not there", id="shared_string"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="A1"/></row>', "cell A1 stands twice", id="cell_twice"),
        pytest.param('<row r="3"/><row r="3"/>', "row 3 stands twice", id="row_twice"),
        pytest.param('<row r="1048577"/>', "row 1048577 lies beyond any sheet", id="row_beyond_any_sheet"),
        pytest.param('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', "more than one value", id="two_values"),
        pytest.param('<row r="1"><c r="A1"><v>1<!-- x -->2</v></c></row>', "a comment in its value", id="comment"),
    ],
)
def test_sheet_that_two_programs_may_read_in_two_ways_is_refused(rows: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        facts_of(rows)


def test_cells_of_a_workbook_without_styles_are_plain() -> None:
    content = b'<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData></worksheet>'
    facts = read_facts("S", content, (), NO_STRINGS)
    assert seen(facts) == {(1, 1)}
    assert not facts.marks.italic


def test_cell_beyond_the_bounds_is_refused_by_its_address() -> None:
    with pytest.raises(UnreadableWorkbook, match="Sheet 'S', cell B200001: a value lies outside"):
        facts_of('<row r="200001"><c r="B200001"><v>1</v></c></row>')
    assert seen(facts_of('<row r="200001"><c r="B200001" s="1"/></row>')) == set()


def test_sheet_that_spans_too_many_cells_is_refused() -> None:
    rows = '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="199999"><c r="A199999"><v>1</v></c></row>'
    with pytest.raises(UnreadableWorkbook, match="cell A199999: with it the sheet spans 199,999 rows and 702 columns"):
        facts_of(rows)


def test_number_wholly_in_superscript_is_a_problem_and_a_text_is_a_note() -> None:
    facts = facts_of('<row r="1"><c r="A1" s="4"><v>1</v></c><c r="B1" s="4" t="s"><v>7</v></c></row>')
    assert facts.marks.problems == {(1, 1): SUPERSCRIPT}
    assert facts.raised == {(1, 2)}


def test_subscript_behind_a_digit_is_a_problem() -> None:
    strings = SharedStrings(rich={"0": RichText("1,6723", "", struck=False, lowered=True)})
    facts = facts_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings)
    assert facts.marks.problems == {(1, 1): SUBSCRIPT}


def test_cells_of_white_space_are_told_of() -> None:
    blank = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>0</v></c></row>'
    assert facts_of(blank, BLANK_FIRST).has_blanks
    assert not facts_of(blank).has_blanks


def test_text_in_a_percent_format_is_no_percentage() -> None:
    facts = facts_of('<row r="1"><c r="A1" s="2" t="s"><v>4</v></c><c r="B1" s="2" t="b"><v>1</v></c></row>')
    assert seen(facts) == {(1, 1), (1, 2)}
    assert not facts.marks.percent


def test_superscript_of_a_shared_string_is_a_note_and_no_part_of_the_text() -> None:
    strings = SharedStrings(rich={"3": RichText("Barnet ", "1", struck=False)})
    facts = facts_of('<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>3</v></c></row>', strings)
    assert facts.marks.notes == {(2, 1): "1"}
    assert facts.texts == {(2, 1): "Barnet"}
    assert seen(facts) == {(2, 1), (2, 2)}


def test_superscript_of_an_inline_string_is_a_note_and_no_part_of_the_text() -> None:
    runs = "<r><t>1,672</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>3</t></r>"
    facts = facts_of(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')
    assert facts.marks.notes == {(1, 1): "3"}
    assert facts.texts == {(1, 1): "1,672"}


def test_shared_string_wholly_in_superscript_is_a_note_and_leaves_no_text() -> None:
    strings = SharedStrings(blank=frozenset({"0"}), rich={"1": RichText(" ", "1", struck=False)})
    facts = facts_of('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', strings)
    assert facts.texts == {(1, 1): None}
    assert facts.marks.problems == {}
    assert facts.marks.notes == {(1, 1): "1"}


def test_struck_through_run_of_a_shared_string_strikes_the_cell() -> None:
    strings = SharedStrings(rich={"0": RichText("12 13", "", struck=True)})
    facts = facts_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings)
    assert facts.marks.struck == {(1, 1)}
    assert facts.texts == {}


@pytest.mark.parametrize(("hidden", "rows"), [("1", {2}), ("true", {2}), ("0", set()), ("false", set())])
def test_hidden_rows(hidden: str, rows: set[int]) -> None:
    facts = facts_of(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="{hidden}"/>')
    assert facts.marks.hidden_rows == rows


def test_hidden_columns_up_to_the_last_that_may_hold_anything() -> None:
    head = (
        '<cols><col min="1" max="1"/><col min="3" max="4" hidden="1"/><col min="999" max="16384" hidden="true"/></cols>'
    )
    assert facts_of("", head=head).marks.hidden_columns == {3, 4, 999, 1_000}


def test_merged_cells() -> None:
    tail = '<mergeCells count="2"><mergeCell ref="A1:B3"/><mergeCell ref="D4"/></mergeCells>'
    assert facts_of("", tail=tail).marks.merged == [Merged(1, 1, 3, 2)]


@given(st.tuples(*[st.integers(1, 500)] * 4))
def test_merged_block_is_named_by_its_first_and_last_cell(bounds: tuple[int, int, int, int]) -> None:
    letters = {column: chr(64 + column) for column in range(1, 27)}
    first_row, first_column, rows, columns = bounds[0], bounds[1] % 13 + 1, bounds[2], bounds[3] % 13
    last_row, last_column = first_row + rows, first_column + columns
    reference = f"{letters[first_column]}{first_row}:{letters[last_column]}{last_row}"
    assert merged_block(reference) == Merged(first_row, first_column, last_row, last_column)


def test_sheet_without_cells_has_no_area() -> None:
    facts = facts_of('<row r="1"/>')
    assert (facts.filled, facts.area_start, seen(facts)) == (0, None, set())
