"""Threats and risks: each kind where its rule says so and not one step before, as the quarter's day saw it."""

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.rows import MEASURE, QUARTER, STOCKPORT, definition, known, quarter

CUT_OFF = day("2021-11-12")


def rating(**changes: object) -> Row:
    """A row of marts.measure_status: Green, stable, robust."""
    row: Row = {
        "report_quarter": QUARTER,
        "measure_code": MEASURE,
        "measure_name": "Overall pass rate",
        "priority": "2. Skills",
        "value": dec("94"),
        "value_kind": "forecast",
        "value_period": "2021-22 academic",
        "previous_value": dec("93"),
        "previous_period": "2020-21 academic",
        "target_value": dec("97"),
        "shortfall_pct": dec("3.092784"),
        "status": "G",
        "status_reason": "forecast",
        "change_pct": dec("1.075269"),
        "trend": "stable",
        "trend_reason": "forecast year-end against previous",
        "status_robust": True,
        "trend_robust": True,
        "reading_sensitive": False,
    }
    return row | changes


def ratings(**changes: object) -> list[Row]:
    return run("marts.risk_rating", {"marts.measure_status": [rating(**changes)]})


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, []),
        ({"status": "R"}, ["red"]),
        ({"status": "A"}, ["amber"]),
        ({"status": None, "status_robust": None, "reading_sensitive": None, "trend": None, "trend_robust": None}, []),
        ({"status": "R", "override_status": "G"}, ["overridden"]),
        ({"status": "R", "override_status": "A"}, ["amber", "overridden"]),
        ({"status": "A", "override_status": "G"}, ["overridden"]),
        ({"status": "A", "override_status": "R"}, ["red"]),
        ({"status": "R", "override_status": "R"}, ["red"]),
        ({"status": None, "override_status": "A"}, ["amber"]),
        ({"trend": "worse"}, ["worsening"]),
        ({"trend": "better", "trend_robust": False}, ["trend_not_robust"]),
        ({"status_robust": False, "reading_sensitive": True}, ["reading_sensitive", "status_not_robust"]),
    ],
)
def test_a_rating_is_a_risk(changes: Row, kinds: list[str]) -> None:
    assert [row["kind"] for row in ratings(**changes)] == kinds


def test_a_red_is_told_with_its_target_and_commentary_and_a_trend_with_what_it_compares() -> None:
    said = {"status": "R", "trend": "worse", "commentary": "Few enrolled.", "override_reason": "none"}
    red, worse = ratings(**said)
    assert (red["against_value"], red["against_period"], red["gap_pct"]) == (dec("97"), None, dec("3.092784"))
    assert (worse["against_value"], worse["against_period"]) == (dec("93"), "2020-21 academic")
    assert (red["said"], red["basis"], worse["basis"]) == ("Few enrolled.", "forecast", rating()["trend_reason"])
    [put_in] = ratings(status="R", override_status="G", override_reason="Agreed.", commentary="Few enrolled.")
    assert put_in["said"] == "Agreed."


def origin(label: str, cell: str, **changes: object) -> Row:
    row: Row = {"origin_id": f"origin of {label}", "role": "value", "workbook": "W.xlsx", "sheet": "S", "cell": cell}
    return row | changes


def place(value_period: str, figures: list[Row], origins: list[Row]) -> Row:
    tables = {
        "marts.measure_status": [rating(value_period=value_period)],
        "marts.reporting_quarter": [quarter()],
        "marts.known_observation": figures,
        "marts.observation_origin": origins,
    }
    return run_one("marts.risk_place", tables)


def test_a_year_so_far_rests_on_the_cells_of_its_quarters() -> None:
    figures = [known("2020-21-Q4", "9"), known("2021-22-Q1", "5"), known("2021-22-Q2", "6"), known("2021-22-Q3", "7")]
    origins = [origin(row["period_label"], f"B{number}") for number, row in enumerate(figures, 9)]
    row = place("2021-22 to Q2", figures, [*origins, origin("2021-22-Q1", "C1", role="denominator")])
    assert (row["workbook"], row["sheet"], row["cell"], row["cell_count"]) == ("W.xlsx", "S", "B10, B11", 2)


