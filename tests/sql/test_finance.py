"""Cash limit, forecast, reserves and savings: what the marts show, and what does not add up."""

import pytest

from tests.sql.finance import (
    budget_changes,
    cash_limit,
    finance_receipts,
    finance_rows,
    now,
    outturn,
    reserves,
    saving,
)
from tests.sql.harness import Row, dec, run, run_one

CHECKS = ("budget_bridge", "forecast_outturn", "reserve_balance")

BALANCED = [("623000", "0", "623000"), ("45000", "-5000", "40000"), ("668000", "-5000", "663000")]


def monitoring(
    limit: Row | None = None,
    changes: list[Row] | None = None,
    forecast: Row | None = None,
    balances: list[Row] | None = None,
) -> dict[str, list[Row]]:
    return {
        "cash_limit": [limit or cash_limit()],
        "budget_changes": budget_changes("-2000", "50000") if changes is None else changes,
        "outturn": [forecast or outturn()],
        "reserves": reserves(*BALANCED) if balances is None else balances,
        "savings": [saving()],
    }


def findings(**parts: Row | list[Row]) -> list[Row]:
    """What the checks of finance say."""
    given = now(**monitoring(**parts))  # type: ignore[arg-type]
    return [row for name in CHECKS for row in run(f"findings.{name}", given)]


def test_what_adds_up_is_no_finding() -> None:
    assert run("marts.reconciliation_finding", now(**monitoring())) == []


def test_the_bridge_leads_from_the_previous_budget_to_this_one() -> None:
    lines = run("marts.cash_limit_bridge", now(**monitoring()))
    assert [(row["line_kind"], row["amount_pounds"], row["running_pounds"], row["cell"]) for row in lines] == [
        ("previously_reported", 573000, 573000, "B5"),
        ("change", -2000, 571000, "B9"),
        ("change", 50000, 621000, "B10"),
        ("budget", 621000, 621000, "D5"),
    ]


def test_several_changes_double_neither_budget_nor_forecast() -> None:
    row = run_one("marts.cash_limit", now(**monitoring(changes=budget_changes("1000", "2000", "3000", "42000"))))
    assert (row["budget_pounds"], row["stated_increase_pounds"], row["changes_pounds"]) == (621000, 48000, 48000)
    assert (row["change_count"], row["forecast_net_expenditure_pounds"]) == (4, 621000)
    assert (row["forecast_spent_pct"], row["forecast_outturn_pounds"]) == (100, 0)


def test_a_cash_limit_of_zero_has_no_share_spent() -> None:
    row = run_one("marts.cash_limit", now(**monitoring(forecast=outturn(net_cash_limit="0"))))
    assert row["forecast_spent_pct"] is None


def test_each_edition_has_its_own_bridge_and_only_one_is_now() -> None:
    given = {"staged.receipt": finance_receipts(), **finance_rows()}
    totals = [(row["superseded_on"] is None, row["changes_pounds"]) for row in run("marts.cash_limit", given)]
    assert totals == [(False, 47000), (True, 48000)]
    lines = run("marts.cash_limit_bridge", given)
    assert [row["running_pounds"] for row in lines if row["line_kind"] == "budget"] == [620000, 621000]
    assert run("marts.reconciliation_finding", given) == []


def test_a_budget_that_the_increase_does_not_give_is_found_at_its_cell() -> None:
    given = {
        "limit": cash_limit(budget="641000"),
        "forecast": outturn(net_cash_limit="641000", net_expenditure="641000"),
    }
    [row] = findings(**given)
    assert (row["check_name"], row["published"], row["recomputed"]) == ("budget_bridge", "£641,000", "£621,000")
    assert (row["difference"], row["severity"], row["cell"]) == (-20000, "fail", "D5")


