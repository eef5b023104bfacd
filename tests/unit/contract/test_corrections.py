"""Corrections of single cells: applied where the cell holds what is expected, and said where it does not."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from assets.sources.continuing_education import source as courses
from pipelines.contract.corrections import CellCorrection, Stale, apply_corrections, corrections_key
from pipelines.contract.staging import Supplied, stage_source
from pipelines.read.sheet import ERROR, Cell, Sheet, sheet_of_cells
from tests.helpers import SheetRows, supply, workbook_bytes

CELLS = [Cell(2, 2, "Forecast"), Cell(3, 2, "0.94", percent=True, italic=True), Cell(4, 2, "", problem=f"{ERROR}#REF!")]


def sheet() -> Sheet:
    return sheet_of_cells("S", CELLS)


def corrected(cell: str, expected: str, value: str) -> tuple[Sheet, list[Stale]]:
    (after,), stale = apply_corrections([sheet()], [CellCorrection("S", cell, expected, value)])
    return after, stale


def test_cell_that_holds_the_expected_text_is_replaced_and_keeps_what_was_supplied() -> None:
    after, stale = corrected("B3", "0.94", "0.98")
    cell = after.cell(3, 2)
    assert cell is not None and stale == []
    assert (cell.text, cell.as_supplied, cell.italic, cell.percent) == ("0.98", "0.94", True, True)
    assert after.text(2, 2) == "Forecast"


def test_percentage_written_out_is_no_longer_a_fraction_shown_as_one() -> None:
    after, _ = corrected("B3", "0.94", "98%")
    cell = after.cell(3, 2)
    assert cell is not None and (cell.text, cell.percent) == ("98%", False)


def test_error_is_replaced_by_a_value() -> None:
    after, stale = corrected("B4", "#REF!", "0.96")
    cell = after.cell(4, 2)
    assert cell is not None and stale == []
    assert (cell.text, cell.problem, cell.as_supplied) == ("0.96", None, "#REF!")


@pytest.mark.parametrize("cell", ["B5", "A1", "D9"], ids=["below", "before_the_area", "far_beyond"])
def test_blank_cell_is_filled_where_a_blank_is_expected(cell: str) -> None:
    after, stale = corrected(cell, "", "7")
    assert stale == []
    held = {found.address: found.text for _, line in after.lines() for found in line.values()}
    assert held == {"B2": "Forecast", "B3": "0.94", "B4": "#REF!", cell: "7"}


def test_cell_is_emptied() -> None:
    after, stale = corrected("B3", "0.94", "")
    assert stale == [] and after.cell(3, 2) is None


@pytest.mark.parametrize(
    ("cell", "expected", "held"),
    [("B3", "0.95", "0.94"), ("B3", "", "0.94"), ("B4", "0.94", "#REF!"), ("C3", "0.94", "")],
)
def test_cell_that_holds_something_else_is_left_and_the_correction_is_stale(
    cell: str, expected: str, held: str
) -> None:
    after, stale = corrected(cell, expected, "0.98")
    assert stale == [Stale("S", cell, expected, held)]
    assert list(after.lines()) == list(sheet().lines())


def test_correction_of_a_sheet_that_is_not_there_is_stale() -> None:
    _, stale = apply_corrections([sheet()], [CellCorrection("T", "B3", "0.94", "0.98")])
    assert stale == [Stale("T", "B3", "0.94", None)]


def test_given_sheets_are_left_as_they_are() -> None:
    before = sheet()
    apply_corrections([before], [CellCorrection("S", "B4", "#REF!", "1"), CellCorrection("S", "B3", "0.94", "1")])
    assert list(before.lines()) == list(sheet().lines())


def test_key_is_of_what_is_corrected_and_not_of_its_order() -> None:
    one, other = CellCorrection("S", "B3", "0.94", "0.98"), CellCorrection("S", "B4", "", "1")
    assert corrections_key([]) is None
    assert corrections_key([one, other]) == corrections_key([other, one]) != corrections_key([one])


def test_corrected_workbook_is_staged_beside_the_supplied_one_with_the_text_as_supplied(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"Forecast": [["PI Code", "Forecast 2021/22", "Basis"], ["IN.16", "93%", None]]}
    plain = supply(tmp_path, "CE forecast 2021-22 Q2.xlsx", workbook_bytes(sheets))
    mended = (CellCorrection("Forecast", "B2", "93%", "94%"), CellCorrection("Forecast", "B3", "1", "2"))
    files = [plain, Supplied(plain.workbook, plain.workbook_sha256, plain.path, mended)]
    for _ in ("read", "kept"):
        supplied, read = stage_source(courses, files, tmp_path / "staged", "code")
        assert supplied.loads and read.loads
        assert (supplied.applied, read.applied) == (frozenset(), frozenset(mended[:1]))
        assert read.stale == [Stale("Forecast", "B3", "1", "")]
        assert supplied.cells_sha256 == read.cells_sha256 != ""
    frames = [pl.read_parquet(path, glob=False) for path in sorted((tmp_path / "staged").glob("*.parquet"))]
    assert [(f["forecast"][0], f["forecast_text"][0], f["corrections"][0]) for f in frames] == [
        (Decimal("94"), "93%", corrections_key(mended)),
        (Decimal("93"), "93%", None),
    ]