def test_a_year_that_is_given_whole_does_not_rest_on_its_quarters() -> None:
    figures = [known("2021-22-Q1", "5"), known("2021-22", "20")]
    row = place("2021-22", figures, [origin("2021-22-Q1", "B1"), origin("2021-22", "B2")])
    assert row["cell"] == "B2"


@pytest.mark.parametrize(("count", "shown"), [(12, "B12"), (13, "13 cells")])
def test_of_many_cells_their_number_is_told(count: int, shown: str) -> None:
    row = place("2021-22", [known("2021-22", "20")], [origin("2021-22", f"B{number + 1}") for number in range(count)])
    assert row["cell"].endswith(shown)


def test_cells_of_several_sheets_are_counted() -> None:
    row = place("2021-22", [known("2021-22", "20")], [origin("2021-22", "B1"), origin("2021-22", "B1", sheet="T")])
    assert (row["sheet"], row["cell"]) == ("S; T", "2 cells")


def forecasts(value: str, status: str | None = "G", **defined: object) -> list[Row]:
    forecast = {"report_quarter": QUARTER, "measure_code": MEASURE, "method": "Straight line"}
    tables = {
        "marts.reporting_quarter": [quarter()],
        "marts.rating_definition": [definition(**defined)],
        "marts.measure_status": [rating(status=status)],
        "marts.forecast": [forecast | {"forecast_value": dec(value), "forecast_period": "2021-22"}],
        "marts.forecast_score": [],
    }
    return run("marts.risk_forecast", tables)


@pytest.mark.parametrize(
    ("value", "polarity", "found"),
    [("96.999999", "high", 1), ("97", "high", 0), ("97.000001", "low", 1), ("97", "low", 0), ("1", "none", 0)],
)
def test_a_forecast_that_misses_the_target_is_a_risk(value: str, polarity: str, found: int) -> None:
    assert len(forecasts(value, polarity=polarity)) == found


def test_a_forecast_that_misses_is_not_told_again_of_a_red_or_amber() -> None:
    assert forecasts("90", status="R") == forecasts("90", status="A") == []
    [row] = forecasts("90", status=None)
    assert (row["kind"], row["gap_pct"]) == ("forecast_misses_target", dec("7.216495"))


def score(error_pct: str, **changes: object) -> Row:
    row: Row = {"report_quarter": "2020-21-Q3", "measure_code": MEASURE, "outturn_basis": "first published"}
    row |= {"method": "Service forecast", "outturn_known_on": CUT_OFF, "direction_right": True}
    row |= {"forecast_period": "2020-21 academic", "outturn_period": "2020-21 academic", "forecast_value": dec("90")}
    return row | {"relative_error_pct": dec(error_pct), "absolute_error": abs(dec(error_pct))} | changes


@pytest.mark.parametrize(
    ("scores", "counted"),
    [
        ([score("5"), score("-5")], None),
        ([score("5.000001"), score("1")], (1, 2)),
        ([score("-5.000001")], (1, 1)),
        ([score("0", direction_right=False)], (1, 1)),
        ([score("0", direction_right=None)], None),
        ([score("9", outturn_known_on=day("2021-11-13"))], None),
        ([score("9", method="Straight line")], None),
        ([score("9", outturn_basis="known now")], None),
    ],
)
def test_earlier_forecasts_by_the_same_method_missed(scores: list[Row], counted: tuple[int, int] | None) -> None:
    tables = {
        "marts.reporting_quarter": [quarter()],
        "marts.rating_definition": [definition()],
        "marts.measure_status": [],
        "marts.forecast": [],
        "marts.forecast_score": scores,
    }
    found = [(row["counted"], row["counted_of"]) for row in run("marts.risk_forecast", tables)]
    assert found == ([counted] if counted else [])


def beside(**changes: object) -> Row:
    row: Row = {"measure_code": MEASURE, "period_label": "2021-22 academic", "known": "when approved"}
    row |= {"approved_on": day("2021-06-29"), "outturn_known_on": day("2020-10-30"), "target_value": dec("97")}
    return row | {"outturn_period": "2019-20 academic", "outturn_value": dec("98"), "weaker_by": dec("1")} | changes


