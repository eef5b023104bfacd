"""Finance in thousands as printed: what rounding hides stands below, and what is not given is no nought."""

from decimal import Decimal

import pytest

from pipelines.document.model import Cell
from pipelines.report.sections.finance import limit_table, outturn_table, reserves_table, thousands_cell
from tests.unit.report.rows import cells

LIMIT = {
    "edition_period": "2021-22-Q2",
    "previously_reported_pounds": Decimal(573000),
    "stated_increase_pounds": Decimal(48000),
    "budget_pounds": Decimal(621000),
    "net_cash_limit_pounds": Decimal(621000),
    "forecast_net_expenditure_pounds": Decimal(620400),
    "forecast_appropriations_pounds": Decimal(0),
    "forecast_outturn_pounds": Decimal(-600),
}


@pytest.mark.parametrize(
    ("pounds", "cell"),
    [
        pytest.param("621000", Cell("621"), id="whole_thousands"),
        pytest.param("621499.99", Cell("621", "£621,500"), id="rounded_down"),
        pytest.param("621500", Cell("622", "£621,500"), id="half_goes_up"),
        pytest.param("-2000", Cell("−2"), id="a_reduction"),
        pytest.param("-400", Cell("0", "−£400"), id="less_than_half_a_thousand"),
        pytest.param("0.00", Cell("0"), id="nought"),
        pytest.param("1234567000", Cell("1,234,567"), id="many_thousands"),
    ],
)
def test_thousands(pounds: str, cell: Cell) -> None:
    assert thousands_cell(Decimal(pounds)) == cell


def test_what_is_not_given_is_said_so() -> None:
    assert thousands_cell(None, is_forecast=True) == Cell("Not given")


def test_the_cash_limit_and_its_forecast() -> None:
    assert cells(limit_table(LIMIT)) == [
        {"line": "Cash limit budget", "previous": "573", "increase": "48", "budget": "621"},
    ]
    assert limit_table(LIMIT).columns[-1].label == "Budget at Q2"
    table = outturn_table(LIMIT)
    assert cells(table) == [
        {
            "line": "Portfolio",
            "limit": "621",
            "expenditure": "620 | £620,400",
            "appropriations": "0",
            "outturn": "−1 | −£600",
        }
    ]
    emphasised = [table.cell(table.rows[0], column).emphasis for column in table.columns]
    assert emphasised == [False, False, True, True, True]


def reserve(opening: str | None, use: str, closing: str) -> dict[str, object]:
    amounts = {"opening_pounds": opening, "planned_use_pounds": use, "closing_pounds": closing}
    names = {"category": "Corporate", "narration": "Grants", "purpose": "Aid"}
    return names | {name: None if amount is None else Decimal(amount) for name, amount in amounts.items()}


def test_reserves_are_added_up_before_they_are_rounded() -> None:
    rows = cells(reserves_table([reserve("400", "0", "400"), reserve("400", "-100", "300")]))
    assert rows[-1]["opening_pounds"] == "1 | £800"
    assert rows[-1]["planned_use_pounds"] == "0 | −£100"


def test_a_total_of_what_is_not_given_is_not_given() -> None:
    rows = cells(reserves_table([reserve("400", "0", "400"), reserve(None, "0", "300")]))
    assert (rows[-1]["opening_pounds"], rows[-1]["planned_use_pounds"]) == ("Not given", "0")
