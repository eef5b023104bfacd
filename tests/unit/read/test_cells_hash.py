"""The hash of a workbook's cells: equal for equal cells, however the reader cut them; different for any other."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.cells_hash import cells_sha256
from pipelines.read.sheet import Cell, Marks, Merged, Sheet, sheet_of_cells

CELLS = [Cell(2, 2, "Course"), Cell(2, 3, "Starts"), Cell(3, 2, "Maths"), Cell(3, 3, "43")]


def hashed(*cells: Cell, name: str = "CBL", marks: Marks | None = None) -> str:
    return cells_sha256([sheet_of_cells(name, cells, marks)])


def test_where_the_area_begins_and_what_is_blank_play_no_part() -> None:
    wide = pl.DataFrame(
        {
            "1": pl.Series([None, " ", ""], dtype=pl.String),
            "2": [None, "Course", "Maths"],
            "3": ["", "Starts", "43"],
            "4": pl.Series([None, None, "\u00a0"], dtype=pl.String),
        }
    )
    assert cells_sha256([Sheet("CBL", 1, 1, wide).without_blanks()]) == hashed(*CELLS)


def test_empty_sheets_and_the_order_of_sheets_play_no_part() -> None:
    one, other = sheet_of_cells("One", CELLS), sheet_of_cells("Other", CELLS[:2])
    assert cells_sha256([one, other]) == cells_sha256([other, sheet_of_cells("Empty", []), one])


def test_format_of_an_empty_cell_plays_no_part() -> None:
    assert hashed(*CELLS, marks=Marks(italic={(9, 9)}, percent={(1, 1)})) == hashed(*CELLS)


CHANGES = {
    "text": hashed(*CELLS[:3], Cell(3, 3, "44")),
    "row": hashed(*CELLS[:3], Cell(4, 3, "43")),
    "column": hashed(*CELLS[:3], Cell(3, 4, "43")),
    "one_cell_less": hashed(*CELLS[:3]),
    "sheet_name": hashed(*CELLS, name="Classroom"),
    "italic": hashed(*CELLS[:3], Cell(3, 3, "43", italic=True)),
    "percent": hashed(*CELLS[:3], Cell(3, 3, "43", percent=True)),
    "struck": hashed(*CELLS[:3], Cell(3, 3, "43", struck=True)),
    "note": hashed(*CELLS[:3], Cell(3, 3, "43", note="1")),
    "problem": hashed(*CELLS[:3], Cell(3, 3, "", problem="#REF!")),
    "other_problem": hashed(*CELLS[:3], Cell(3, 3, "", problem="#N/A")),
    "merged": hashed(*CELLS, marks=Marks(merged=[Merged(2, 2, 2, 3)])),
    "shifted_block": hashed(*(Cell(cell.row + 1, cell.column, cell.text) for cell in CELLS)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_a_cell_changes_the_hash(change: str) -> None:
    assert CHANGES[change] != hashed(*CELLS)


def test_each_change_gives_a_hash_of_its_own() -> None:
    assert len(set(CHANGES.values())) == len(CHANGES)


grids = st.lists(
    st.lists(st.none() | st.text(st.sampled_from(' ",[]a1\x00'), max_size=2), min_size=2, max_size=2),
    min_size=1,
    max_size=4,
)


def as_sheet(grid: list[list[str | None]]) -> Sheet:
    return Sheet("S", 1, 1, pl.DataFrame(grid, schema={"1": pl.String, "2": pl.String}, orient="row")).without_blanks()


@given(grids, grids)
def test_hashes_are_equal_exactly_when_the_cells_are(
    one: list[list[str | None]], other: list[list[str | None]]
) -> None:
    def cells(grid: list[list[str | None]]) -> dict[tuple[int, int], str]:
        return {(r, c): t for r, row in enumerate(grid) for c, t in enumerate(row) if t and not t.isspace()}

    equal = cells_sha256([as_sheet(one)]) == cells_sha256([as_sheet(other)])
    assert equal == (cells(one) == cells(other))
