"""Each check of the warehouse says nothing of clean rows and finds what is planted."""

from typing import Any

import pytest

from pipelines.warehouse.checks import read_checks
from tests.sql.harness import SQL, Row, check, day
from tests.sql.rows import STOCKPORT, definition, rated

Tables = dict[str, list[Row]]


def observation(**changes: Any) -> Row:
    row = {
        "measure_code": "IN.16",
        "area_code": STOCKPORT,
        "period_label": "2020-21 academic",
        "component": "total",
        "value_kind": "actual",
        "edition": "first",
        "value": "66.666667",
        "origin_id": "rate",
    }
    return row | changes


def origin(role: str, amount: str, **changes: Any) -> Row:
    factor = "100" if role == "numerator" else "1"
    return {"origin_id": "rate", "role": role, "amount": amount, "factor": factor, "cell": role} | changes


def clean() -> Tables:
    return {
        "marts.observation": [
            observation(),
            observation(period_label="2019-20 academic", value=None, origin_id="none"),
        ],
        "marts.observation_origin": [origin("numerator", "64"), origin("denominator", "96")],
        "marts.measure": [{"measure_code": "IN.16"}],
        "marts.area": [{"area_code": STOCKPORT}],
        "marts.rating_definition": [definition(), definition(measure_code="IN.17")],
        "marts.measure_status": [status(value_kind="forecast"), status(measure_code="IN.17")],
        "marts.rated_value": [rated()],
        "marts.forecast": [forecast(), forecast(measure_code="IN.17", **UNMADE)],
        "marts.forecast_input": [forecast_input("25"), forecast_input("22")],
        "marts.reconciliation_finding": [],
        "audit.workbook": [workbook(), workbook(outcome="quarantined", reason="bad", rows_loaded=0, rows_rejected=5)],
    }


def status(**changes: Any) -> Row:
    row = {
        "report_quarter": "2021-22-Q2",
        "measure_code": "IN.16",
        "value": "94",
        "target_value": "97",
        "previous_value": "93",
        "status": "A",
        "status_reason": "forecast",
        "trend": "better",
        "trend_reason": "forecast year-end against previous",
    }
    return row | changes


UNRATED: Row = {
    "value": None,
    "status": None,
    "trend": None,
    "status_reason": "no_target",
    "trend_reason": "not_available",
}


def forecast(**changes: Any) -> Row:
    row = {
        "report_quarter": "2021-22-Q2",
        "measure_code": "IN.16",
        "method": "Straight line",
        "forecast_value": "94",
        "scaled_by": 4,
        "inputs_needed": 2,
    }
    return row | changes


UNMADE: Row = {"forecast_value": None, "no_forecast_reason": "inputs_incomplete"}


def forecast_input(value: str) -> Row:
    return {"report_quarter": "2021-22-Q2", "measure_code": "IN.16", "value": value}


def workbook(**changes: Any) -> Row:
    row = {
        "source": "dwp_grants",
        "workbook": "grants.xlsx",
        "as_at": day("2021-10-15"),
        "outcome": "loaded",
        "rows_read": 7,
        "rows_loaded": 5,
        "rows_rejected": 0,
        "rows_set_aside": 2,
        "needs_action": False,
    }
    return row | changes


