"""Several tables in one sheet, each below the line that begins it, and sentences in place of tables."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from assets.sources.finance import source as finance
from pipelines.contract.outcome import Reading
from pipelines.contract.sheet_parts import part_of
from tests.helpers import SheetRows, Value, only_finding, read_and_account, sheet_of

LIMIT: SheetRows = [
    ["2.1 Revenue - Cash limit"],
    [None, "Previously Reported (Q1.5)", "Increase/ (Reduction)", "Budget at Q2"],
    [None, "£000", "£000", "£000"],
    ["Cash Limit Budget", 573, 48, 621],
    [],
]
CHANGES: SheetRows = [
    ["Budget changes since previously reported at Quarter 1.5"],
    ["Description", "£m"],
    ["Staffing", -0.002],
    ["Support Funds", 0.05],
    [],
]
OUTTURN: SheetRows = [
    ["Outturn forecast"],
    ["Net Cash Limit", "Forecast Net Expenditure", "Forecast Appropriations", "Forecast Outturn"],
    ["£000", "£000", "£000", "£000"],
    [621, 621, 0, 0],
]
BALANCE = 'Balance of Reserve/ "Approved Use" £000'
RESERVES: SheetRows = [
    [
        "Reserve Category",
        "Reserve Narration",
        "To be used for",
        BALANCE,
        'Planned use of Reserves / "Approved Use" 2021/22 £000',
        BALANCE,
    ],
    ["Strategic Priority", "Community Investment fund", "Local Fund", 623, 0, 623],
    ["TOTAL", None, None, 668, 0, 668],
]
NONE_REQUIRED = "There are no savings requirements affecting the services within this Portfolio for 2021/22."
TITLE = "2.3 Portfolio Savings Programme"


def revenue(
    cash_limit: SheetRows = (*LIMIT, *CHANGES, *OUTTURN),
    reserves: SheetRows = RESERVES,
    savings: SheetRows = ([TITLE], [NONE_REQUIRED]),
) -> Reading:
    sheets = {"2.1 Cash limit": cash_limit, "2.2 Reserves": reserves, "2.3 Savings": savings}
    return read_and_account(finance, "Revenue monitoring 2021-22 Q2.xlsx", sheets)


def figures(reading: Reading, table: str, *names: str) -> list[tuple[object, ...]]:
    assert [str(finding) for finding in reading.findings] == []
    return [tuple(row[name] for name in names) for row in reading.tables[table].rows]


def test_each_table_of_a_sheet_is_read_with_its_own_units_and_places() -> None:
    reading = revenue()
    limits = figures(reading, "cash_limit", "budget_line", "previously_reported", "increase", "budget", "budget_cell")
    assert limits == [("Cash Limit Budget", 573000, 48000, 621000, "D4")]
    assert figures(reading, "budget_changes", "change", "change_cell", "row_number") == [
        (Decimal(-2000), "B8", 8),
        (Decimal(50000), "B9", 9),
    ]
    assert figures(reading, "outturn", "net_cash_limit", "outturn", "outturn_cell") == [(621000, 0, "D14")]


@pytest.mark.parametrize(("sections", "first"), [((CHANGES, OUTTURN), "B8"), ((OUTTURN, CHANGES), "B13")])
def test_tables_below_the_first_may_stand_in_any_order(sections: Sequence[SheetRows], first: str) -> None:
    blank: SheetRows = [[]]
    reading = revenue([*LIMIT, *sections[0], *blank, *sections[1]])
    cells = [cell for (cell,) in figures(reading, "budget_changes", "change_cell")]
    assert cells[0] == first


def test_a_table_without_the_line_that_begins_it_is_named() -> None:
    reading = revenue([*LIMIT, *CHANGES, *OUTTURN[1:]])
    assert any("no line says 'Outturn forecast'" in finding.message for finding in reading.failures)


def test_a_record_that_is_called_like_a_table_begins_none() -> None:
    changes: SheetRows = [*CHANGES[:-1], ["Outturn forecast", 0.001], []]
    reading = revenue([*LIMIT, *changes, *OUTTURN])
    assert [row for (row,) in figures(reading, "budget_changes", "change_description")][-1] == "Outturn forecast"


def test_the_last_change_without_its_figure_is_no_footnote() -> None:
    lacking = "Realignment of the budget in Adult Social care and Health, aligned to the Support Funds"
    finding = only_finding(revenue([*LIMIT, *CHANGES[:-1], [lacking], [], *OUTTURN]))
    assert (finding.cell, finding.rule) == ("A10", "whole rows")


@pytest.mark.parametrize("unit", ["£", "£m", None])
def test_another_unit_below_a_heading_is_refused(unit: Value) -> None:
    reading = revenue([LIMIT[0], LIMIT[1], [None, unit, "£000", "£000"], *LIMIT[3:], *CHANGES, *OUTTURN])
    assert not reading.loads


def test_money_that_says_its_own_unit_under_one_in_millions_is_refused() -> None:
    reading = revenue([*LIMIT, *CHANGES[:2], ["Staffing", "£2k"], [], *OUTTURN])
    assert "but the column is in millions" in only_finding(reading).message


def test_the_total_of_reserves_is_a_row_and_reserves_without_a_name_are_refused() -> None:
    assert len(figures(revenue(), "reserves", "category")) == 2
    [row] = revenue(reserves=[RESERVES[0], ["TOTAL", None, None, 1, 0, 1]]).tables["reserves"].rows
    assert (row["category"], row["narration"], row["closing"]) == ("TOTAL", None, 1000)


@pytest.mark.parametrize(
    "savings",
    [
        pytest.param([[TITLE], [NONE_REQUIRED.replace("2021/22", "2020/21")]], id="of_the_year_before"),
        pytest.param([[TITLE]], id="title_alone"),
        pytest.param([[TITLE], ["Saving", "£000"], ["Staffing", 20]], id="table_instead"),
        pytest.param([[TITLE], [NONE_REQUIRED], ["Staffing", 20]], id="table_below"),
        pytest.param([[TITLE], [NONE_REQUIRED], [NONE_REQUIRED]], id="said_twice"),
        pytest.param([[TITLE], ["A saving of £20,000 is required for 2021/22."]], id="another_statement"),
    ],
)
def test_what_is_not_the_statement_is_refused(savings: SheetRows) -> None:
    reading = revenue(savings=savings)
    assert {finding.rule for finding in reading.failures} == {"statement as expected"}


def test_a_statement_is_kept_with_its_cell() -> None:
    stated = figures(revenue(savings=[[NONE_REQUIRED]]), "savings", "statement", "statement_cell")
    assert stated == [(NONE_REQUIRED, "A1")]
    titled = revenue()
    assert figures(titled, "savings", "statement_cell") == [("A2",)]
    assert ("2.3 Savings", 1, "title") in [(row.sheet, row.row, row.reason) for row in titled.set_aside]


def test_parts_of_a_sheet_hold_each_row_once() -> None:
    sheet = sheet_of([["a"], ["x", "1"], ["Second"], ["y", "2"], ["Third"], ["z", "3"]])
    sections = ["Second", "Thi*"]
    parts = [part_of(sheet, section, sections) for section in ("", *sections)]
    assert [part and part.row_numbers for part in parts] == [[1, 2], [3, 4], [5, 6]]
    assert part_of(sheet, "Fourth", ["Fourth"]) is None
    assert part_of(sheet, "", []) is sheet


def test_a_sheet_that_begins_with_a_section_has_nothing_above_it() -> None:
    part = part_of(sheet_of([["Second"], ["y", "2"]]), "", ["Second"])
    assert part is not None
    assert part.row_numbers == []
