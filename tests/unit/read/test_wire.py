"""Sheets packed for another process come out as they went in."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.sheet import Marks, Merged, Sheet
from pipelines.read.wire import dump_header, pack_sheets, unpack_sheets

counted = st.integers(1, 1_048_576)
positions = st.tuples(counted, st.integers(1, 16_384))
words = st.text(max_size=8)
marks = st.builds(
    Marks,
    problems=st.dictionaries(positions, words, max_size=3),
    italic=st.sets(positions, max_size=3),
    percent=st.sets(positions, max_size=3),
    struck=st.sets(positions, max_size=3),
    notes=st.dictionaries(positions, words, max_size=3),
    merged=st.lists(st.builds(Merged, counted, counted, counted, counted), max_size=3),
    hidden_rows=st.sets(counted, max_size=3),
    hidden_columns=st.sets(counted, max_size=3),
    hidden_sheet=st.booleans(),
)


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    height = draw(st.integers(0, 4))
    columns = st.lists(st.none() | words, min_size=height, max_size=height)
    return pl.DataFrame({f"c{n}": pl.Series(draw(columns), dtype=pl.String) for n in range(draw(st.integers(0, 4)))})


sheets = st.builds(Sheet, words, counted, counted, frames(), marks)


def all_of(sheet: Sheet) -> tuple[object, ...]:
    """All that is known of a sheet, to be compared."""
    return sheet.name, sheet.first_row, sheet.first_column, sheet.texts.schema, sheet.texts.rows(), sheet.marks


@given(st.lists(sheets, max_size=3))
def test_sheets_come_back_as_they_were(given_sheets: list[Sheet]) -> None:
    header, texts = pack_sheets(given_sheets)
    back = unpack_sheets(json.loads(dump_header(header)), texts)
    assert [all_of(sheet) for sheet in back] == [all_of(sheet) for sheet in given_sheets]


@given(st.lists(sheets, max_size=2))
def test_header_is_one_line(given_sheets: list[Sheet]) -> None:
    assert b"\n" not in dump_header(pack_sheets(given_sheets)[0])


def test_empty_sheet_has_no_texts() -> None:
    _, texts = pack_sheets([Sheet("Notes", 1, 1, pl.DataFrame())])
    assert texts == [b""]


def test_header_and_texts_of_different_numbers_are_refused() -> None:
    header, _ = pack_sheets([Sheet("Notes", 1, 1, pl.DataFrame())])
    with pytest.raises(ValueError, match="shorter"):
        unpack_sheets(header, [])
