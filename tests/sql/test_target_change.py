"""What changed in the targets, and from when a changed one is rated against."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.rows import quarter, rated, years


def target(as_at: str, value: str | None, first: int = 2021, **changes: Any) -> Row:
    row = {
        "measure_code": "IN.3",
        "period_label": years(first),
        "period_start": day(f"{first}-04-01"),
        "target_type": "numeric",
        "target_value": value,
        "tolerance_value": "5",
        "tolerance_kind": "relative",
        "approved_on": day(as_at),
        "as_at": day(as_at),
        "cell": "L11",
    }
    return row | changes


JUNE, NOVEMBER = "2021-06-29", "2021-11-20"


def changes(*targets: Row, polarity: str = "high") -> list[Row]:
    measure = {"measure_code": "IN.3", "polarity": polarity, "category": "Council"}
    return run("marts.target_change", {"marts.target": targets, "marts.measure": [measure]})


def change(*targets: Row, polarity: str = "high") -> Row:
    [row] = changes(*targets, polarity=polarity)
    return row


@pytest.mark.parametrize(
    ("polarity", "value", "expected"),
    [
        pytest.param("high", "120", "tightened", id="more_of_what_is_good"),
        pytest.param("high", "80", "loosened", id="less_of_what_is_good"),
        pytest.param("low", "120", "loosened", id="more_of_what_is_bad"),
        pytest.param("low", "80", "tightened", id="less_of_what_is_bad"),
        pytest.param("none", "80", "polarity not given", id="nobody_says_what_is_good"),
    ],
)
def test_a_target_that_is_changed_during_the_year(polarity: str, value: str, expected: str) -> None:
    row = change(target(JUNE, "100"), target(NOVEMBER, value), polarity=polarity)
    assert (row["change"], row["is_during_year"], row["changed_on"]) == (expected, True, day(NOVEMBER))
    assert (row["previous_value"], row["target_value"]) == (dec("100"), dec(value))
    assert (row["difference"], row["difference_pct"]) == (dec(value) - 100, dec(value) - 100)
    assert (row["previous_approved_on"], row["approved_on"]) == (day(JUNE), day(NOVEMBER))


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        ({"tolerance_value": "10"}, "loosened"),
        ({"tolerance_value": "2"}, "tightened"),
        ({"tolerance_kind": "absolute"}, "other tolerance"),
    ],
)
def test_a_tolerance_that_is_changed_during_the_year(tolerance: Row, expected: str) -> None:
    row = change(target(JUNE, "100"), target(NOVEMBER, "100", **tolerance))
    assert (row["change"], row["difference"]) == (expected, dec("0"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("to_be_confirmed", "numeric", "set"),
        ("numeric", "to_be_confirmed", "dropped"),
        ("none", "maximise", "other kind"),
    ],
)
def test_a_target_of_another_kind(before: str, after: str, expected: str) -> None:
    rows = [
        target(as_at, "100" if kind == "numeric" else None, target_type=kind)
        for as_at, kind in ((JUNE, before), (NOVEMBER, after))
    ]
    row = change(*rows)
    assert (row["change"], row["previous_type"], row["target_type"]) == (expected, before, after)
    assert (row["difference"], row["difference_pct"]) == (None, None)


def test_an_edition_that_changes_something_else_is_no_change() -> None:
    assert changes(target(JUNE, "100"), target(NOVEMBER, "100", cell="L12")) == []


def test_each_change_is_from_the_target_before_it() -> None:
    rows = changes(target(JUNE, "100"), target("2021-09-01", "100"), target(NOVEMBER, "90"), target("2022-01-05", "95"))
    assert [(row["previous_value"], row["target_value"], row["change"]) for row in rows] == [
        (dec("100"), dec("90"), "loosened"),
        (dec("90"), dec("95"), "tightened"),
    ]


def test_from_one_year_to_the_next() -> None:
    row = change(target(JUNE, "100"), target("2022-06-28", "0", first=2022), polarity="low")
    assert (row["previous_period"], row["period_label"], row["is_during_year"]) == ("2021-22", "2022-23", False)
    assert (row["change"], row["difference_pct"]) == ("tightened", dec("-100"))


def test_a_change_from_zero_has_no_percentage() -> None:
    assert change(target(JUNE, "0"), target(NOVEMBER, "10"))["difference_pct"] is None


@pytest.mark.parametrize(
    ("cut_off", "target_value", "status"),
    [
        pytest.param("2021-11-12", dec("100"), "G", id="the_cut_off_before_it"),
        pytest.param("2021-11-19", dec("100"), "G", id="the_day_before"),
        pytest.param("2021-11-20", dec("120"), "R", id="the_very_day"),
        pytest.param("2022-02-12", dec("120"), "R", id="the_cut_off_after_it"),
    ],
)
def test_a_changed_target_is_rated_against_from_its_day_on(cut_off: str, target_value: object, status: str) -> None:
    agreement: Row = {
        "measure_code": "IN.3",
        "polarity": "high",
        "is_contextual": False,
        "unit": "£",
        "year_type": "financial",
        "agreement_start": day("2021-04-01"),
    }
    targets = [target(JUNE, "100", superseded_on=day(NOVEMBER)), target(NOVEMBER, "120")]
    given = {
        "marts.reporting_quarter": [quarter(known_by=day(cut_off))],
        "staging.portfolio_agreement_measure": [
            agreement
            | {"as_at": row["as_at"], "superseded_on": row.get("superseded_on"), "workbook_sha256": f"{index}"}
            for index, row in enumerate(targets)
        ],
        "marts.target": targets,
        "marts.rated_value": [rated(measure_code="IN.3", value="100")],
    }
    row = run_one("marts.measure_status", given)
    assert (row["target_value"], row["status"]) == (target_value, status)
