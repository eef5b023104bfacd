"""A worksheet as columns of texts, and its cells one by one."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.sheet import NO_RESULT, Cell, Marks, Merged, Sheet, sheet_of_cells

positions = st.tuples(st.integers(1, 30), st.integers(1, 30))
texts = st.text(min_size=1, max_size=5).filter(lambda text: not text.isspace())


def sheet(rows: list[list[str | None]], first_row: int = 1, first_column: int = 1, **marks: object) -> Sheet:
    """A sheet whose area begins at that row and column."""
    columns = zip(*rows, strict=True)
    frame = pl.DataFrame({str(n): pl.Series(values, dtype=pl.String) for n, values in enumerate(columns)})
    return Sheet("S", first_row, first_column, frame, replace(Marks(), **marks))  # type: ignore[arg-type]


def test_columns_are_numbered_as_in_the_sheet() -> None:
    found = sheet([["a", None], [None, "\u00a0b"]], first_row=3, first_column=2)
    assert found.columns == {2: ["a", None], 3: [None, "\u00a0b"]}


def test_sheet_without_blanks_has_no_text_without_something_to_see() -> None:
    before = sheet([["a", " "], ["\n", "\u00a0b"], ["", "\u00a0"]], 3, 2, italic={(3, 2)})
    after = before.without_blanks()
    assert after.columns == {2: ["a", None, None], 3: [None, "\u00a0b", None]}
    assert (before.filled, after.filled) == (6, 2)
    assert after.line(3) == {2: Cell(3, 2, "a", italic=True)}
    assert after.row_numbers == [3, 4]


def test_text_of_a_cell_and_of_none() -> None:
    found = sheet([["a", None], ["b", None]], first_row=3, first_column=2)
    assert [found.text(3, 2), found.text(4, 2)] == ["a", "b"]
    assert [found.text(*at) for at in ((3, 3), (4, 3), (2, 2), (5, 2), (3, 1), (3, 4), (1, 1))] == [None] * 7


def test_cell_has_all_that_the_sheet_says_of_it() -> None:
    at = {(3, 2)}
    found = sheet([["5", "6"]], 3, 2, italic=at, percent=at, struck=at, notes={(3, 2): "1"})
    assert found.cell(3, 2) == Cell(3, 2, "5", italic=True, percent=True, struck=True, note="1")
    assert found.cell(3, 3) == Cell(3, 3, "6")
    assert found.cell(4, 2) is None


def test_corrected_cell_keeps_the_text_as_supplied() -> None:
    found = replace(sheet([["5"]]), corrected={(1, 1): "50"})
    cell = found.cell(1, 1)
    assert cell == Cell(1, 1, "5", supplied="50")
    assert (cell.text, cell.as_supplied) == ("5", "50")


def test_mark_on_an_empty_cell_makes_no_cell() -> None:
    found = sheet([["5", None]], italic={(1, 2)}, notes={(1, 2): "1"})
    assert found.line(1) == {1: Cell(1, 1, "5")}


@pytest.mark.parametrize(
    ("problem", "text"), [("the error #REF!", "#REF!"), (NO_RESULT, "")], ids=["error", "formula_without_result"]
)
def test_problem_is_a_cell_with_the_text_of_its_error(problem: str, text: str) -> None:
    found = sheet([["5", None]], problems={(1, 2): problem})
    assert found.cell(1, 2) == Cell(1, 2, text, problem)


def test_problem_outside_of_the_area_belongs_to_its_row() -> None:
    found = sheet([["5"]], first_row=2, first_column=2, problems={(2, 5): NO_RESULT, (9, 1): NO_RESULT})
    assert found.row_numbers == [2, 9]
    assert found.line(2) == {2: Cell(2, 2, "5"), 5: Cell(2, 5, "", NO_RESULT)}
    assert found.line(9) == {1: Cell(9, 1, "", NO_RESULT)}


def test_rows_that_hold_nothing_are_no_rows() -> None:
    found = sheet([["a", None], [None, None], [None, None], [None, "b"]], first_row=5)
    assert found.row_numbers == [5, 8]
    assert dict(found.lines()) == {5: {1: Cell(5, 1, "a")}, 8: {2: Cell(8, 2, "b")}}


def test_filled_cells_are_counted_and_have_positions() -> None:
    found = sheet([["a", None], [None, "b"]], first_row=2, first_column=3)
    assert found.filled == 2
    assert found.positions() == {(2, 3), (3, 4)}


def test_sheet_without_cells() -> None:
    empty = Sheet("S", 1, 1, pl.DataFrame())
    assert (empty.columns, empty.row_numbers, empty.filled, empty.positions()) == ({}, [], 0, set())
    assert (empty.text(1, 1), empty.cell(1, 1), empty.line(1), list(empty.lines())) == (None, None, {}, [])


def test_other_texts_leave_the_given_sheet_and_its_marks_as_they_are() -> None:
    before = sheet([["Barnet1", "5"], ["Bury", "6"]], first_row=2, first_column=2, notes={(2, 2): "1"})
    after = before.with_texts({(2, 2): "Barnet", (3, 3): None})
    assert after.columns == {2: ["Barnet", "Bury"], 3: ["5", None]}
    assert before.columns == {2: ["Barnet1", "Bury"], 3: ["5", "6"]}
    assert after.cell(2, 2) == Cell(2, 2, "Barnet", note="1")
    assert before.with_texts({}) is before


def test_sheet_of_cells_begins_where_the_first_of_them_stand() -> None:
    merged = [Merged(1, 1, 1, 2)]
    found = sheet_of_cells("S", [Cell(4, 3, "a"), Cell(2, 5, "b", italic=True)], Marks(merged=merged, hidden_rows={4}))
    assert (found.first_row, found.first_column, found.texts.shape) == (2, 3, (3, 3))
    assert found.marks == Marks(italic={(2, 5)}, merged=merged, hidden_rows={4})


def test_sheet_of_cells_has_no_cell_of_white_space() -> None:
    found = sheet_of_cells("S", [Cell(1, 1, " ", italic=True), Cell(2, 2, "a"), Cell(3, 3, "\u00a0")])
    assert (found.first_row, found.first_column, found.texts.rows()) == (2, 2, [("a",)])
    assert found.marks == Marks()


def test_sheet_of_problems_alone_has_them_in_their_rows() -> None:
    found = sheet_of_cells("S", [Cell(3, 2, "#REF!", "the error #REF!")])
    assert found.row_numbers == [3]
    assert found.line(3) == {2: Cell(3, 2, "#REF!", "the error #REF!")}


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    row, column = draw(positions)
    problem = draw(st.sampled_from([None, None, None, NO_RESULT, "the error #N/A"]))
    if problem:
        return Cell(row, column, "#N/A" if "#" in problem else "", problem)
    italic, percent, struck = (draw(st.booleans()) for _ in range(3))
    note = draw(st.sampled_from(["", "", "1", "[r]"]))
    return Cell(row, column, draw(texts), italic=italic, percent=percent, struck=struck, note=note)


@given(st.lists(cells(), unique_by=lambda cell: (cell.row, cell.column), max_size=12))
def test_sheet_of_cells_gives_the_same_cells_back(given_cells: list[Cell]) -> None:
    found = sheet_of_cells("S", given_cells)
    in_order = sorted(given_cells, key=lambda cell: (cell.row, cell.column))
    assert [cell for _, line in found.lines() for _, cell in sorted(line.items())] == in_order
    assert found.row_numbers == sorted({cell.row for cell in given_cells})
    assert found.positions() == {(cell.row, cell.column) for cell in given_cells if not cell.problem}
    assert found.filled == len(found.positions())


@given(st.dictionaries(positions, texts, min_size=1, max_size=12), st.data())
def test_other_texts_stand_in_their_cells_and_no_others_change(
    held: dict[tuple[int, int], str], data: st.DataObject
) -> None:
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(held)), st.none() | texts, max_size=5))
    found = sheet_of_cells("S", [Cell(*at, text) for at, text in held.items()]).with_texts(changes)
    expected = {at: text for at, text in (held | changes).items() if text is not None}
    assert {(cell.row, cell.column): cell.text for _, line in found.lines() for cell in line.values()} == expected
