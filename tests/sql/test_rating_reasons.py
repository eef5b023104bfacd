"""Why a measure is not rated: each reason, and which of two comes first."""

import pytest

from tests.sql.harness import Row
from tests.sql.rows import definition, rate, rated

NOT_COLLECTED: Row = {"value": None, "availability": "not_collected"}

REASONS: list[tuple[str, Row, Row]] = [
    ("contextual", {"is_contextual": True}, {}),
    ("no_target", {"target_type": "none", "target_value": None}, {}),
    ("target_to_be_confirmed", {"target_type": "to_be_confirmed", "target_value": None}, {}),
    ("maximise", {"target_type": "maximise", "target_value": None}, {}),
    ("minimise", {"target_type": "minimise", "target_value": None}, {}),
    ("polarity_not_given", {"polarity": "none"}, {}),
    ("not_collected", {}, NOT_COLLECTED),
    ("value_not_available", {}, {"value": None, "availability": "not_available"}),
]
"""What makes each reason apply, in the order of precedence."""

BOTH_CAN_APPLY = [
    (first, later)
    for index, first in enumerate(REASONS)
    for later in REASONS[index + 1 :]
    if not (first[1].keys() & later[1].keys() or first[2].keys() & later[2].keys())
]


def says_nothing_but(row: Row, reason: str) -> bool:
    said = (row["status"], row["status_reason"], row["shortfall_pct"], row["status_robust"], row["reading_sensitive"])
    return said == (None, reason, None, None, None)


@pytest.mark.parametrize(("reason", "defined", "value"), REASONS, ids=[case[0] for case in REASONS])
def test_no_status_has_its_own_reason(reason: str, defined: Row, value: Row) -> None:
    assert says_nothing_but(rate(definition(**defined), rated(**value)), reason)


@pytest.mark.parametrize(
    ("first", "later"), BOTH_CAN_APPLY, ids=[f"{first[0]}_before_{later[0]}" for first, later in BOTH_CAN_APPLY]
)
def test_the_first_reason_that_applies_is_given(first: tuple[str, Row, Row], later: tuple[str, Row, Row]) -> None:
    row = rate(definition(**later[1], **first[1]), rated(**later[2], **first[2]))
    assert says_nothing_but(row, first[0])


@pytest.mark.parametrize(
    ("availability", "reason"),
    [
        ("suppressed", "value_not_available"),
        ("not_available", "value_not_available"),
        ("not_collected", "not_collected"),
    ],
)
def test_a_value_that_is_withheld(availability: str, reason: str) -> None:
    assert says_nothing_but(rate(definition(), rated(value=None, availability=availability)), reason)


def test_a_measure_of_which_nothing_is_known() -> None:
    row = rate(definition(), None)
    assert says_nothing_but(row, "value_not_available")
    assert (row["value"], row["trend"], row["trend_reason"]) == (None, None, "value_not_available")


def test_a_contextual_measure_still_has_a_trend() -> None:
    row = rate(definition(is_contextual=True), rated(value="95", previous_value="93"))
    assert (row["status"], row["trend"]) == (None, "better")
