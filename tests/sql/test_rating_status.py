"""Red, amber and green: exact thresholds, both polarities, tolerances and targets of zero or below."""

import pytest

from tests.sql.harness import Row, dec
from tests.sql.rows import definition, rate, rated


def status(value: str, **defined: str) -> str:
    found: str = rate(definition(**defined), rated(value=value))["status"]
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("97", "G", id="on_target"),
        pytest.param("97.000001", "G", id="above_target"),
        pytest.param("96.999999", "A", id="just_below_target"),
        pytest.param("92.15", "A", id="exactly_on_threshold"),
        pytest.param("92.149999", "R", id="just_beyond_threshold"),
        pytest.param("0", "R", id="nothing_at_all"),
    ],
)
def test_high_polarity_against_97(value: str, expected: str) -> None:
    assert status(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("60", "G", id="on_target"),
        pytest.param("59.9", "G", id="better_than_target"),
        pytest.param("60.000001", "A", id="just_over_target"),
        pytest.param("63", "A", id="exactly_on_threshold"),
        pytest.param("63.000001", "R", id="just_beyond_threshold"),
    ],
)
def test_low_polarity_against_60(value: str, expected: str) -> None:
    assert status(value, polarity="low", target_value="60") == expected


@pytest.mark.parametrize(
    ("polarity", "value", "expected"),
    [
        pytest.param("high", "0", "G", id="high_met"),
        pytest.param("high", "0.000001", "G", id="high_exceeded"),
        pytest.param("high", "-0.000001", "R", id="high_missed"),
        pytest.param("low", "0", "G", id="low_met"),
        pytest.param("low", "0.000001", "R", id="low_missed"),
    ],
)
def test_target_zero_is_met_or_missed(polarity: str, value: str, expected: str) -> None:
    assert status(value, polarity=polarity, target_value="0") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("0", "G", id="met"),
        pytest.param("2", "A", id="exactly_within_tolerance"),
        pytest.param("2.000001", "R", id="beyond_tolerance"),
    ],
)
def test_target_zero_with_absolute_tolerance(value: str, expected: str) -> None:
    tolerance = {"tolerance_kind": "absolute", "tolerance_value": "2"}
    assert status(value, polarity="low", target_value="0", **tolerance) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("45", "G", id="met"),
        pytest.param("40", "A", id="exactly_five_points_below"),
        pytest.param("39.999999", "R", id="beyond_five_points"),
    ],
)
def test_tolerance_in_points(value: str, expected: str) -> None:
    assert status(value, target_value="45", tolerance_kind="absolute", tolerance_value="5") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("42.75", "A", id="exactly_five_per_cent_below"),
        pytest.param("41", "R", id="published_rating_of_41_against_45"),
    ],
)
def test_without_a_stated_tolerance_five_per_cent_are_relative(value: str, expected: str) -> None:
    assert status(value, target_value="45") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("95.06", "A", id="exactly_two_per_cent_below"),
        pytest.param("95.059999", "R", id="beyond_two_per_cent"),
    ],
)
def test_relative_tolerance_of_the_measures_own(value: str, expected: str) -> None:
    assert status(value, tolerance_value="2") == expected


@pytest.mark.parametrize(
    ("polarity", "value", "expected"),
    [
        pytest.param("high", "-10", "G", id="high_met"),
        pytest.param("high", "-10.5", "A", id="high_exactly_on_threshold"),
        pytest.param("high", "-10.500001", "R", id="high_beyond_threshold"),
        pytest.param("low", "-10.000001", "G", id="low_met"),
        pytest.param("low", "-9.5", "A", id="low_exactly_on_threshold"),
        pytest.param("low", "-9.499999", "R", id="low_beyond_threshold"),
    ],
)
def test_negative_target(polarity: str, value: str, expected: str) -> None:
    assert status(value, polarity=polarity, target_value="-10") == expected


@pytest.mark.parametrize(
    ("defined", "value", "expected"),
    [
        pytest.param({}, "92.15", "5.000000", id="high_below_target"),
        pytest.param({}, "98", "-1.030928", id="high_above_target"),
        pytest.param({}, "97", "0.000000", id="on_target"),
        pytest.param({"target_value": "45"}, "41", "8.888889", id="rounded_half_up"),
        pytest.param({"polarity": "low", "target_value": "20"}, "21", "5.000000", id="low_above_target"),
        pytest.param({"polarity": "low", "target_value": "20"}, "19", "-5.000000", id="low_below_target"),
        pytest.param({"target_value": "-10"}, "-10.5", "5.000000", id="negative_target"),
    ],
)
def test_shortfall_is_above_zero_where_the_target_is_missed(defined: Row, value: str, expected: str) -> None:
    assert rate(definition(**defined), rated(value=value))["shortfall_pct"] == dec(expected)


def test_shortfall_from_a_target_of_zero_has_no_percentage() -> None:
    row = rate(definition(polarity="low", target_value="0"), rated(value="1"))
    assert (row["status"], row["shortfall_pct"]) == ("R", None)


@pytest.mark.parametrize("kind", ["actual", "forecast", "provisional"])
def test_a_rating_says_what_it_rests_on(kind: str) -> None:
    assert rate(definition(), rated(value_kind=kind))["status_reason"] == kind


def test_a_year_to_date_rating_says_so() -> None:
    row = rate(definition(rated_on="Year to date"), rated(value_kind="interim", value_period="2021-22 to Q2"))
    assert (row["status"], row["status_reason"]) == ("A", "year_to_date")


def test_the_row_carries_the_figures_that_the_rating_rests_on() -> None:
    row = rate(definition(), rated())
    assert {name: row[name] for name in ("value", "value_period", "previous_value", "previous_period")} == {
        "value": dec("94"),
        "value_period": "2021-22 academic",
        "previous_value": dec("93"),
        "previous_period": "2020-21 academic",
    }
    assert (row["target_value"], row["override_status"], row["override_reason"]) == (dec("97"), None, None)
