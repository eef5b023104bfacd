"""What counts as the outturn of a year, and from which day to which."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import GREATER_MANCHESTER, STOCKPORT, known


def actual(period_label: str, value: str | None, **changes: Any) -> Row:
    """A row of marts.observation: an actual figure of the authority, received on 19 April 2021."""
    row = known(period_label, value, measure_code="IN.2")
    del row["report_quarter"]
    received = {"as_at": day("2021-04-19"), "edition": f"{period_label} first"}
    return row | {"area_code": STOCKPORT, "component": "total"} | received | changes


def outturns(*observations: Row, method: str = "Straight line") -> list[Row]:
    given: dict[str, list[Row]] = {
        "marts.observation": list(observations),
        "marts.area": [
            {"area_code": STOCKPORT, "is_authority": True},
            {"area_code": GREATER_MANCHESTER, "is_authority": False},
        ],
        "staging.portfolio_agreement_measure": [{"measure_code": "IN.2", "forecast_method": method}],
    }
    return run("marts.outturn", given)


QUARTERS = [actual(f"2020-21-Q{number}", "10", as_at=day(f"2021-0{number}-19")) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("label", ["2020-21", "2020-21 academic", "2021-05"])
def test_an_actual_of_a_year_or_snapshot_is_an_outturn(label: str) -> None:
    [row] = outturns(actual(label, "10"))
    assert (row["period_label"], row["value"], row["is_sum"]) == (label, dec("10"), False)
    assert (row["as_at"], row["superseded_on"]) == (day("2021-04-19"), None)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"value_kind": "forecast"}, id="a_forecast"),
        pytest.param({"value_kind": "interim"}, id="an_interim_figure"),
        pytest.param({"value_kind": "provisional"}, id="a_provisional_figure"),
        pytest.param({"value": None}, id="not_available"),
        pytest.param({"component": "part"}, id="a_part"),
        pytest.param({"area_code": GREATER_MANCHESTER}, id="another_area"),
        pytest.param({"measure_code": "SECTOR.1"}, id="not_of_the_agreement"),
        pytest.param({"year_type": "wave"}, id="a_wave"),
    ],
)
def test_what_is_no_outturn(changes: Row) -> None:
    assert outturns(actual("2020-21", "10") | changes) == []


def test_four_quarters_of_a_measure_that_accumulates_are_its_year() -> None:
    [row] = outturns(*QUARTERS)
    assert (row["period_label"], row["value"], row["is_sum"]) == ("2020-21", dec("40"), True)
    assert (row["period_start"], row["period_end"]) == (day("2020-04-01"), day("2021-04-01"))
    assert row["as_at"] == day("2021-04-19")


def test_three_quarters_are_no_year() -> None:
    assert outturns(*QUARTERS[1:]) == []


def test_quarters_of_two_years_are_no_year() -> None:
    assert outturns(*QUARTERS[1:], actual("2021-22-Q1", "10")) == []


def test_quarters_that_overlap_are_never_added() -> None:
    assert outturns(*QUARTERS, method="None") == []


def test_a_corrected_quarter_gives_another_outturn_from_its_day() -> None:
    first = QUARTERS[3] | {"superseded_on": day("2021-06-01")}
    corrected = QUARTERS[3] | {"value": "12", "as_at": day("2021-06-01"), "edition": "corrected"}
    rows = outturns(*QUARTERS[:3], first, corrected)
    assert [(row["value"], row["as_at"], row["superseded_on"]) for row in rows] == [
        (dec("40"), day("2021-04-19"), day("2021-06-01")),
        (dec("42"), day("2021-06-01"), None),
    ]


def test_a_retracted_quarter_ends_the_outturn() -> None:
    [row] = outturns(*QUARTERS[:3], QUARTERS[3] | {"superseded_on": day("2021-06-01")})
    assert (row["value"], row["superseded_on"]) == (dec("40"), day("2021-06-01"))
