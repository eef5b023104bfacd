"""Stated totals against the rows that they add up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.model import Column, Figure, Text
from pipelines.contract.outcome import Finding
from pipelines.contract.totals import Total, check_totals
from pipelines.periods import Period, financial_year
from pipelines.read.workbook import Cell

YEAR = Period("2020-21", date(2020, 4, 1), date(2021, 4, 1), "financial")
COLUMNS: dict[str, Column] = {"subject": Text("Subject"), "starts": Figure("Starts", unit="", whole=True)}
ROWS: list[dict[str, Any]] = [
    {"sheet": "S", "subject": "English", "starts": 5},
    {"sheet": "S", "subject": "English", "starts": 7},
    {"sheet": "S", "subject": "Maths", "starts": 11},
    {"sheet": "Other", "subject": "English", "starts": 100},
]


def check(text: str, group: Mapping[str, str], rows: list[dict[str, Any]], problem: str | None = None) -> list[Finding]:
    stated = {"subject": Cell(9, 1, "Total"), "starts": Cell(9, 2, text, problem)}
    return check_totals([Total("S", 9, group, stated, COLUMNS, YEAR, financial_year)], rows)


@pytest.mark.parametrize(
    ("group", "right"),
    [
        pytest.param({}, "23", id="whole_sheet_without_other_sheets"),
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
    rows = [{"sheet": "S", "subject": "English", "starts": 1672}]
    assert check("1,672", {}, rows) == []
    assert check("*", {}, rows) == []


def test_part_without_a_value_adds_nothing() -> None:
    assert check("5", {}, [{"sheet": "S", "starts": 5}, {"sheet": "S", "starts": None}]) == []


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
    columns: dict[str, Column] = {"amount": Figure("Amount", unit="£")}
    rows = [{"sheet": "S", "amount": amount} for amount in amounts]
    pence = sum(int(amount * 100) for amount in amounts)
    for off, findings in ((0, 0), (1, 1)):
        stated = {"amount": Cell(9, 1, f"£{Decimal(pence + off).scaleb(-2):,.2f}")}
        assert len(check_totals([Total("S", 9, {}, stated, columns, YEAR, financial_year)], rows)) == findings
