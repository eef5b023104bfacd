"""Struck through, merged and hidden: what a sheet shows of its records beside the figures."""

import pandera.polars as pa
import pytest

from pipelines.contract.model import Crosstab, Figure, Rows, Source, Table, Text
from pipelines.contract.outcome import Finding, Reading
from pipelines.contract.reading import read_source_workbook
from pipelines.periods import financial_quarter
from pipelines.read.sheet import Marks, Merged, Sheet
from tests.helpers import only_finding, sheet_of

Texts = list[list[str | None]]

ROWS: Texts = [
    ["Spend of the quarter", None, None, None],
    ["Scheme", "Recipient", "Amount", "Internal note"],
    ["Fuel", "Citizens Advice", "12", None],
    [None, "Age UK", "13", None],
    ["Food", "Foodbank", "14", "see B5"],
    ["Total", None, "39", None],
]
LAYOUT = Rows(
    ("Spend",),
    {"scheme": Text("Scheme"), "recipient": Text("Recipient"), "amount": Figure("Amount", unit="£", required=False)},
    fill_down=("scheme",),
    totals={"Total": ()},
    ignored=("Internal*",),
)
ANSWERS = Crosstab(("Q1",), "%", "response", "area", ("share", Figure("Share", unit="%")))


class AnyRows(pa.DataFrameModel):
    """Whatever the layout says."""


def source_of(layout: Rows | Crosstab) -> Source:
    table = Table("spend", AnyRows, (), financial_quarter, [layout])
    return Source("s", "S", "o", "internal", "each quarter", "Spend 2021-22 Q2.xlsx", [table])


def read(*sheets: Sheet, layout: Rows | Crosstab = LAYOUT) -> Reading:
    return read_source_workbook(source_of(layout), "Spend 2021-22 Q2.xlsx", "0" * 64, sheets)


def spend(marks: Marks, rows: Texts = ROWS) -> Reading:
    """The reading of a sheet of spending of which this is said."""
    sheet = sheet_of(rows, "Spend")
    sheet.marks = marks
    return read(sheet)


def warnings(reading: Reading) -> list[Finding]:
    """What warns, once the workbook loads all its rows."""
    assert reading.loads
    assert reading.rows_loaded == 3
    assert reading.warnings == reading.findings
    return reading.findings


def test_sheet_of_which_nothing_is_said_has_no_findings() -> None:
    assert spend(Marks()).findings == []


@pytest.mark.parametrize(("column", "cell", "name"), [(2, "B3", "recipient"), (3, "C3", "amount")])
def test_struck_through_cell_of_a_record_refuses_the_file(column: int, cell: str, name: str) -> None:
    reading = spend(Marks(struck={(3, column)}))
    finding = only_finding(reading)
    assert not reading.loads
    assert (finding.sheet, finding.cell, finding.column_name, finding.rule) == (
        "Spend",
        cell,
        name,
        "nothing struck through",
    )
    assert f"'{ROWS[2][column - 1]}' is struck through; if it does not count, remove the row" in finding.message


@pytest.mark.parametrize(
    "at",
    [
        pytest.param((1, 1), id="title"),
        pytest.param((2, 3), id="heading"),
        pytest.param((5, 4), id="ignored_column"),
        pytest.param((6, 3), id="total"),
    ],
)
def test_struck_through_cell_that_is_not_loaded_does_no_harm(at: tuple[int, int]) -> None:
    assert spend(Marks(struck={at})).findings == []