PLANTED: list[tuple[str, str, str, list[Row]]] = [
    ("figures_overdue", "a_measure", "marts.overdue", [{"measure_code": "IN.16", "state": "late"}]),
    ("figures_overdue", "a_source", "marts.source_freshness", [{"source": "x", "is_now": True, "state": "silent"}]),
    ("figures_have_origins", "no_cell", "marts.observation_origin", []),
    ("figures_have_origins", "cells_of_another", "marts.observation_origin", [origin("value", "1", origin_id="other")]),
    (
        "figures_reproduced",
        "a_wrong_rate",
        "marts.observation_origin",
        [origin("numerator", "65"), origin("denominator", "96")],
    ),
    ("figures_reproduced", "a_wrong_value", "marts.observation_origin", [origin("value", "66")]),
    ("figures_reproduced", "a_part_too_few", "marts.observation_origin", [origin("part", "66", factor="0.25")]),
    ("figures_reproduced", "half_of_a_rate", "marts.observation_origin", [origin("numerator", "64")]),
    ("forecasts_rated", "another_than_rated", "marts.computed_status", [status(value_kind="forecast", value="95")]),
    ("forecasts_rated", "another_trend", "marts.rated_value", [rated(trend_value="95")]),
    (
        "forecasts_rated",
        "another_projection",
        "marts.rated_value",
        [rated(trend_value="95", trend_basis="projected year-end")],
    ),
    (
        "forecasts_reproduced",
        "inputs_of_another_value",
        "marts.forecast_input",
        [forecast_input("25"), forecast_input("23")],
    ),
    ("forecasts_reproduced", "an_input_missing", "marts.forecast_input", [forecast_input("47")]),
    ("forecasts_reproduced", "no_inputs", "marts.forecast_input", []),
    ("forecasts_reproduced", "no_reason", "marts.forecast", [forecast(forecast_value=None)]),
    ("forecasts_reproduced", "a_value_and_a_reason", "marts.forecast", [forecast(no_forecast_reason="no_method")]),
    ("measures_known", "an_unlisted_measure", "marts.observation", [observation(measure_code="IN.99")]),
    ("measures_known", "an_unlisted_area", "marts.observation", [observation(area_code="E08000011")]),
    ("observation_key_unique", "the_same_twice", "marts.observation", [observation(), observation(value="1")]),
    ("measure_status_key_unique", "a_measure_left_out", "marts.measure_status", [status()]),
    (
        "measure_status_key_unique",
        "a_measure_rated_twice",
        "marts.measure_status",
        [status(), status(measure_code="IN.17"), status(status="G")],
    ),
    ("status_or_reason", "no_reason", "marts.measure_status", [status(**UNRATED | {"status_reason": None})]),
    ("status_or_reason", "no_trend_reason", "marts.measure_status", [status(**UNRATED | {"trend_reason": None})]),
    ("status_or_reason", "rated_without_value", "marts.measure_status", [status(value=None)]),
    ("status_or_reason", "rated_without_target", "marts.measure_status", [status(target_value=None)]),
    ("status_or_reason", "trend_from_nothing", "marts.measure_status", [status(previous_value=None)]),
    ("status_or_reason", "override_without_reason", "marts.measure_status", [status(override_status="G")]),
    ("rows_accounted_for", "a_row_lost", "audit.workbook", [workbook(rows_read=8)]),
    (
        "rows_accounted_for",
        "half_a_retracted_file",
        "audit.workbook",
        [workbook(outcome="retracted", rows_loaded=4, rows_rejected=1)],
    ),
    ("rows_accounted_for", "an_alias_loaded", "audit.workbook", [workbook(outcome="alias", reason="saved anew")]),
    ("rows_accounted_for", "a_row_gained", "audit.workbook", [workbook(rows_set_aside=3)]),
    ("rows_accounted_for", "half_a_file", "audit.workbook", [workbook(rows_loaded=4, rows_rejected=1)]),
    ("rows_accounted_for", "a_refused_file_loaded", "audit.workbook", [workbook(outcome="quarantined", reason="bad")]),
    (
        "rows_accounted_for",
        "refused_without_a_reason",
        "audit.workbook",
        [workbook(outcome="conflict", rows_loaded=0, rows_rejected=5)],
    ),
    ("files_not_loaded", "a_refused_file", "audit.workbook", [workbook(outcome="conflict", needs_action=True)]),
    ("findings_to_look_into", "a_finding", "marts.reconciliation_finding", [{"check_name": "share"}]),
]

NAMES = [each.name for each in read_checks(SQL)]


@pytest.mark.parametrize("name", NAMES)
def test_clean_rows_pass(name: str) -> None:
    found = check(name, clean())
    assert (found.wrong, found.sample) == (0, [])


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [pytest.param(name, table, rows, id=f"{name}-{case}") for name, case, table, rows in PLANTED],
)
def test_a_planted_violation_is_found(name: str, table: str, rows: list[Row]) -> None:
    assert check(name, clean() | {table: rows}).wrong == 1


def test_an_unrated_measure_with_reasons_passes() -> None:
    assert check("status_or_reason", clean() | {"marts.measure_status": [status(**UNRATED)]}).wrong == 0


def test_a_rate_that_rounds_is_reproduced() -> None:
    thirds = {"marts.observation": [observation(value="33.333333")]}
    origins = {"marts.observation_origin": [origin("numerator", "1"), origin("denominator", "3")]}
    assert check("figures_reproduced", clean() | thirds | origins).wrong == 0


def test_every_check_has_a_planted_violation() -> None:
    assert {name for name, *_ in PLANTED} == set(NAMES)


def test_the_warehouses_own_invariants_block_and_the_suppliers_mistakes_do_not() -> None:
    assert {each.name for each in read_checks(SQL) if not each.blocking} == {
        "figures_overdue",
        "files_not_loaded",
        "findings_to_look_into",
        "measures_known",
    }
