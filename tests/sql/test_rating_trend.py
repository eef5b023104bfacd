"""Direction of travel: stable within 1% inclusive and tested first, better and worse by polarity, reasons."""

import pytest

from tests.sql.harness import Row, dec
from tests.sql.rows import definition, rate, rated


def trend(polarity: str, value: str, previous: str | None) -> Row:
    return rate(definition(polarity=polarity), rated(value=value, previous_value=previous))


@pytest.mark.parametrize(
    ("polarity", "value", "expected"),
    [
        pytest.param("high", "100", "stable", id="unchanged"),
        pytest.param("high", "101", "stable", id="exactly_one_per_cent_up"),
        pytest.param("high", "99", "stable", id="exactly_one_per_cent_down"),
        pytest.param("low", "101", "stable", id="exactly_one_per_cent_up_low"),
        pytest.param("low", "99", "stable", id="exactly_one_per_cent_down_low"),
        pytest.param("high", "101.000001", "better", id="just_beyond_up"),
        pytest.param("high", "98.999999", "worse", id="just_beyond_down"),
        pytest.param("low", "101.000001", "worse", id="just_beyond_up_low"),
        pytest.param("low", "98.999999", "better", id="just_beyond_down_low"),
        pytest.param("none", "101", "stable", id="no_polarity_exactly_one_per_cent"),
    ],
)
def test_against_a_previous_100(polarity: str, value: str, expected: str) -> None:
    assert trend(polarity, value, "100")["trend"] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("-99", "stable", id="exactly_one_per_cent_up"),
        pytest.param("-98.999999", "better", id="just_beyond_up"),
        pytest.param("-101.000001", "worse", id="just_beyond_down"),
    ],
)
def test_against_a_negative_previous_value(value: str, expected: str) -> None:
    assert trend("high", value, "-100")["trend"] == expected


def test_one_per_cent_is_relative_not_a_point() -> None:
    assert trend("high", "10.5", "10")["trend"] == "better"


@pytest.mark.parametrize("value", ["101.000001", "98.999999"])
def test_without_polarity_a_change_is_neither_better_nor_worse(value: str) -> None:
    row = trend("none", value, "100")
    assert (row["trend"], row["trend_reason"], row["trend_robust"]) == (None, "polarity_not_given", None)


def test_without_polarity_the_change_is_still_shown() -> None:
    assert trend("none", "102", "100")["change_pct"] == dec("2")


@pytest.mark.parametrize(
    ("value", "previous", "reason"),
    [
        pytest.param("94", None, "previous_not_available", id="previous_missing"),
        pytest.param("94", "0", "previous_zero", id="previous_zero"),
        pytest.param("0", "0", "previous_zero", id="both_zero"),
    ],
)
def test_nothing_to_compare_with(value: str, previous: str | None, reason: str) -> None:
    row = trend("high", value, previous)
    said = (row["trend"], row["trend_reason"], row["change_pct"], row["trend_robust"])
    assert said == (None, reason, None, None)


def test_nothing_to_compare() -> None:
    row = rate(definition(), rated(value=None, availability="not_available", previous_value="93"))
    assert (row["trend"], row["change_pct"]) == (None, None)
    assert row["trend_reason"] == "not_available"


@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        pytest.param("94", "93.185079", "0.874519", id="up"),
        pytest.param("90", "100", "-10.000000", id="down"),
        pytest.param("-90", "-100", "10.000000", id="up_from_a_negative"),
    ],
)
def test_change_is_a_percentage_of_the_previous_value(value: str, previous: str, expected: str) -> None:
    assert trend("high", value, previous)["change_pct"] == dec(expected)


@pytest.mark.parametrize("basis", ["forecast year-end", "actual year-end", "projected year-end", "latest"])
def test_the_trend_says_what_it_compares(basis: str) -> None:
    row = rate(definition(), rated(trend_basis=basis))
    assert row["trend_reason"].startswith(basis)


def test_the_trend_takes_the_year_end_while_the_year_to_date_is_rated() -> None:
    row = rate(
        definition(target_value="20"), rated(value="25", value_kind="interim", trend_value="50", previous_value="48")
    )
    assert (row["status"], row["trend"], row["change_pct"]) == ("G", "better", dec("4.166667"))
