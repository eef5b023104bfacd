"""A column converted all at once gives what converting it cell by cell gives."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract import columns as converting
from pipelines.contract.columns import Cells, Report, convert_column
from pipelines.contract.convert import Promise
from pipelines.contract.frames import table_frames
from pipelines.contract.model import Column, Day, Figure, Rows, Table, Text, Unit
from pipelines.contract.outcome import Piece, Reading, TableRows, Values
from pipelines.periods import Period, financial_year
from pipelines.read.sheet import NO_RESULT, Cell, Sheet, sheet_of_cells

YEAR = Period("2020-21", date(2020, 4, 1), date(2021, 4, 1), "financial")
COLUMN, FIRST_ROW = 3, 5
Convert = Callable[[Promise, Cells, Report], dict[str, Values]]
Outcome = tuple[list[dict[str, Any]], list[tuple[str, str]]]
"""Staged rows, and (address, message) of each refused cell."""

plain_numbers = st.one_of(
    st.integers(-(10**16), 10**16).map(str),
    st.integers(0, 120).map(str),
    st.decimals(-(10**6), 10**6, places=3).map(str),
    st.decimals(-2, 2, places=9).map(lambda number: f"{number:f}"),
    st.floats(-200, 200, allow_nan=False).map(lambda number: f"{Decimal(repr(number)):f}"),
)
odd_figures = st.sampled_from(
    [
        *("", " ", "..", "*", "[c]", "tbc", "N/A", "n/a", "none", "<5", "36%", "0.4%", "36 per cent", "£36", "£1.5k"),
        *(
            "1,672",
            "1,672.50",
            "01",
            "1.",
            ".5",
            "-0",
            "0.0",
            "-0.4",
            "(18)",
            "c. 17,000",
            "at least 5",
            "1e3",
            "1E-05",
        ),
        *(
            "1672³",
            "36% [p]",
            "12 [note 3]",
            "94.9% (1653)",
            "23% (54/231)",
            "23% (54/23)",
            "Q1 = 5; Q2 = £6",
            "Q1 = x",
        ),
        *(
            "Q3 = 5",
            "5\u00a0000",
            "١٢",
            "1٢",
            "12\n",
            " 12",
            "999999999999999",
            "1000000000000000",
            "0.1234565",
            "2.5",
            "100",
        ),
    ]
)
figures = plain_numbers | odd_figures
words = st.one_of(
    st.sampled_from(
        [
            *(
                "English",
                "GCSE Maths",
                "Barnet¹",
                "Barnet [note 1]",
                "Barnet*",
                "’tis",
                "a – b",
                "two  spaces",
                " lead",
            ),
            *(
                "line\nbreak",
                "Cafe\u0301",
                "it's",
                "a,b",
                "tick`",
                "km²",
                "St. Mary's (Lower)",
                "[r]",
                "10 - 12",
                "\u200bx",
            ),
        ]
    ),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=8),
    st.text(min_size=1, max_size=6),
).filter(lambda text: bool(text.strip()))
units: st.SearchStrategy[Unit | None] = st.sampled_from([None, "", "%", "£"])
figure_columns = st.builds(
    Figure,
    st.just("Spend"),
    unit=units,
    whole=st.booleans(),
    plain_is_fraction=st.booleans(),
    words=st.sampled_from([{}, {"none": "none", "TBC": "to_be_confirmed"}]),
    markers=st.sampled_from([None, (), ("..", "[c]")]),
    approximate=st.booleans(),
    counts=st.booleans(),
    parts=st.sampled_from([(), ("Q1", "Q2")]),
)


@st.composite
def sheets(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Sheet:
    """A sheet with one column of texts, of some of whose cells it says more."""
    cells = []
    for row, text in enumerate(draw(st.lists(st.none() | texts, min_size=1, max_size=8)), FIRST_ROW):
        problem = draw(st.sampled_from([None] * 8 + [NO_RESULT, "the error #N/A"]))
        italic, percent, struck = (draw(st.integers(0, 5)) == 0 for _ in range(3))
        note = draw(st.sampled_from(["", "", "", "", "1", "[p]"]))
        if text is not None or problem:
            cells.append(
                Cell(row, COLUMN, text or "", problem, italic=italic, percent=percent, struck=struck, note=note)
            )
    found = sheet_of_cells("S", [*cells, Cell(FIRST_ROW, COLUMN + 1, "beside"), Cell(FIRST_ROW, COLUMN - 1, "beside")])
    corrected = draw(st.sets(st.sampled_from(sorted(found.positions())), max_size=1))
    found.corrected.update(dict.fromkeys(corrected, "as supplied"))
    return found


def converted(promise: Promise, cells: Cells, convert: Convert) -> Outcome:
    """The staged rows and what is refused."""
    reported: list[tuple[str, str]] = []
    values = convert(promise, cells, lambda cell, message: reported.append((cell.address, message)))
    assert all(len(column) == len(cells.rows) for column in values.values())
    piece = Piece(len(cells.rows), {"row_number": cells.rows, **values}, {"sheet": "S"})
    return staged(promise, piece), reported


def at_once(promise: Promise, cells: Cells, report: Report) -> dict[str, Values]:
    """As a column of many cells is converted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "MANY", 1)
        values = convert_column(promise, cells, report)
    assert all(isinstance(column, pl.Series) for column in values.values())
    return values


