"""Stated totals against the rows that they add up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.convert import Promise
from pipelines.contract.model import Column, Figure, Text
from pipelines.contract.outcome import Finding, Piece
from pipelines.contract.totals import Total, check_totals
from pipelines.periods import Period, financial_year
from pipelines.read.sheet import Cell

YEAR = Period("2020-21", date(2020, 4, 1), date(2021, 4, 1), "financial")
COLUMNS: dict[str, Column] = {"subject": Text("Subject"), "starts": Figure("Starts", unit="", whole=True)}
ROWS: list[dict[str, Any]] = [
    {"subject": "English", "starts": 5},
    {"subject": "English", "starts": 7},
    {"subject": "Maths", "starts": 11},
]


def piece_of(rows: list[dict[str, Any]]) -> Piece:
    names = {name for row in rows for name in row}
    return Piece(len(rows), {name: [row.get(name) for row in rows] for name in names}, {"sheet": "S"})


def promised(name: str, column: Column, *, scale: int = 1) -> Promise:
    return Promise(name, column, YEAR, financial_year, scale=scale)


def check(text: str, group: Mapping[str, str], rows: list[dict[str, Any]], problem: str | None = None) -> list[Finding]:
    cells = {"subject": Cell(9, 1, "Total"), "starts": Cell(9, 2, text, problem)}
    stated = {name: (promised(name, COLUMNS[name]), cell) for name, cell in cells.items()}
    return check_totals([Total("S", group, stated)], piece_of(rows))


@pytest.mark.parametrize(
    ("group", "right"),
    [
        pytest.param({}, "23", id="whole_sheet"),
        pytest.param({"subject": "english"}, "12", id="group_by_name_without_capitals"),
        pytest.param({"subject": "maths"}, "11", id="group_of_one_row"),
        pytest.param({"subject": "welsh"}, "0", id="group_without_rows"),
    ],
)
def test_total_that_agrees_is_no_finding_and_one_more_is(group: dict[str, str], right: str) -> None:
    assert check(right, group, ROWS) == []
    assert len(check(str(int(right) + 1), group, ROWS)) == 1


def test_finding_names_the_cell_and_both_sums() -> None:
    (finding,) = check("22", {}, ROWS)
    assert (finding.sheet, finding.cell, finding.column_name, finding.rule) == ("S", "B9", "starts", "totals add up")
    assert finding.message == "the total says 22, but its 3 rows add up to 23; mend the total or the rows"


def test_thousands_and_suppressed_totals_are_understood() -> None:
    rows = [{"subject": "English", "starts": 1672}]
    assert check("1,672", {}, rows) == []
    assert check("*", {}, rows) == []


def test_part_without_a_value_adds_nothing() -> None:
    assert check("5", {}, [{"starts": 5}, {"starts": None}]) == []


def test_formula_without_result_states_nothing() -> None:
    assert check("", {}, ROWS, "a formula without a stored result") == []


def test_error_in_a_total_is_reported() -> None:
    (finding,) = check("#REF!", {}, ROWS, "the error #REF!")
    assert (finding.cell, finding.rule) == ("B9", "as promised")
    assert "it holds the error #REF!" in finding.message


def test_total_that_is_no_figure_is_reported() -> None:
    (finding,) = check("many", {}, ROWS)
    assert "'many' is not a figure" in finding.message


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=20))
def test_pence_add_up_exactly(amounts: list[Decimal]) -> None:
    promise = promised("amount", Figure("Amount", unit="£"))
    piece = piece_of([{"amount": amount} for amount in amounts])
    pence = sum(int(amount * 100) for amount in amounts)
    for off, findings in ((0, 0), (1, 1)):
        stated = {"amount": (promise, Cell(9, 1, f"£{Decimal(pence + off).scaleb(-2):,.2f}"))}
        assert len(check_totals([Total("S", {}, stated)], piece)) == findings


def test_total_in_thousands_is_compared_in_full() -> None:
    promise = promised("amount", Figure("Amount", unit="£", thousands=("Amount (£000)",)), scale=1_000)
    piece = piece_of([{"amount": Decimal(12_000)}, {"amount": Decimal(500)}])
    assert check_totals([Total("S", {}, {"amount": (promise, Cell(9, 1, "12.5"))})], piece) == []


def test_group_of_two_columns_is_found_by_both() -> None:
    piece = piece_of([{"ward": "Brinnington", "year": y, "starts": n} for y, n in (("1", 5), ("2", 7))])
    stated = {"starts": (promised("starts", COLUMNS["starts"]), Cell(9, 2, "7"))}
    assert check_totals([Total("S", {"ward": "brinnington", "year": "2"}, stated)], piece) == []
    assert len(check_totals([Total("S", {"ward": "brinnington", "year": "1"}, stated)], piece)) == 1