NOW: Row = {"known": "now", "outturn_known_on": CUT_OFF, "weaker_by": dec("2"), "outturn_value": dec("99")}


@pytest.mark.parametrize(
    ("rows", "basis"),
    [
        ([beside()], "when approved"),
        ([beside(), beside(**NOW)], "now"),
        ([beside(**NOW | {"outturn_known_on": day("2021-06-30")})], "now"),
        # the outturn of now is the one that was known on the day of the approval
        ([beside(), beside(known="now")], "when approved"),
        ([beside(known="now", outturn_known_on=day("2021-06-29"))], "when approved"),
        ([beside(), beside(**NOW | {"outturn_known_on": day("2021-11-13")})], "when approved"),
        ([beside(weaker_by=dec("0"))], None),
        ([beside(period_label="2020-21 academic")], None),
        ([beside(target_value=dec("96"))], None),
        ([beside(approved_on=day("2021-11-13"))], None),
    ],
)
def test_a_target_is_weaker_than_what_was_reached(rows: list[Row], basis: str | None) -> None:
    tables = {
        "marts.reporting_quarter": [quarter()],
        "marts.rating_definition": [definition(target_value=dec("97"))],
        "marts.target_beside_outturn": rows,
    }
    assert [row["basis"] for row in run("marts.risk_target", tables)] == ([basis] if basis else [])


def seen(today: str = "2021-12-01", *labels: str) -> dict[str, list[Row]]:
    quarters = [quarter(label) for label in labels or (QUARTER,)]
    return {"staged.build": [{"run_date": day(today)}], "marts.reporting_quarter": quarters}


def test_a_quarter_is_seen_on_its_cut_off_or_before_it_on_the_day_of_the_build() -> None:
    days = {row["report_quarter"]: row for row in run("marts.risk_day", seen("2021-11-01", "2021-22-Q1", QUARTER))}
    assert [days[label]["seen_on"] for label in ("2021-22-Q1", QUARTER)] == [day("2021-08-12"), day("2021-11-01")]
    [later] = run("marts.risk_day", seen("2022-03-01"))
    assert (later["seen_on"], later["context_seen_on"]) == (CUT_OFF, day("2022-03-01"))


def data(measure_state: str, source_state: str) -> list[Row]:
    due = {"as_of": CUT_OFF, "next_period": "2021-22-Q2", "due_on": day("2021-10-15"), "grace_until": day("2021-10-22")}
    due |= {"days_overdue": 28, "periods_missed": 1}
    figure = due | {"measure_code": MEASURE, "source": "centres", "state": measure_state, "note": "It is on its way."}
    file = due | {"source": "finance", "title": "Finance", "state": source_state, "last_received_on": day("2021-07-01")}
    tables = seen() | {
        "marts.rating_definition": [definition()],
        "marts.freshness": [figure, figure | {"measure_code": "ELSEWHERE"}],
        "marts.source_freshness": [file, file | {"source": "centres", "title": "Centres"}],
        "marts.supply_failure": [],
        "staging.edition": [{"source": "centres", "workbook": "C.xlsx", "as_at": day("2021-07-01")}],
    }
    return run("marts.risk_data", tables)


@pytest.mark.parametrize("state", ["late", "silent"])
def test_overdue_data_is_a_risk_of_the_measure_or_of_a_source_that_brings_none(state: str) -> None:
    measure, source = data(state, state)
    assert (measure["subject"], measure["kind"], measure["workbook"]) == (MEASURE, state, "C.xlsx")
    assert measure["days_overdue"] == 28
    assert (measure["said"], measure["source_title"]) == ("It is on its way.", "Centres")
    assert (source["kind"], source["subject_kind"]) == ("source_overdue", "source")
    assert (source["subject"], source["source_sent_on"]) == ("finance", day("2021-07-01"))


def test_what_was_never_promised_or_is_in_time_is_no_risk() -> None:
    assert [row["kind"] for row in data("never_received", "never_received")] == ["never_received"]
    assert data("due", "due") == data("not_yet_due", "not_expected") == []