def all_ways(promise: Promise, cells: Cells) -> Outcome:
    """What comes out, once it is the same of a long column, of a short one, and cell by cell."""
    one_by_one = converted(promise, cells, converting._one_by_one)
    assert converted(promise, cells, at_once) == one_by_one
    assert converted(promise, cells, convert_column) == one_by_one
    return one_by_one


def staged(promise: Promise, piece: Piece) -> list[dict[str, Any]]:
    """The rows as they are staged."""
    reading = Reading("s", "w.xlsx", "0" * 64, period=YEAR, tables={"t": TableRows([piece])})
    layout = Rows(("S",), {promise.name: promise.column})
    table = Table("t", None, (), financial_year, [layout])  # type: ignore[arg-type]
    return table_frames(table, [reading])[0].to_dicts()


def assert_same_all_ways(promise: Promise, sheet: Sheet, rows: list[int | None]) -> Outcome:
    return all_ways(promise, Cells(sheet, COLUMN, rows))


def places(sheet: Sheet, data: st.DataObject) -> list[int | None]:
    """Rows of the sheet that hold something, as the rows of a table name them: some twice, some blank."""
    held = sorted({row for row, column in sheet.positions() | sheet.marks.problems.keys() if column == COLUMN})
    return data.draw(st.lists(st.none() | st.sampled_from(held), min_size=1, max_size=8)) if held else [None]


@settings(max_examples=400)
@given(sheets(figures), figure_columns, st.sampled_from([1, 1_000, 1_000_000]), st.data())
def test_figures(sheet: Sheet, column: Figure, scale: int, data: st.DataObject) -> None:
    promise = Promise("spend", column, YEAR, financial_year, scale=scale)
    assert_same_all_ways(promise, sheet, places(sheet, data))


@settings(max_examples=200)
@given(sheets(words), st.booleans(), st.data())
def test_texts(sheet: Sheet, key: bool, data: st.DataObject) -> None:
    promise = Promise("recipient", Text("Recipient"), YEAR, financial_year, key=key)
    assert_same_all_ways(promise, sheet, places(sheet, data))


def column_of(*texts: str) -> Sheet:
    return sheet_of_cells("S", [Cell(row, COLUMN, text) for row, text in enumerate(texts, FIRST_ROW)])


@pytest.mark.parametrize(
    ("column", "text", "scale", "expected"),
    [
        pytest.param(Figure("S", unit=""), "12", 1, "12", id="number"),
        pytest.param(Figure("S", unit="%"), "36", 1, "36", id="points"),
        pytest.param(Figure("S", unit="%", plain_is_fraction=True), "0.36", 1, "36", id="proportion"),
        pytest.param(Figure("S", unit="£"), "12.5", 1_000, "12500", id="thousands"),
        pytest.param(Figure("S", unit="£"), "0.0000005", 1, "0.000001", id="half_a_millionth_is_rounded_up"),
        pytest.param(Figure("S", unit="£"), "-0.0000005", 1, "-0.000001", id="and_away_from_nought"),
        pytest.param(Figure("S", unit="£"), "123456789012345.5", 1, "123456789012345.5", id="fifteen_digits"),
        pytest.param(
            Figure("S", unit="£"), "123456789012.5", 1_000, "123456789012500", id="thousands_of_twelve_digits"
        ),
        pytest.param(Figure("S", unit="%", plain_is_fraction=True), "0.123456789", 1, "12.345679", id="nine_decimals"),
        pytest.param(Figure("S", unit="£"), "0.000000000499999", 1_000, "0", id="rounded_once_and_not_twice"),
        pytest.param(Figure("S", unit="", whole=True), "12", 1_000, "12000", id="whole_thousands"),
        pytest.param(Figure("S", unit="£"), "-0.002", 1_000_000, "-2000", id="millions"),
        pytest.param(Figure("S", unit="£"), "123456789.5", 1_000_000, "123456789500000", id="millions_of_nine_digits"),
    ],
)
def test_plain_number_is_exact_all_ways(column: Figure, text: str, scale: int, expected: str) -> None:
    promise = Promise("spend", column, YEAR, financial_year, scale=scale)
    [row], refused = assert_same_all_ways(promise, column_of(text), [FIRST_ROW])
    assert refused == []
    assert row["spend"] == Decimal(expected)
    assert (row["spend_cell"], row["spend_text"], row["spend_availability"]) == ("C5", text, "value")


