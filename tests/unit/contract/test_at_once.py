"""A large sheet, of which most is read at once, gives what the same rows give when each is looked at alone."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.frames import table_frames
from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.contract.outcome import Reading
from pipelines.contract.reading import read_source_workbook
from pipelines.contract.validation import Frames, validate_table
from pipelines.periods import financial_year
from pipelines.read.sheet import NO_RESULT, Cell, Marks, Sheet, sheet_of_cells

Amount = Annotated[pl.Decimal, 28, 6]


class Spending(pa.DataFrameModel):
    """Areas and what they spend."""

    area: str = pa.Field(str_length={"max_value": 20}, description="area")
    service: str = pa.Field(description="service", nullable=True)
    spend: Amount = pa.Field(ge=0, nullable=True, description="pounds")
    share: Amount = pa.Field(nullable=True, description="percentage")


LAYOUT = Rows(
    ("Spend",),
    {
        "area": Text("Area"),
        "service": Text("Service", required=False, located=True),
        "spend": Figure("Spend", "Spend (£000)", unit="£", thousands=("Spend (£000)",)),
        "share": Figure("Share", unit="%", plain_is_fraction=True, required=False),
    },
    fill_down=("service",),
    totals={"total": (), "{service} total": ("service",)},
    derived=("Average",),
    ignored=("Remark",),
)
TABLE = Table("spending", Spending, ("area", "service"), financial_year, [LAYOUT])
SOURCE = Source("spending", "Spending", "nobody", "none", "never", "2020-21", [TABLE])
HEADINGS = ["Area", "Service", "Spend", "Share", "Remark"]

areas = st.sampled_from(
    ["Bury", "Sale", "Sale ", "BURY", "total", "Care total", "Average", "Area", "Cité", "Note 1", ""]
)
services = st.sampled_from(["Care", "care", "Roads", "", "", "Service"])
spends = st.sampled_from(
    [
        "5",
        "12.50",
        "12.50005",
        "0.123456",
        "3.1234567",
        "0.0000004",
        "£0.1234567",
        "-3",
        "£7",
        "..",
        "1,200",
        "£3k",
        "",
        "36%",
        "2x",
        "Spend",
    ]
)
shares = st.sampled_from(["0.5", "1", "0.12345678", "50%", "", "[c]", "2"])
remarks = st.sampled_from(["", "", "", "seen", "-"])
records = st.tuples(areas, services, spends, shares, remarks)
others = st.sampled_from(
    [
        ("",) * 5,
        ("A title of the year 2020/21", "", "", "", ""),
        tuple(HEADINGS),
        ("", "", "", "", "x"),
        ("", "", "7", "", ""),
    ]
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A sheet of headings, rows of all kinds above and below, and cells of which more is said."""
    headings = list(HEADINGS)
    headings[2] = draw(st.sampled_from(["Spend", "Spend (£000)"]))
    rows = [
        *draw(st.lists(others, max_size=2)),
        tuple(headings),
        *draw(st.lists(records | records | others, max_size=9)),
    ]
    first = draw(st.integers(1, 3))
    cells = []
    for number, row in enumerate(rows, first):
        for column, text in enumerate(row, 2):
            problem = NO_RESULT if draw(st.integers(0, 40)) == 0 else None
            italic, struck = (draw(st.integers(0, 25)) == 0 for _ in range(2))
            if text or problem:
                cells.append(Cell(number, column, text, problem, italic=italic, struck=struck))
    hidden = draw(st.sets(st.integers(1, 10), max_size=2))
    return sheet_of_cells("Spend", cells, Marks(hidden_rows=hidden))


def outcome(sheet: Sheet, *, many: int) -> tuple[dict[str, Any], dict[int, list[dict[str, Any]]]]:
    """Everything that reading and validating the sheet gives, from so many rows on at once."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("contract.rows", "contract.columns", "contract.frames", "read.sheet", "read.cells_hash"):
            patch.setattr(f"pipelines.{module}.MANY", many)
        reading = read_source_workbook(SOURCE, "Spend 2020-21.xlsx", "0" * 64, [Sheet(**vars(sheet))])
        frames = table_frames(TABLE, [reading])
        validate_table(TABLE, frames, [reading])
    return _said(reading), _rows(frames)


def _said(reading: Reading) -> dict[str, Any]:
    said = {
        name: getattr(reading, name)
        for name in ("rows_read", "rows_recorded", "set_aside", "cells_sha256", "sheet_rows")
    }
    came_from = {
        name: {sheet: set(rows) for sheet, rows in table.row_numbers.items()} for name, table in reading.tables.items()
    }
    return {**said, "findings": [asdict(finding) for finding in reading.findings], "came_from": came_from}


def _rows(frames: Frames) -> dict[int, list[dict[str, Any]]]:
    return {place: frame.to_dicts() for place, frame in frames.items()}


@given(sheets())
@settings(deadline=None, max_examples=100)
def test_a_sheet_read_at_once_is_read_as_row_by_row(sheet: Sheet) -> None:
    assert outcome(sheet, many=1) == outcome(sheet, many=10**6)


def test_rows_without_a_gap_are_read_at_once_whole() -> None:
    rows = [HEADINGS, *([f"A{number}", "Care", f"{number}.1234565", "0.5", ""] for number in range(5_000))]
    cells = [
        Cell(row, column, text) for row, texts in enumerate(rows, 3) for column, text in enumerate(texts, 1) if text
    ]
    sheet = sheet_of_cells("Spend", cells)
    said, frames = outcome(sheet, many=2_000)
    assert (said["findings"], said["rows_recorded"], said["came_from"]) == (
        [],
        5_000,
        {"spending": {"Spend": set(range(4, 5_004))}},
    )
    last = frames[0][-1]
    assert (
        last
        | {
            "row_number": 5_003,
            "period_start": date(2020, 4, 1),
            "service_cell": "B5003",
            "spend": Decimal("4999.123457"),
            "spend_cell": "C5003",
            "spend_text": "4999.1234565",
            "share": Decimal(50),
        }
        == last
    )


@pytest.mark.parametrize("written", ["0.0000004", "£0.0000004"], ids=["plain", "with a sign"])
def test_right_total_of_many_small_parts_stands(written: str) -> None:
    rows = [HEADINGS, *([f"A{number}", "Care", written, "", ""] for number in range(5_000)), ["total", "", "0.002"]]
    rows[0] = [*HEADINGS[:2], "Spend", *HEADINGS[3:]]
    cells = [
        Cell(row, column, text) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1) if text
    ]
    said, frames = outcome(sheet_of_cells("Spend", cells), many=2_000)
    assert said["findings"] == []
    assert {row["spend"] for row in frames[0]} == {Decimal(0)}
