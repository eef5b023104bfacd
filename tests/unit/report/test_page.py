"""The report's page: what a person has decided or written stands beside what was computed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.report.contents import Contents
from pipelines.report.page import report_page

QUARTER = {
    "report_year": "2021-22",
    "quarter_number": 2,
    "quarter_start": date(2021, 7, 1),
    "quarter_end": date(2021, 10, 1),
    "cut_off": date(2021, 11, 12),
}


def measure(code: str = "IN.16", **changes: Any) -> dict[str, Any]:
    names = ("note", "commentary", "override_status", "override_reason")
    before = ("before_value", "before_period", "before_that_value", "before_that_period")
    row = dict.fromkeys((*names, *before)) | {"measure_code": code, "measure_name": "Pass rate", "polarity": "high"}
    flags = {"headline": False, "is_contextual": False, "status_robust": True, "trend_robust": True}
    figures = {"value": Decimal(94), "value_kind": "forecast", "value_period": "2021-22 academic", "unit": "%"}
    target = {
        "year_type": "academic",
        "target_type": "numeric",
        "target_value": Decimal(97),
        "reading_sensitive": False,
    }
    rating = {"status": "R", "status_reason": "forecast", "trend": "stable", "trend_reason": "forecast year-end"}
    return row | flags | figures | target | rating | changes


def contents(*measures: dict[str, Any]) -> Contents:
    return Contents(QUARTER, [("1. Skills", list(measures))], {}, [], [], [], [], [], [], date(2021, 11, 15))


def test_an_override_is_shown_and_counted_with_the_computed_status_beside_it() -> None:
    page = report_page(contents(measure(override_status="A", override_reason="agreed at <Scrutiny>")))
    assert "▲ Amber<small>put in the place of the computed status (■ Red): agreed at &lt;Scrutiny&gt;</small>" in page
    assert "<li>▲ Amber: <strong>1</strong></li>" in page and "<li>■ Red: <strong>0</strong></li>" in page


def test_an_override_of_a_measure_without_a_rating_says_why_it_had_none() -> None:
    changes: dict[str, Any] = {
        "status": None,
        "status_reason": "no_target",
        "override_status": "G",
        "override_reason": "agreed",
    }
    page = report_page(contents(measure(**changes)))
    assert "● Green<small>put in the place of the computed status (Not rated: no target set): agreed" in page
    assert "<li>Not rated: <strong>0</strong></li>" in page


def test_commentary_stands_once_for_all_measures_that_it_is_about() -> None:
    page = report_page(contents(measure(commentary="Low & late.\nMore."), measure("IN.17", commentary="Low & late.")))
    assert "<li><strong>IN.16, IN.17</strong>: Low &amp; late.</li><li><strong>IN.16</strong>: More.</li>" in page
    assert "Commentary" not in report_page(contents(measure()))


def test_who_signed_and_what_was_restated_is_said() -> None:
    who = {"decided_on": date(2021, 12, 9), "decided_by": "C. Member", "role": "Chair"}
    erratum = {"measure_code": "IN.16", "approved_on": date(2022, 1, 5), "approved_by": "C. Member", "role": "Chair"}
    erratum |= {"reason": "Counted twice.", "changes": "value 94 (was 98)"}
    page = report_page(
        replace(contents(measure()), signatures=[who | {"action": "sign_off", "errata_since": 1}], errata=[erratum])
    )
    assert "<p>Signed off on 9 December 2021 by the Chair (restated since).</p>" in page
    assert "<li>IN.16, restated on 5 January 2022: value 94 (was 98). Counted twice. (approved by the Chair" in page
    assert "C. Member" not in page
    assert "estated" not in report_page(contents(measure()))


def test_a_finding_without_a_cell_is_said_as_far_as_it_has_a_place() -> None:
    said = {"subject": "IN.16", "explanation": "No commentary.", "workbook": "C.xlsx", "sheet": "S", "cell": None}
    page = report_page(replace(contents(measure()), findings=[said, said | {"workbook": None, "sheet": None}]))
    assert "<li>IN.16: No commentary. (C.xlsx, sheet S)</li><li>IN.16: No commentary.</li>" in page