@pytest.mark.parametrize(
    ("column", "text", "scale"),
    [
        pytest.param(Figure("S", unit="£"), "1000000000000000", 1, id="more_than_any_figure"),
        pytest.param(Figure("S", unit="£"), "999999999999999", 1_000, id="more_than_any_figure_in_thousands"),
        pytest.param(Figure("S", unit="£"), "1000000000", 1_000_000, id="more_than_any_figure_in_millions"),
        pytest.param(Figure("S", unit="%"), "0.4", 1, id="proportion_among_percentages"),
        pytest.param(Figure("S", unit="%", plain_is_fraction=True), "36", 1, id="percentage_among_proportions"),
        pytest.param(Figure("S", unit="", whole=True), "12.5", 1, id="half_a_person"),
    ],
)
def test_plain_number_that_breaks_the_promise_is_refused_all_ways(column: Figure, text: str, scale: int) -> None:
    promise = Promise("spend", column, YEAR, financial_year, scale=scale)
    [row], refused = assert_same_all_ways(promise, column_of(text), [FIRST_ROW])
    assert row["spend"] is None
    assert [address for address, _ in refused] == ["C5"]


def test_figure_with_a_note_is_rounded_as_one_without() -> None:
    sheet = sheet_of_cells("S", [Cell(5, COLUMN, "0.0000005"), Cell(6, COLUMN, "0.0000005", note="1")])
    rows, _ = assert_same_all_ways(Promise("spend", Figure("S"), YEAR, financial_year), sheet, [5, 6])
    assert [row["spend"] for row in rows] == [Decimal("0.000001")] * 2


@pytest.mark.parametrize(
    "at", [(FIRST_ROW + 3, COLUMN), (FIRST_ROW - 3, COLUMN), (FIRST_ROW, COLUMN + 3), (FIRST_ROW, COLUMN - 1)]
)
def test_problem_outside_of_all_texts_is_refused_all_ways(at: tuple[int, int]) -> None:
    row, column = at
    cells = Cells(sheet_of_cells("S", [Cell(FIRST_ROW, COLUMN, "12"), Cell(*at, "", NO_RESULT)]), column, [row, None])
    promise = Promise("spend", Figure("Spend"), YEAR, financial_year)
    assert len(all_ways(promise, cells)[1]) == 1


def test_column_that_the_sheet_does_not_have_is_blank_all_ways() -> None:
    cells = Cells(column_of("12"), 0, [None, None])
    promise = Promise("spend", Figure("Spend", optional=True), YEAR, financial_year)
    assert [row["spend_availability"] for row in all_ways(promise, cells)[0]] == ["not_available"] * 2


def test_value_that_holds_for_the_rows_below_stands_in_each() -> None:
    promise = Promise("subject", Text("Subject"), YEAR, financial_year, key=True)
    rows, _ = assert_same_all_ways(promise, column_of("English", "Barnet¹"), [5, 5, None, 6])
    assert [row["subject"] for row in rows] == ["English", "English", None, "Barnet"]


@pytest.mark.parametrize("column", [Day("Paid"), Text("Paid"), Figure("Paid")], ids=["day", "text", "figure"])
def test_few_cells_are_converted_one_by_one(column: Column) -> None:
    cells = Cells(column_of("22/04/2021"), COLUMN, [5])
    values = convert_column(Promise("paid", column, YEAR, financial_year), cells, lambda *_: None)
    assert all(isinstance(found, list) for found in values.values())


def test_many_days_are_converted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "MANY", 1)
    cells = Cells(column_of("22/04/2021"), COLUMN, [5])
    assert convert_column(Promise("paid", Day("Paid"), YEAR, financial_year), cells, lambda *_: None) == {
        "paid": [date(2021, 4, 22)]
    }
