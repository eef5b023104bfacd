"""Figures, statuses and trends as cells: what is not an actual figure, or was put there by a person, is said."""

from decimal import Decimal
from typing import Any

import pytest

from pipelines.document.model import Cell
from pipelines.report.ratings import figure_cell, status_cell, trend_cell
from pipelines.report.wording import shown_status, status_words
from tests.unit.report.rows import measure, not_rated


def test_an_override_is_shown_with_the_computed_status_beside_it() -> None:
    row = measure(override_status="A", override_reason="agreed at <Scrutiny>")
    note = "put in the place of the computed status (■ Red): agreed at <Scrutiny>"
    assert status_cell(row) == Cell("▲ Amber", note, tone="A")
    assert shown_status(row) == "A"


def test_an_override_of_a_measure_without_a_rating_says_why_it_had_none() -> None:
    row = not_rated(reason="no_target", override_status="G", override_reason="agreed")
    note = "put in the place of the computed status (Not rated: no target set): agreed"
    assert status_cell(row) == Cell("● Green", note, tone="G")


def test_a_measure_without_a_rating_says_why_and_has_no_colour() -> None:
    assert status_cell(not_rated()) == Cell("Not rated: contextual")
    assert status_words(not_rated(reason="no_target")) == "Not rated: no target set"


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        pytest.param({}, "", id="nothing_to_say"),
        pytest.param({"status_reason": "year_to_date"}, "on the year to date", id="year_to_date"),
        pytest.param({"status_robust": False}, "would change within rounding", id="not_robust"),
        pytest.param({"reading_sensitive": True}, "would differ in percentage points", id="another_reading"),
    ],
)
def test_what_must_be_known_of_a_status_stands_below_it(changes: dict[str, Any], note: str) -> None:
    assert status_cell(measure(**changes)).note == note


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        pytest.param({}, Cell("➡ Stable"), id="stable"),
        pytest.param(
            {"trend": "better", "trend_reason": "projected year-end against previous", "trend_robust": False},
            Cell("⬆ Getting better", "projected year-end; would change within rounding"),
            id="projected",
        ),
        pytest.param({"trend": None, "trend_reason": "not_collected"}, Cell("Not collected"), id="none"),
        pytest.param(
            {"trend": None, "trend_reason": "polarity_not_given", "is_contextual": True},
            Cell("Changed; contextual, neither better nor worse"),
            id="contextual",
        ),
    ],
)
def test_trend(changes: dict[str, Any], cell: Cell) -> None:
    assert trend_cell(measure(**changes)) == cell


def test_a_forecast_is_said_to_be_one_and_set_in_italics() -> None:
    assert figure_cell(measure(), "", {}) == Cell("90%", "2021/22; forecast", emphasis=True)
    assert figure_cell(measure(value_kind="interim"), "", {}) == Cell("90%", "2021/22; interim")
    assert figure_cell(measure(value_kind="actual"), "", {}) == Cell("90%", "2021/22")


def test_an_earlier_figure_stands_with_its_fraction_and_its_answers() -> None:
    row = measure(
        before_value=Decimal(50), before_period="2020-21 academic", before_numerator=1200, before_denominator=2400
    )
    assert figure_cell(row, "before_", {}) == Cell("50%", "2020/21; 1,200 of 2,400")
    answers = {("IN.16", "2020-21 academic"): {"strongly_agree_pct": Decimal(33), "tend_to_agree_pct": Decimal("17.5")}}
    shown = figure_cell(row | {"before_denominator": None}, "before_", answers)
    assert shown.note == "2020/21; strongly agree 33%, tend to agree 17.5%"


def test_a_figure_that_is_missing_is_said_with_its_reason_and_never_nought() -> None:
    assert figure_cell(measure(value=None, trend_reason="not_collected"), "", {}) == Cell("Not collected")
    assert figure_cell(measure(), "before_that_", {}) == Cell("No figure")
    assert figure_cell(measure(value=Decimal(0), value_kind="actual"), "", {}).words == "0%"