@pytest.mark.parametrize(
    ("block", "cells", "name"),
    [
        pytest.param(Merged(3, 3, 4, 3), "C3:C4", "amount", id="figure_over_two_rows"),
        pytest.param(Merged(3, 2, 4, 2), "B3:B4", "recipient", id="text_that_is_not_filled_down"),
        pytest.param(Merged(5, 2, 5, 3), "B5:C5", "recipient", id="two_columns_of_a_row"),
        pytest.param(Merged(3, 1, 4, 2), "A3:B4", "scheme", id="filled_down_column_and_the_next"),
        pytest.param(Merged(1, 3, 4, 3), "C1:C4", "amount", id="from_above_the_table"),
        pytest.param(Merged(2, 3, 3, 3), "C2:C3", "amount", id="heading_and_first_record"),
    ],
)
def test_merged_cells_of_several_records_or_columns_refuse_the_file(block: Merged, cells: str, name: str) -> None:
    reading = spend(Marks(merged=[block]))
    finding = only_finding(reading)
    assert not reading.loads
    assert (finding.cell, finding.column_name, finding.rule) == (cells.partition(":")[0], name, "nothing merged")
    assert f"the cells {cells} are merged, so only one of them holds a value; unmerge and fill them" in finding.message


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(Merged(3, 1, 4, 1), id="key_that_is_filled_down"),
        pytest.param(Merged(1, 1, 1, 4), id="title"),
        pytest.param(Merged(6, 1, 6, 2), id="total"),
        pytest.param(Merged(5, 4, 5, 5), id="beside_the_table"),
        pytest.param(Merged(5, 3, 1_048_576, 3), id="last_record_and_all_below"),
        pytest.param(Merged(5, 3, 5, 4), id="one_column_and_an_ignored_one"),
    ],
)
def test_merged_cells_that_lose_nothing_do_no_harm(block: Merged) -> None:
    assert spend(Marks(merged=[block])).findings == []


def test_merged_cells_that_begin_in_an_ignored_column_refuse_the_file() -> None:
    sheet = sheet_of(
        [["Internal note", "Scheme", "Recipient", "Amount"], ["see B5", "Food", "Foodbank", "14"]], "Spend"
    )
    sheet.marks.merged = [Merged(2, 1, 2, 2)]
    finding = only_finding(read(sheet))
    assert (finding.cell, finding.column_name, finding.rule) == ("A2", "scheme", "nothing merged")


def test_hidden_row_of_a_record_warns_and_its_figure_is_taken() -> None:
    [finding] = warnings(spend(Marks(hidden_rows={2, 4, 6, 99})))
    assert (finding.sheet, finding.cell, finding.rule) == ("Spend", "A4", "nothing hidden")
    assert finding.message == "row 4 is hidden; its figures were taken"


def test_hidden_column_of_the_table_warns() -> None:
    [finding] = warnings(spend(Marks(hidden_columns={3, 4, 50})))
    assert (finding.cell, finding.message) == ("C3", "column C ('amount') is hidden; its figures were taken")


def test_hidden_sheet_with_a_table_warns_and_loads() -> None:
    [finding] = warnings(spend(Marks(hidden_sheet=True)))
    assert (finding.sheet, finding.cell, finding.message) == (
        "Spend",
        "",
        "the sheet is hidden; its figures were taken",
    )


def test_hidden_sheet_that_is_not_known_is_set_aside_with_a_warning() -> None:
    workings = sheet_of([["workings", "1"], ["more", "2"]], "Workings")
    workings.marks.hidden_sheet = True
    reading = read(sheet_of(ROWS, "Spend"), workings)
    [finding] = warnings(reading)
    assert (finding.sheet, finding.rule) == ("Workings", "nothing hidden")
    assert "the sheet is hidden and holds none of the expected tables ('Spend'), so it was set aside" in finding.message
    aside = [(row.row, row.reason, row.text) for row in reading.set_aside if row.sheet == "Workings"]
    assert aside == [(1, "hidden sheet", "workings | 1"), (2, "hidden sheet", "more | 2")]


def test_sheet_that_is_not_known_and_not_hidden_refuses_the_file() -> None:
    reading = read(sheet_of(ROWS, "Spend"), sheet_of([["workings", "1"]], "Workings"))
    assert only_finding(reading).severity == "fail"
    assert not reading.loads


def test_struck_through_and_merged_answers_of_a_crosstab_refuse_the_file() -> None:
    sheet = sheet_of([["%", "Bolton", "Bury"], ["Agree", "26", "31"], ["Disagree", "74", "69"]], "Q1")
    sheet.marks = Marks(struck={(2, 2), (1, 3)}, merged=[Merged(3, 2, 3, 3), Merged(2, 1, 3, 1)], hidden_columns={3})
    reading = read(sheet, layout=ANSWERS)
    assert [(finding.cell, finding.rule, finding.severity) for finding in reading.findings] == [
        ("B2", "nothing struck through", "fail"),
        ("B3", "nothing merged", "fail"),
        ("A2", "nothing merged", "fail"),
        ("C2", "nothing hidden", "warn"),
    ]
