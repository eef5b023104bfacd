"""What a reporting quarter knew of each period: by its cut-off, actual before forecast, the edition that counted."""

from typing import Any

import pytest

from tests.sql.harness import Row, dec, run
from tests.sql.rows import GREATER_MANCHESTER, STOCKPORT, known, quarter

AREAS = [
    {"area_code": STOCKPORT, "area_name": "Stockport", "is_authority": True},
    {"area_code": GREATER_MANCHESTER, "area_name": "Greater Manchester", "is_authority": False},
]


def observed(value: str | None, as_at: str, **changes: Any) -> Row:
    row = known("2020-21 academic", value, as_at=as_at, area_code=STOCKPORT, component="total", edition=f"of {as_at}")
    del row["report_quarter"]
    return row | changes


def knows(*observations: Row, known_by: str = "2021-11-12") -> list[Row]:
    return run(
        "marts.known_observation",
        {
            "marts.reporting_quarter": [quarter(known_by=known_by)],
            "marts.area": AREAS,
            "marts.observation": observations,
        },
    )


def values(*observations: Row, known_by: str = "2021-11-12") -> list[Any]:
    return [row["value"] for row in knows(*observations, known_by=known_by)]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param("2021-11-11", [dec("93")], id="the_day_before"),
        pytest.param("2021-11-12", [dec("93")], id="the_day_of_the_cut_off_counts"),
        pytest.param("2021-11-13", [], id="the_day_after_does_not"),
    ],
)
def test_received_about_the_cut_off(received: str, expected: list[Any]) -> None:
    assert values(observed("93", received)) == expected


@pytest.mark.parametrize("kind", ["forecast", "interim", "provisional"])
def test_an_actual_comes_before_any_other_kind(kind: str) -> None:
    later = observed("95", "2021-10-22", value_kind=kind)
    [row] = knows(observed("93", "2021-10-15"), later)
    assert (row["value"], row["value_kind"]) == (dec("93"), "actual")


def test_a_forecast_counts_while_there_is_no_actual() -> None:
    [row] = knows(observed("95", "2021-10-22", value_kind="forecast"), observed("93", "2021-11-13"))
    assert (row["value"], row["value_kind"]) == (dec("95"), "forecast")


def test_of_one_kind_the_latest_counts() -> None:
    assert values(observed("93", "2021-08-01"), observed("94", "2021-10-15"), observed("92", "2021-05-01")) == [
        dec("94")
    ]


@pytest.mark.parametrize(
    ("known_by", "expected"),
    [
        pytest.param("2021-10-31", "93", id="the_day_before_the_correction"),
        pytest.param("2021-11-01", "94", id="the_day_of_the_correction"),
        pytest.param("2021-11-02", "94", id="the_day_after_the_correction"),
    ],
)
def test_a_corrected_edition_counts_from_its_day(known_by: str, expected: str) -> None:
    first = observed("93", "2021-10-15", superseded_on="2021-11-01")
    assert values(first, observed("94", "2021-11-01"), known_by=known_by) == [dec(expected)]


@pytest.mark.parametrize(
    ("superseded_on", "expected"),
    [
        pytest.param("2021-11-11", [], id="the_day_before_the_cut_off"),
        pytest.param("2021-11-12", [], id="the_day_of_the_cut_off"),
        pytest.param("2021-11-13", [dec("93")], id="the_day_after_the_cut_off"),
    ],
)
def test_a_superseded_edition_is_gone_though_nothing_follows(superseded_on: str, expected: list[Any]) -> None:
    assert values(observed("93", "2021-10-15", superseded_on=superseded_on)) == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param("2021-10", [dec("1672")], id="dated_before_the_cut_off"),
        pytest.param("2021-12", [], id="dated_after_the_cut_off"),
    ],
)
def test_a_snapshot_counts_if_dated_by_the_cut_off(month: str, expected: list[Any]) -> None:
    snapshot = known(month, "1672", as_at="2021-12-20", area_code=STOCKPORT, component="total", edition="later")
    del snapshot["report_quarter"]
    assert values(snapshot, known_by="2021-12-31") == expected


@pytest.mark.parametrize(
    "other", [{"area_code": GREATER_MANCHESTER}, {"component": "strongly agree"}], ids=["another_area", "a_component"]
)
def test_only_the_authoritys_total_is_rated(other: Row) -> None:
    assert values(observed("93", "2021-10-15", **other)) == []


def test_what_is_not_available_is_known_too() -> None:
    [row] = knows(observed(None, "2021-10-15"))
    assert (row["value"], row["availability"]) == (None, "not_available")


def test_each_quarter_knows_its_own() -> None:
    quarters = [quarter("2021-22-Q1"), quarter("2021-22-Q2")]
    observations = [observed("92", "2021-08-01", superseded_on="2021-10-15"), observed("93", "2021-10-15")]
    given = {"marts.reporting_quarter": quarters, "marts.area": AREAS, "marts.observation": observations}
    found = {row["report_quarter"]: row["value"] for row in run("marts.known_observation", given)}
    assert found == {"2021-22-Q1": dec("92"), "2021-22-Q2": dec("93")}


@pytest.mark.parametrize("availability", ["not_available", "not_collected", "suppressed"])
def test_a_forecast_counts_while_the_actual_has_no_value(availability: str) -> None:
    actual = observed(None, "2021-10-22", availability=availability)
    assert values(actual, observed("94", "2021-10-15", value_kind="forecast")) == [dec("94")]