def test_an_increase_that_the_changes_do_not_give_is_found_at_its_cell() -> None:
    [row] = findings(changes=budget_changes("2000", "50000"))
    assert (row["check_name"], row["published"], row["recomputed"]) == ("budget_changes", "£48,000", "£52,000")
    assert (row["difference"], row["severity"], row["cell"]) == (4000, "fail", "C5")
    assert "2 changes" in row["explanation"]


@pytest.mark.parametrize(("second", "severity"), [("51500", "warn"), ("51501", "fail")])
def test_a_difference_that_rounding_gives_warns(second: str, severity: str) -> None:
    """Three figures to the nearest £1,000 may be £1,500 apart, and no more."""
    [row] = findings(changes=budget_changes("-2000", second))
    assert row["severity"] == severity
    assert ("Rounding" in row["explanation"]) == (severity == "warn")


def test_an_increase_without_any_change_listed_is_found() -> None:
    [row] = findings(changes=[])
    assert (row["check_name"], row["recomputed"]) == ("budget_changes", "£0")


def test_a_forecast_against_another_cash_limit_is_found() -> None:
    [row] = findings(forecast=outturn(net_cash_limit="620000", net_expenditure="620000"))
    assert (row["check_name"], row["published"], row["cell"]) == ("cash_limit_of_forecast", "£620,000", "A15")


@pytest.mark.parametrize(
    ("expenditure", "appropriations", "stated", "found"),
    [
        ("640000", "0", "19000", []),
        ("600000", "0", "-21000", []),
        ("640000", "-19000", "0", []),
        ("640000", "0", "0", [("forecast_outturn", "£19,000", "D15")]),
        ("600000", "0", "21000", [("forecast_outturn", "-£21,000", "D15")]),
    ],
)
def test_the_outturn_is_expenditure_and_appropriations_less_the_cash_limit(
    expenditure: str, appropriations: str, stated: str, found: list[tuple[str, str, str]]
) -> None:
    rows = findings(forecast=outturn(net_expenditure=expenditure, appropriations=appropriations, outturn=stated))
    assert [(row["check_name"], row["recomputed"], row["cell"]) for row in rows] == found


def test_reserves_without_their_total() -> None:
    rows = run("marts.reserve", now(**monitoring()))
    assert [(row["opening_pounds"], row["planned_use_pounds"], row["closing_pounds"]) for row in rows] == [
        (623000, 0, 623000),
        (45000, -5000, 40000),
    ]


def test_a_reserve_whose_balances_do_not_fit_is_found_at_its_closing_balance() -> None:
    [row] = findings(balances=reserves(("45000", "-5000", "30000"), ("45000", "-5000", "40000"))[:1])
    assert (row["check_name"], row["published"], row["recomputed"]) == ("reserve_balance", "£30,000", "£40,000")
    assert (row["severity"], row["cell"]) == ("fail", "F2")
    assert "Reserve 2" in row["subject"]


def test_a_use_without_its_minus_is_explained() -> None:
    balances = reserves(("45000", "5000", "40000"), ("45000", "5000", "40000"))
    rows = findings(balances=balances)
    assert {(row["check_name"], row["severity"]) for row in rows} == {("reserve_balance", "warn")}
    assert all("has no minus" in row["explanation"] for row in rows)


def test_a_total_that_its_reserves_do_not_give_is_found_in_each_column() -> None:
    rows = findings(balances=reserves(("40000", "0", "40000"), ("5000", "0", "5000"), ("50000", "0", "50000")))
    assert {(row["check_name"], row["cell"], row["recomputed"]) for row in rows} == {
        ("reserve_total", "D4", "£45,000"),
        ("reserve_total", "F4", "£45,000"),
    }
    assert {row["difference"] for row in rows} == {dec("-5000")}


def test_savings_are_none_as_stated() -> None:
    row = run_one("marts.saving", now(**monitoring()))
    assert (row["financial_year"], row["required_pounds"], row["cell"]) == ("2021-22", 0, "A2")
    assert row["note"] == "There are no savings requirements."
