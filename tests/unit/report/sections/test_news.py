"""What is new: what a status was and is, what was restated and by whom."""

from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.document.model import plain
from pipelines.report.sections.news import _changed, _earlier_quarter, _errata, _restated, _target, moves_table
from tests.unit.report.rows import cells, measure, not_rated, said


def test_what_has_moved_is_said_before_and_now() -> None:
    was = not_rated("IN.16", "no_target", trend=None, trend_reason="value_not_available")
    assert cells(moves_table([(was, measure())])) == [
        {
            "code": "IN.16",
            "name": "Pass rate",
            "status_before": "Not rated: no target set",
            "status": "■ Red",
            "trend_before": "No figure available",
            "trend": "➡ Stable",
        }
    ]


def test_errata_of_a_locked_quarter_are_said_with_who_approved_them() -> None:
    erratum = {"measure_code": "IN.16", "approved_on": date(2022, 1, 5), "role": "Chair"}
    blocks = list(_errata([erratum | {"reason": "Counted twice.", "changes": "value 94 (was 98)"}]))
    [line] = said(blocks)
    assert line == ("IN.16, restated on 5 January 2022: value 94 (was 98). Counted twice. (approved by the Chair)")
    assert list(_errata([])) == []


def test_a_restated_figure_stands_with_the_one_before_it_and_its_cell() -> None:
    row: dict[str, Any] = {
        "measure_code": "IN.6",
        "period_label": "2019-20",
        "unit": "per 1,000",
        "restated_on": date(2021, 7, 15),
    }
    row |= {
        "old_value": Decimal("67.1"),
        "new_value": None,
        "new_workbook": "C.xlsx",
        "new_sheet": "T",
        "new_cell": "B4",
    }
    assert plain(_restated(row)) == "IN.6, 2019-20: no figure, until 15 July 2021 67.1 (C.xlsx, sheet T, cell B4)"
    assert plain(_restated(row | {"new_workbook": None})).endswith("until 15 July 2021 67.1")


def test_a_report_of_an_earlier_quarter_that_would_say_something_else_now() -> None:
    row: dict[str, Any] = {"measure_code": "IN.16", "report_quarter": "2021-22-Q1", "restated_on": date(2021, 10, 15)}
    row |= {"status_before": "G", "status": "A", "trend_before": None, "trend": None}
    assert plain(_earlier_quarter(row)) == (
        "IN.16 in 2021-22-Q1: status ▲ Amber, reported as ● Green; known since 15 October 2021"
    )
    moved = plain(_earlier_quarter(row | {"status": "G", "trend": "worse"}))
    assert "trend ⬇ Getting worse, reported as none" in moved and "status" not in moved


def test_changed_measures_and_targets() -> None:
    assert plain(_changed({"change_kind": "redefined", "changed": "unit", "codes": "IN.2, IN.3"})) == (
        "Redefined, so that earlier figures cannot be compared (unit): IN.2, IN.3"
    )
    row: dict[str, Any] = {
        "measure_code": "IN.2",
        "period_label": "2022-23",
        "previous_period": "2021-22",
        "unit": "Number",
    }
    row |= {"previous_value": None, "previous_type": "to_be_confirmed", "target_value": Decimal(12), "change": "set"}
    assert plain(_target(row | {"target_type": "numeric"})) == (
        "IN.2, 2022-23: 12, before to be confirmed for 2021-22 (set)"
    )
