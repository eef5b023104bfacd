"""Definitions apply to earlier quarters too, targets do not; a corrected agreement counts from its day."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.rows import quarter, years


def agreed(first: int, as_at: str, **changes: Any) -> Row:
    row = {
        "measure_code": "IN.2",
        "measure_name": f"Events, as agreed for {years(first)}",
        "priority": "1. Sector",
        "polarity": "high",
        "is_contextual": False,
        "unit": "Number",
        "year_type": "financial",
        "target_type": "numeric",
        "target_value": "10",
        "tolerance_value": "5",
        "tolerance_kind": "relative",
        "rated_on": "Year to date",
        "forecast_method": "Straight line",
        "approved_on": day(f"{first}-06-15"),
        "agreement_year": years(first),
        "agreement_start": day(f"{first}-04-01"),
        "as_at": day(as_at),
        "workbook": f"Portfolio Agreement {years(first)}.xlsx",
        "workbook_sha256": f"{first} of {as_at}",
    }
    return row | changes


def definitions(label: str, *agreement: Row) -> list[Row]:
    given: dict[str, Sequence[Row]] = {"marts.reporting_quarter": [quarter(label)]}
    return run("marts.rating_definition", {**given, "staging.portfolio_agreement_measure": agreement})


def definition_of(label: str, *agreement: Row) -> Row:
    [row] = definitions(label, *agreement)
    return row


FIRST, NEXT = agreed(2021, "2021-06-29"), agreed(2022, "2022-06-28", target_value="12", polarity="low")


def test_a_quarter_of_the_agreements_year_has_its_target() -> None:
    row = definition_of("2021-22-Q2", FIRST)
    assert (row["target_type"], row["target_value"], row["polarity"]) == ("numeric", dec("10"), "high")
    assert (row["tolerance_value"], row["tolerance_kind"]) == (dec("5"), "relative")


@pytest.mark.parametrize("label", ["2020-21-Q4", "2019-20-Q2"])
def test_an_earlier_quarter_has_the_definition_and_no_target(label: str) -> None:
    row = definition_of(label, FIRST)
    assert (row["polarity"], row["unit"], row["rated_on"]) == ("high", "Number", "Year to date")
    assert (row["target_type"], row["target_value"]) == ("none", None)


def test_a_later_quarter_keeps_the_definition_and_has_no_target_of_its_own() -> None:
    row = definition_of("2022-23-Q1", FIRST)
    assert (row["measure_name"], row["target_type"]) == ("Events, as agreed for 2021-22", "none")


@pytest.mark.parametrize(
    ("label", "polarity", "target"),
    [("2021-22-Q4", "high", "10"), ("2022-23-Q1", "low", "12"), ("2022-23-Q4", "low", "12")],
)
def test_each_year_has_its_own_agreement(label: str, polarity: str, target: str) -> None:
    row = definition_of(label, FIRST, NEXT)
    assert (row["polarity"], row["target_value"]) == (polarity, dec(target))


def test_the_agreement_in_force_counts_though_the_next_begins_sooner_after() -> None:
    early = agreed(2024, "2024-05-01", polarity="low")
    assert definition_of("2023-24-Q4", FIRST, early)["polarity"] == "high"


def test_quarters_before_all_agreements_take_the_first_there_was() -> None:
    assert definition_of("2020-21-Q2", FIRST, NEXT)["polarity"] == "high"


@pytest.mark.parametrize(
    ("known_by", "target", "polarity"),
    [
        pytest.param("2021-10-31", "10", "high", id="the_day_before"),
        pytest.param("2021-11-01", "11", "low", id="its_day"),
        pytest.param("2021-11-12", "11", "low", id="the_cut_off"),
    ],
)
def test_a_corrected_agreement_counts_from_its_day(known_by: str, target: str, polarity: str) -> None:
    superseded = FIRST | {"superseded_on": day("2021-11-01")}
    corrected = agreed(2021, "2021-11-01", target_value="11", polarity="low")
    given = {"marts.reporting_quarter": [quarter(known_by=day(known_by))]}
    row = run_one("marts.rating_definition", {**given, "staging.portfolio_agreement_measure": [superseded, corrected]})
    assert (row["target_value"], row["polarity"]) == (dec(target), polarity)


@pytest.mark.parametrize(
    ("received", "target_type"),
    [pytest.param("2021-11-12", "numeric", id="by_the_cut_off"), pytest.param("2021-11-13", "none", id="after_it")],
)
def test_a_target_must_be_known_by_the_cut_off(received: str, target_type: str) -> None:
    assert definition_of("2021-22-Q2", agreed(2021, received))["target_type"] == target_type


@pytest.mark.parametrize(
    ("label", "target_type"),
    [
        pytest.param("2021-22-Q1", "none", id="still_the_year_before"),
        pytest.param("2021-22-Q2", "numeric", id="its_year"),
    ],
)
def test_an_academic_target_is_for_the_academic_year(label: str, target_type: str) -> None:
    assert definition_of(label, FIRST | {"year_type": "academic"})["target_type"] == target_type


@pytest.mark.parametrize("target_type", ["maximise", "minimise", "to_be_confirmed", "none"])
def test_other_kinds_of_target_are_kept(target_type: str) -> None:
    row = definition_of("2021-22-Q2", FIRST | {"target_type": target_type, "target_value": None})
    assert (row["target_type"], row["target_value"]) == (target_type, None)


def test_a_tolerance_of_its_own_is_kept() -> None:
    row = definition_of("2021-22-Q2", FIRST | {"tolerance_value": "2", "tolerance_kind": "absolute"})
    assert (row["tolerance_value"], row["tolerance_kind"]) == (dec("2"), "absolute")


def test_each_measure_of_the_agreement_is_defined_once() -> None:
    measures = [FIRST | {"measure_code": code} for code in ("IN.2", "IN.3", "IN.N1")]
    later = [NEXT | {"measure_code": code} for code in ("IN.2", "IN.3")]
    assert [row["measure_code"] for row in definitions("2021-22-Q2", *measures, *later)] == ["IN.2", "IN.3", "IN.N1"]
