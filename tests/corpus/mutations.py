"""Workbooks with one thing changed: a byte of the file, or a cell, a style or the name of a sheet."""

import io
import random
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Font

from assets.sources import all_sources
from pipelines.contract.model import Source
from tests.corpus import makers_xml as xml
from tests.corpus.case import CENTRES_FILE, centres_grid
from tests.corpus.cases_cells import SESSIONS_FILE
from tests.corpus.cases_figures import MEASURES_FILE
from tests.corpus.cases_tables import SUBTOTALS
from tests.corpus.contract import source_named
from tests.corpus.makers import xlsx
from tests.helpers import REPOSITORY, Value


@dataclass(frozen=True)
class Base:
    """A valid workbook that is to be changed."""

    source: Source
    workbook: str
    content: bytes


@dataclass(frozen=True)
class CellChange:
    """What was done in a sheet: the kind of change, and by address what stood in a cell before and stands there now."""

    kind: str
    sheet: str
    cells: Mapping[str, tuple[Value, Value]]


TYPED: dict[str, Decimal | None] = {
    "1,672": Decimal(1672),
    "(12)": Decimal(-12),
    "36%": Decimal(36),
    "£2.163m": Decimal(2163000),
    "c. 1,672": Decimal(1672),
    "..": None,
    "c": None,
}
"""Texts that may be put into a cell, and the figures that they are in a column that takes them."""

NEW_VALUES: Sequence[Value] = (
    0,
    1,
    7,
    12.5,
    93,
    1672,
    -3,
    0.25,
    10**16,
    True,
    date(2021, 5, 4),
    *TYPED,
    "lots",
    "#REF!",
    "=1+1",
    "",
)
FONTS = {"italic": Font(italic=True), "strike": Font(strike=True), "bold": Font(bold=True)}
STYLES = ("italic", "strike", "percent", "bold", "hidden row", "hidden column")


def bases() -> list[Base]:
    """The supplied workbooks, and some of the corpus."""
    supplied = [
        Base(source, path.name, path.read_bytes())
        for source in all_sources()
        for path in sorted((REPOSITORY / "raw" / source.name).glob("*.xlsx"))
    ]
    measures: list[list[Value]] = [
        ["Measure", "Figure"],
        ["Footfall", "c. 1,672"],
        ["Share", "36%"],
        ["Grants", "£2.163m"],
    ]
    made = [
        Base(source_named("centres"), CENTRES_FILE, xlsx({"Visits": centres_grid(), "Notes": [["Made up"]]})),
        Base(source_named("centres"), CENTRES_FILE, xml.book({"Visits": xml.sheet(xml.rows(centres_grid()))})),
        Base(source_named("sessions"), SESSIONS_FILE, xlsx({"Sessions": SUBTOTALS})),
        Base(source_named("measures"), MEASURES_FILE, xlsx({"Measures": measures})),
    ]
    return supplied + made


def byte_changed(base: Base, chance: random.Random) -> bytes:
    """The file with one byte changed: anywhere, or in the last part, where the zip's directory is."""
    content = bytearray(base.content)
    first = 0 if chance.random() < 0.7 else max(0, len(content) - 1_500)
    content[chance.randrange(first, len(content))] ^= chance.choice((0xFF, 1, 0x20, 0x80, chance.randrange(1, 256)))
    return bytes(content)


def resaved(base: Base) -> Base:
    """The workbook saved by openpyxl with results for formulas, so that a change of one cell is all that differs."""
    return Base(base.source, base.workbook, _saved(openpyxl.load_workbook(io.BytesIO(base.content), data_only=True)))


def cell_changed(book: Any, chance: random.Random) -> tuple[bytes, CellChange]:
    """The workbook with one thing changed, which is then undone in `book`."""
    sheet = chance.choice([sheet for sheet in book.worksheets if sheet.max_row > 1])
    cells = [cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
    filled = [cell for cell in cells if cell.value is not None]
    cell = chance.choice(filled)
    kind = chance.choices(("value", "blank", "stray", "moved", "swapped", "style", "renamed"), (8, 2, 1, 1, 1, 2, 1))[0]
    match kind:
        case "style":
            return _styled(book, sheet, cell, chance.choice(STYLES))
        case "renamed":
            return _renamed(book, sheet, chance.choice((sheet.title + " (2)", sheet.title.upper(), "Sheet1")))
        case "stray":
            place = chance.choice(cells).offset(chance.choice((0, 3)), chance.choice((0, 3)))
            return _set(book, sheet, kind, {place.coordinate: chance.choice(NEW_VALUES)})
        case "moved":
            return _set(book, sheet, kind, {cell.coordinate: None, chance.choice(cells).coordinate: cell.value})
        case "swapped":
            other = chance.choice(filled)
            return _set(book, sheet, kind, {cell.coordinate: other.value, other.coordinate: cell.value})
    return _set(book, sheet, kind, {cell.coordinate: None if kind == "blank" else chance.choice(NEW_VALUES)})


def _set(book: Any, sheet: Any, kind: str, values: Mapping[str, Value]) -> tuple[bytes, CellChange]:
    values = {place: value for place, value in values.items() if not isinstance(sheet[place], MergedCell)}
    before = {address: sheet[address].value for address in values}
    for address, value in values.items():
        sheet[address].value = value
    content = _saved(book)
    for address, value in before.items():
        sheet[address].value = value
    return content, CellChange(kind, sheet.title, {address: (before[address], values[address]) for address in values})


def _styled(book: Any, sheet: Any, cell: Any, style: str) -> tuple[bytes, CellChange]:
    font, number_format = copy(cell.font), cell.number_format
    dimension = sheet.row_dimensions[cell.row] if style == "hidden row" else sheet.column_dimensions[cell.column_letter]
    match style:
        case "percent":
            cell.number_format = "0%"
        case "hidden row" | "hidden column":
            dimension.hidden = True
        case _:
            cell.font = FONTS[style]
    content = _saved(book)
    cell.font, cell.number_format = font, number_format
    dimension.hidden = False
    return content, CellChange(style, sheet.title, {cell.coordinate: (cell.value, cell.value)})


def _renamed(book: Any, sheet: Any, title: str) -> tuple[bytes, CellChange]:
    before = sheet.title
    sheet.title = title
    content = _saved(book)
    sheet.title = before
    return content, CellChange("renamed", before, {})


def _saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
