"""Every cell of real workbooks as openpyxl, an independent reader, gives it."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as OpenpyxlCell

from pipelines.read.workbook import Cell, read_workbook
from tests.helpers import REPOSITORY

SOURCES = (
    "community_safety_survey",
    "continuing_education",
    "dwp_grants",
    "portfolio_agreement",
    "state_of_the_sector",
)
SUPPLIED = [path for source in SOURCES for path in sorted((REPOSITORY / "raw" / source).glob("*.xlsx"))]
PUBLIC_FOLDER = REPOSITORY.parent / "shared" / "public"
PUBLIC = (
    "lait/Statistical neighbours May 2025.xlsx",
    "police_force_areas/pfatablesdec19.xlsx",
    "police_force_areas/policeforceareatablesyeendingmarch2019.xlsx",
)
WRITTEN_DECIMALS = 9
"""Decimals of a number's text: more than any figure here has, fewer than the noise of binary fractions."""


@dataclass(frozen=True)
class Expected:
    """What a cell must be read as."""

    text: str
    problem: str | None
    italic: bool
    percent: bool


def number_text(value: float) -> str:
    """A number in plain digits, rounded, without noughts at its end."""
    rounded = f"{Decimal(repr(value)):.{WRITTEN_DECIMALS}f}"
    return rounded.rstrip("0").rstrip(".")


def expected_text(cell: OpenpyxlCell) -> str:
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    assert isinstance(value, str), f"{cell.coordinate} holds a {type(value).__name__}"
    return value


def expected_cell(cell: OpenpyxlCell, formula: OpenpyxlCell) -> Expected | None:
    """What our reader must make of a cell; None for one that holds nothing to see."""
    if cell.data_type == "e":
        return Expected(str(cell.value), f"the error {cell.value}", italic=False, percent=False)
    if cell.value is None:
        without = formula.data_type == "f"
        return Expected("", "a formula without a stored result", italic=False, percent=False) if without else None
    if isinstance(cell.value, str) and not cell.value.strip():
        return None
    shown = re.sub(r'"[^"]*"|\\.', "", str(cell.number_format))
    percent = isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in shown
    return Expected(expected_text(cell), None, italic=bool(cell.font.i), percent=percent)


def by_openpyxl(content: bytes) -> dict[tuple[str, str], Expected]:
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in values.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, OpenpyxlCell):
                    expected = expected_cell(cell, formulas[sheet.title][cell.coordinate])
                    if expected is not None:
                        found[(sheet.title, cell.coordinate)] = expected
    return found


def as_compared(cell: Cell) -> Expected:
    return Expected(cell.text, cell.problem, cell.italic, cell.percent)


def by_reader(content: bytes) -> dict[tuple[str, str], Expected]:
    return {
        (sheet.name, cell.address): as_compared(cell)
        for sheet in read_workbook(content)
        for cells in sheet.rows.values()
        for cell in cells.values()
    }


def assert_same_cells(content: bytes) -> None:
    expected, got = by_openpyxl(content), by_reader(content)
    assert expected
    assert got.keys() == expected.keys()
    assert {place: (cell, expected[place]) for place, cell in got.items() if cell != expected[place]} == {}


@pytest.mark.parametrize("path", SUPPLIED, ids=lambda path: path.stem.replace(" ", "_"))
def test_supplied_workbook(path: Path) -> None:
    assert_same_cells(path.read_bytes())


def test_every_source_has_a_workbook_to_compare() -> None:
    assert {path.parent.name for path in SUPPLIED} == set(SOURCES)


@pytest.mark.skipif(
    not PUBLIC_FOLDER.is_dir(), reason="the folder of real public workbooks is not beside the repository"
)
@pytest.mark.parametrize("name", PUBLIC)
def test_public_workbook(name: str) -> None:
    assert_same_cells((PUBLIC_FOLDER / name).read_bytes())
