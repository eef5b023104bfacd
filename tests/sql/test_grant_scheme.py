"""Grants by scheme: what was paid of which allocation, what it cost per resident, what recipients achieved with it."""

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.staged import NAMES, figure, staged

LOCAL, HOUSEHOLD = "Local Support Grant", "Household Support Fund"
PERIOD = ("2021-22-Q2", "2021-07-01", 3)


def allocation(scheme: str, months: str, pounds: str | None, row_number: int = 2, **changes: Row | str) -> Row:
    row = staged("grants", row_number, *PERIOD, scheme=scheme, funder="DWP", months=months)
    row |= figure("allocation", None if pounds is None else dec(pounds), "D", row_number)
    return row | figure("national_total", None, "E", row_number) | changes


def payment(row_number: int, paid_on: str, pounds: str, residents: int | None = 10, **changes: str) -> Row:
    row: Row = {"paid_on": day(paid_on), "scheme": LOCAL, "strand": "Third sector", "recipient": "Citizens Advice"}
    row |= figure("amount", dec(pounds), "E", row_number) | figure("households", None, "F", row_number)
    return staged("grants", row_number, *PERIOD, **row) | figure("residents", residents, "G", row_number) | changes


def outcome(pounds: str | None, recipient: str = "Citizens Advice", name: str = "Debt cleared") -> Row:
    row = staged("grants", 2, *PERIOD, recipient=recipient, outcome=name)
    return row | figure("outcome_value", None if pounds is None else dec(pounds), "C", 2)


def workbook(allocations: list[Row], payments: list[Row], outcomes: list[Row] | None = None) -> dict[str, list[Row]]:
    receipt = {"source": "dwp_grants", "workbook": NAMES["grants"][1], "workbook_sha256": "grants"}
    return {
        "staged.receipt": [receipt | {"as_at": day("2021-10-15"), "outcome": "loaded"}],
        "staged.dwp_grants_allocations": allocations,
        "staged.dwp_grants_spend": payments,
        "staged.dwp_grants_outcomes": outcomes or [],
    }


SPRING = allocation(LOCAL, "Apr 2021 - Sep 2021", "1000")
WINTER = allocation(
    HOUSEHOLD, "Oct 2021 - Mar 2022", "2163000", 3, **figure("national_total", dec("500000000"), "E", 3)
)


def test_share_spent_and_unspent_and_cost_per_resident() -> None:
    payments = [payment(4, "2021-04-06", "300", 20), payment(5, "2021-09-30", "450", 5)]
    row = run_one("marts.grant_scheme", workbook([SPRING], payments))
    assert (row["paid_pounds"], row["spent_pct"], row["unspent_pounds"], row["unspent_pct"]) == (750, 75, 250, 25)
    assert (row["residents_count"], row["cost_per_resident_pounds"]) == (25, 30)
    assert (row["payment_count"], row["recipient_count"], row["period_state"]) == (2, 1, "ended")


def test_a_scheme_that_has_not_begun_has_its_allocation_and_nothing_to_divide() -> None:
    [row] = run("marts.grant_scheme", workbook([WINTER], []))
    assert (row["funder"], row["period_state"], row["allocation_pounds"]) == ("DWP", "not_begun", 2163000)
    assert (row["paid_pounds"], row["spent_pct"], row["unspent_pounds"], row["unspent_pct"]) == (0, 0, 2163000, 100)
    assert (row["residents_count"], row["households_count"], row["cost_per_resident_pounds"]) == (None, None, None)
    assert row["share_of_national_pct"] == dec("0.4326")


@pytest.mark.parametrize(
    ("months", "state"),
    [
        ("Apr 2021 - Sep 2021", "ended"),
        ("Apr 2021 - Oct 2021", "under_way"),
        ("Sep 2021 - Mar 2022", "under_way"),
        ("Oct 2021 - Mar 2022", "not_begun"),
    ],
)
def test_where_the_months_stand_at_the_end_of_the_quarter(months: str, state: str) -> None:
    assert run_one("marts.grant_scheme", workbook([allocation(LOCAL, months, "1")], []))["period_state"] == state


@pytest.mark.parametrize("pounds", [None, "0"])
def test_an_allocation_that_is_not_available_or_zero_has_no_shares(pounds: str | None) -> None:
    given = workbook([allocation(LOCAL, "Apr 2021 - Sep 2021", pounds)], [payment(4, "2021-04-06", "0")])
    row = run_one("marts.grant_scheme", given)
    assert (row["allocation_pounds"], row["spent_pct"], row["unspent_pct"]) == (pounds and dec(pounds), None, None)
    assert (row["national_total_pounds"], row["national_total_qualifier"]) == (None, None)


def test_an_approximate_allocation_says_so_and_is_no_ceiling() -> None:
    about = SPRING | {"allocation_qualifier": "about"}
    given = workbook([about], [payment(4, "2021-04-06", "1001")])
    assert run_one("marts.grant_scheme", given)["allocation_qualifier"] == "about"
    assert run("marts.reconciliation_finding", given) == []


def test_residents_who_were_not_counted_cost_nothing() -> None:
    payments = [payment(4, "2021-04-06", "300", 10), payment(5, "2021-04-07", "500", None)]
    row = run_one("marts.grant_scheme", workbook([SPRING], payments))
    assert (row["paid_pounds"], row["residents_count"], row["cost_per_resident_pounds"]) == (800, 10, 30)


