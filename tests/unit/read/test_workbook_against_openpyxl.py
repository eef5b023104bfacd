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
from openpyxl.cell.rich_text import CellRichText, TextBlock

from pipelines.read.sheet import Cell
from pipelines.read.workbook import read_workbook
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
    problem: str | None = None
    italic: bool = False
    percent: bool = False
    struck: bool = False
    note: str = ""


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
    assert isinstance(value, str | CellRichText), f"{cell.coordinate} holds a {type(value).__name__}"
    return str(value)


def without_superscripts(value: object) -> tuple[str, str, bool]:
    """Of a text made of runs: the text without superscripts, those, and whether anything to see is struck through."""
    text = note = ""
    struck = False
    for run in value if isinstance(value, CellRichText) else ():
        if isinstance(run, TextBlock):
            superscript = run.font.vertAlign == "superscript"
            note, text = (note + run.text, text) if superscript else (note, text + run.text)
            struck = struck or bool(run.font.strike and run.text.strip())
        else:
            text += run
    return text.strip(), note.strip(), struck


def expected_cell(cell: OpenpyxlCell, formula: OpenpyxlCell) -> Expected | None:
    """What our reader must make of a cell; None for one that holds nothing to see."""
    if cell.data_type == "e":
        return Expected(str(cell.value), f"the error {cell.value}")
    if cell.value is None:
        without = formula.data_type == "f"
        return Expected("", "a formula without a stored result") if without else None
    text, note, struck = without_superscripts(cell.value)
    if not note and isinstance(cell.value, str) and not cell.value.strip():
        return None
    shown = re.sub(r'"[^"]*"|\\.', "", str(cell.number_format))
    percent = isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in shown
    return Expected(
        text if note else expected_text(cell),
        italic=bool(cell.font.i),
        percent=percent,
        struck=struck or bool(cell.font.strike),
        note=note,
    )


def by_openpyxl(content: bytes) -> dict[tuple[str, str], Expected]:
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True, rich_text=True)
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
    return Expected(cell.text, cell.problem, cell.italic, cell.percent, cell.struck, cell.note)


def by_reader(content: bytes) -> dict[tuple[str, str], Expected]:
    return {
        (sheet.name, cell.address): as_compared(cell)
        for sheet in read_workbook("any.xlsx", content)
        for _, cells in sheet.lines()
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