def actions(today: str, **changes: object) -> list[Row]:
    plan: Row = {"plan_year": "2021-22", "action_code": "1A.1", "as_at": day("2021-06-01"), "workbook_sha256": "plan"}
    status = plan | {"status": "overdue", "target_end": day("2021-10-01"), "status_from": day("2021-10-01")} | changes
    action = plan | {
        "objective_number": 1,
        "objective": "Voice",
        "delivery": "A portal",
        "risks": "Cost",
        "cells": "A7",
    }
    return run("marts.risk_action", seen(today) | {"marts.action_status": [status], "marts.action": [action]})


def test_an_action_is_overdue_from_the_day_after_its_last() -> None:
    [first] = actions("2021-10-01")
    assert (first["due_on"], first["days_overdue"]) == (day("2021-09-30"), 1)
    [row] = actions("2021-12-01")
    assert (row["days_overdue"], row["theme"], row["risks"]) == (43, "1. Voice", "Cost")
    assert actions("2021-09-30") == []


def test_an_action_that_was_done_by_then_or_goes_on_is_not_overdue() -> None:
    assert actions("2021-12-01", status_until=CUT_OFF) == actions("2021-12-01", status="recurring") == []
    assert len(actions("2021-12-01", status_until=day("2021-11-13"))) == 1


def successors(now: str, before: str, polarity: str = "high", **changes: object) -> list[Row]:
    def figure(first: int, value: str, **about: object) -> Row:
        row: Row = {"measure_code": "LAIT.X", "area_code": STOCKPORT, "component": "total", "value": dec(value)}
        row |= {"period_label": str(first), "period_start": day(f"{first}-01-01"), "as_at": day("2021-06-01")}
        return row | {"origin_id": f"of {first}"} | about

    tables = seen("2022-03-01", "2021-22-Q1", QUARTER) | {
        "marts.area": [{"area_code": STOCKPORT, "is_authority": True}],
        "marts.indicator_successor": [
            {"indicator_code": "NI.1", "successor_measure_code": "LAIT.X", "likeness": "same"}
        ],
        "marts.measure": [{"measure_code": "LAIT.X", "polarity": polarity, "unit": "%"}],
        "marts.observation": [figure(2018, "1"), figure(2019, before), figure(2020, now, **changes)],
        "marts.observation_origin": [],
    }
    return run("marts.risk_successor", tables)


@pytest.mark.parametrize(
    ("now", "before", "polarity", "is_risk"),
    [
        ("98.9", "100", "high", True),
        ("99", "100", "high", False),
        ("101.1", "100", "high", False),
        ("101.1", "100", "low", True),
        ("101", "100", "low", False),
        ("50", "100", "none", False),
        ("1", "0", "low", False),
    ],
)
def test_a_successor_got_worse_by_more_than_one_per_cent(now: str, before: str, polarity: str, is_risk: bool) -> None:
    assert bool(successors(now, before, polarity)) is is_risk


def test_a_figure_that_comes_after_the_cut_off_counts_in_the_last_quarter_alone() -> None:
    found = successors("90", "100", as_at=day("2022-02-01"))
    assert [(row["report_quarter"], row["value"]) for row in found] == [(QUARTER, dec("90"))]


def test_risks_are_told_once_each_with_severity_and_subject() -> None:
    tables = seen() | {
        "marts.measure_status": [rating(status="R", reading_sensitive=True)],
        "marts.rating_definition": [definition()],
        "marts.measure": [{"measure_code": MEASURE, "owner": "Adult learning"}],
        "marts.risk_action": [
            {"report_quarter": QUARTER, "plan_year": "2010-11", "action_code": "1A.1", "theme": "1. Voice"}
        ],
    }
    found = sorted(run("marts.risk", tables), key=lambda row: int(row["severity_order"]))
    assert [(row["kind"], row["severity"], row["subject"]) for row in found] == [
        ("red", "high", MEASURE),
        ("action_overdue", "medium", "2010-11 1A.1"),
        ("reading_sensitive", "low", MEASURE),
    ]
    assert [(row["theme"], row["owner"]) for row in found[:2]] == [("2. Skills", "Adult learning"), ("1. Voice", None)]
    assert {row["seen_on"] for row in found} == {CUT_OFF}