@pytest.mark.parametrize(
    ("paid_on", "begins"),
    [
        ("2021-03-31", "2021-04-01"),
        ("2021-04-01", "2021-04-01"),
        ("2021-09-30", "2021-04-01"),
        ("2021-11-15", "2021-04-01"),
        ("2021-12-01", "2021-12-01"),
        ("2022-05-01", "2021-12-01"),
    ],
)
def test_a_payment_is_of_the_latest_allocation_that_had_begun(paid_on: str, begins: str) -> None:
    allocations = [SPRING, allocation(LOCAL, "Dec 2021 - Mar 2022", "500", 3)]
    rows = run("marts.grant_scheme", workbook(allocations, [payment(4, paid_on, "100")]))
    assert {row["period_start"]: row["paid_pounds"] for row in rows} == {
        day("2021-04-01"): 100 if begins == "2021-04-01" else 0,
        day("2021-12-01"): 100 if begins == "2021-12-01" else 0,
    }


@pytest.mark.parametrize(
    ("paid_on", "count"), [("2021-03-31", 1), ("2021-04-01", 0), ("2021-09-30", 0), ("2021-10-01", 1)]
)
def test_a_payment_outside_the_months_is_found(paid_on: str, count: int) -> None:
    rows = run("findings.grant_spend", workbook([SPRING], [payment(4, paid_on, "100")]))
    assert [(row["check_name"], row["cell"]) for row in rows] == [("grant_payment_outside_months", "E4")] * count


@pytest.mark.parametrize(("pounds", "count"), [("1000", 0), ("1000.01", 1)])
def test_more_than_was_allocated_is_found_and_all_of_it_is_not(pounds: str, count: int) -> None:
    rows = run("findings.grant_spend", workbook([SPRING], [payment(4, "2021-04-06", pounds)]))
    assert [(row["check_name"], row["recomputed"], row["cell"]) for row in rows] == [
        ("grant_overspent", "£1,000.01", "D2")
    ] * count


def test_outcomes_of_a_recipient_on_several_lines_are_counted_once() -> None:
    payments = [
        payment(4, "2021-04-06", "300"),
        payment(5, "2021-05-06", "200", strand="Advice"),
        payment(6, "2021-10-06", "500", scheme=HOUSEHOLD),
    ]
    given = workbook([SPRING, WINTER], payments, [outcome("14150"), outcome("850", name="Income gained")])
    lines = run("marts.grants", given)
    assert (sum(row["paid_pounds"] for row in lines), len(lines)) == (1000, 3)
    assert [(row["strand"], row["outcome"], row["outcome_pounds"]) for row in lines if row["outcome"]] == [
        ("Third sector", "Debt cleared; Income gained", 15000)
    ]
    assert {row["funder"] for row in lines} == {"DWP"}
    assert [row["outcome_per_pound"] for row in lines if row["outcome"]] == [15]
    schemes = run("marts.grant_scheme", given)
    assert sum(row["paid_pounds"] for row in schemes) == 1000
    outcomes = {row["outcome"]: row for row in run("marts.grant_outcome", given)}
    assert outcomes["Debt cleared"]["outcome_per_pound"] == dec("14.15")
    assert outcomes["Debt cleared"]["schemes"] == f"{HOUSEHOLD}; {LOCAL}"


def test_an_outcome_of_a_recipient_without_a_payment_has_nothing_to_divide_by() -> None:
    row = run_one(
        "marts.grant_outcome", workbook([SPRING], [payment(4, "2021-04-06", "1")], [outcome("5", "Foodbank")])
    )
    assert (row["outcome_pounds"], row["paid_pounds"], row["outcome_per_pound"]) == (5, None, None)


def test_an_outcome_that_is_not_available_is_not_zero() -> None:
    row = run_one("marts.grant_outcome", workbook([SPRING], [payment(4, "2021-04-06", "1")], [outcome(None)]))
    assert (row["outcome_pounds"], row["outcome_availability"], row["outcome_per_pound"]) == (
        None,
        "not_available",
        None,
    )


def test_each_edition_has_its_own_payments() -> None:
    """One that counts, one that it superseded, and one of the quarter before: none takes the payments of another."""
    given = workbook([SPRING], [payment(4, "2021-04-06", "300")])
    [receipt] = given["staged.receipt"]
    [later] = [receipt | {"workbook_sha256": "grants again", "as_at": day("2021-11-01")}]
    given["staged.receipt"] = [receipt | {"superseded_on": day("2021-11-01"), "outcome": "superseded"}, later]
    again = {"workbook_sha256": "grants again"}
    given["staged.dwp_grants_allocations"] = [SPRING, SPRING | again]
    given["staged.dwp_grants_spend"] = [
        *given["staged.dwp_grants_spend"],
        payment(4, "2021-04-06", "300") | again,
        payment(5, "2021-04-07", "200") | again,
    ]
    rows = run("marts.grant_scheme", given)
    assert [(row["superseded_on"] is None, row["paid_pounds"]) for row in rows] == [(False, 300), (True, 500)]
    assert [row["paid_pounds"] for row in run("marts.grants", given)] == [300, 500]
