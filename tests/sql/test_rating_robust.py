"""Would the rating be the same for every value that rounds to the printed one, and for the other reading of 5%?"""

import pytest

from tests.sql.harness import Row
from tests.sql.rows import definition, rate, rated

LOW = {"polarity": "low", "target_value": "92.15"}
COUNT = {"unit": "Number", "target_value": "100"}


@pytest.mark.parametrize(
    ("defined", "value", "status", "robust"),
    [
        pytest.param({}, "92.2", "A", True, id="printed_92.2_begins_exactly_on_threshold"),
        pytest.param({}, "92.1", "R", True, id="printed_92.1_ends_just_below_threshold"),
        pytest.param({}, "92", "R", False, id="printed_92_spans_threshold"),
        pytest.param({}, "97", "G", False, id="printed_97_spans_target"),
        pytest.param({}, "97.1", "G", True, id="printed_97.1_is_above_target"),
        pytest.param({"target_value": "92.25"}, "92.2", "A", True, id="upper_end_is_not_in_the_interval"),
        pytest.param({"target_value": "92.249999"}, "92.2", "A", False, id="last_value_of_the_interval_meets"),
        pytest.param(LOW, "92.2", "A", False, id="low_lower_end_meets"),
        pytest.param(LOW | {"target_value": "92.149999"}, "92.2", "A", True, id="low_lower_end_misses"),
        pytest.param(COUNT, "96", "A", True, id="whole_number_within_amber"),
        pytest.param(COUNT, "95", "A", False, id="whole_number_spans_threshold"),
        pytest.param(
            {"unit": "per 1,000", "target_value": "7.245"}, "7.25", "G", True, id="two_decimals_begin_on_target"
        ),
        pytest.param({"unit": "per 1,000", "target_value": "7.246"}, "7.25", "G", False, id="two_decimals_span_target"),
    ],
)
def test_status_robust(defined: Row, value: str, status: str, robust: bool) -> None:
    row = rate(definition(**defined), rated(value=value))
    assert (row["status"], row["status_robust"]) == (status, robust)


@pytest.mark.parametrize(
    ("unit", "value", "previous", "trend", "robust"),
    [
        pytest.param("%", "101.5", "100.1", "better", True, id="beyond_one_per_cent_at_all_ends"),
        pytest.param("%", "101.5", "100", "better", False, id="stable_at_one_end"),
        pytest.param("%", "78", "78", "stable", False, id="whole_per_cents_may_hide_a_change"),
        pytest.param("Number", "1672", "1672", "stable", True, id="large_whole_numbers"),
        pytest.param("Number", "90", "100", "worse", True, id="clearly_worse"),
    ],
)
def test_trend_robust(unit: str, value: str, previous: str, trend: str, robust: bool) -> None:
    row = rate(definition(unit=unit), rated(value=value, previous_value=previous))
    assert (row["trend"], row["trend_robust"]) == (trend, robust)


@pytest.mark.parametrize(
    ("target", "value", "sensitive"),
    [
        pytest.param("45", "41", True, id="red_against_amber_41_of_45"),
        pytest.param("120", "114", True, id="amber_against_red_above_100"),
        pytest.param("97", "92", True, id="exactly_five_points"),
        pytest.param("97", "92.15", False, id="exactly_five_per_cent"),
        pytest.param("97", "91.999999", False, id="red_either_way"),
        pytest.param("97", "97", False, id="green_either_way"),
    ],
)
def test_reading_sensitive(target: str, value: str, sensitive: bool) -> None:
    assert rate(definition(target_value=target), rated(value=value))["reading_sensitive"] is sensitive


@pytest.mark.parametrize("unit", ["Number", "£", "per 1,000"])
def test_reading_is_said_of_percentages_only(unit: str) -> None:
    row = rate(definition(unit=unit, target_value="45"), rated(value="41"))
    assert (row["status"], row["reading_sensitive"]) == ("R", None)


def test_reading_is_said_of_ratings_only() -> None:
    row = rate(definition(target_type="to_be_confirmed", target_value=None), rated(value="41"))
    assert (row["status"], row["reading_sensitive"]) == (None, None)


@pytest.mark.parametrize(
    ("target", "value", "rating"),
    [
        pytest.param("97", "92.18", "A", id="all_of_92.15_to_92.249999_is_amber"),
        pytest.param("92.25", "92.28", "G", id="all_of_92.25_to_92.349999_is_green"),
    ],
)
def test_robust_for_every_value_that_rounds_to_the_printed_one(target: str, value: str, rating: str) -> None:
    row = rate(definition(target_value=target), rated(value=value))
    assert (row["status"], row["status_robust"]) == (rating, True)


def test_not_robust_when_a_value_that_prints_alike_rates_otherwise() -> None:
    row = rate(definition(target_value="92.155"), rated(value="92.24", value_kind="actual"))
    assert (row["status"], row["status_robust"]) == ("G", False)


def test_a_tolerance_of_two_per_cent_is_read_as_two_points() -> None:
    row = rate(definition(tolerance_value="2"), rated(value="95"))
    assert (row["status"], row["reading_sensitive"]) == ("R", True)
