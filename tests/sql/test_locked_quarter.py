"""A locked quarter: what is published stays, an erratum lets one measure through, and what would differ is said."""

from typing import Any

import pytest

from tests.sql.harness import Row, check, day, dec, run, run_one
from tests.sql.rows import MEASURE, QUARTER, definition, quarter

CUT_OFF = day("2021-11-12")
UNLOCKED = "2021-22-Q1"


def status(value: str, **changes: Any) -> Row:
    """A row of marts.computed_status."""
    row = {
        "report_quarter": QUARTER,
        "measure_code": MEASURE,
        "measure_name": "Overall pass rate",
        "value": value,
        "value_kind": "forecast",
        "target_value": "97",
        "status": "A",
        "status_reason": "forecast",
        "trend": "stable",
        "trend_reason": "forecast year-end against previous",
        "previous_value": "93.185079",
    }
    return row | changes


def decided(*actions: str, report_quarter: str = QUARTER) -> list[Row]:
    """Rows of staging.quarter_decision, a day after another."""
    return [
        {
            "decision_order": order,
            "action": action,
            "report_quarter": report_quarter,
            "decided_on": day(f"2021-12-{order:02}"),
            "role": "Chair",
            "decided_by": "C. Member",
            "reason": f"why {order}",
            "workbook": f"file {order}.csv",
            "workbook_sha256": str(order),
        }
        for order, action in enumerate(actions, 1)
    ]


def locked(order: int, value: str, **changes: Any) -> Row:
    """A row of staging.locked_figure."""
    where = {"decision_order": order, "known_by": CUT_OFF, "workbook": f"file {order}.csv", "cell": "A2"}
    return status(value, **where) | changes


def published(computed: list[Row], figures: list[Row], quarters: tuple[str, ...] = (QUARTER, UNLOCKED)) -> list[Row]:
    given = {
        "marts.computed_status": computed,
        "staging.locked_figure": figures,
        "marts.reporting_quarter": [quarter(label) for label in quarters],
    }
    return run("marts.measure_status", given)


def values(rows: list[Row]) -> dict[tuple[str, str], Any]:
    return {(row["report_quarter"], row["measure_code"]): row["value"] for row in rows}


def test_a_quarter_that_is_not_locked_is_as_it_is_computed() -> None:
    assert values(published([status("94")], [])) == {(QUARTER, MEASURE): dec("94")}


def test_a_locked_quarter_stays_and_others_move() -> None:
    computed = [status("98", status="G", trend="better"), status("90", report_quarter=UNLOCKED)]
    rows = published(computed, [locked(1, "94")])
    assert values(rows) == {(QUARTER, MEASURE): dec("94"), (UNLOCKED, MEASURE): dec("90")}
    [row] = [row for row in rows if row["report_quarter"] == QUARTER]
    assert (row["status"], row["trend"], row["target_value"]) == ("A", "stable", dec("97"))


def test_a_locked_quarter_has_the_measures_that_were_locked_and_no_others() -> None:
    computed = [status("98", measure_code="IN.17"), status("94")]
    rows = published(computed, [locked(1, "94"), locked(1, "40", measure_code="IN.18")])
    assert values(rows) == {(QUARTER, MEASURE): dec("94"), (QUARTER, "IN.18"): dec("40")}


def test_an_erratum_restates_its_measure_alone() -> None:
    computed = [status("98"), status("98", measure_code="IN.17")]
    figures = [locked(1, "94"), locked(1, "95", measure_code="IN.17"), locked(3, "98")]
    assert values(published(computed, figures)) == {(QUARTER, MEASURE): dec("98"), (QUARTER, "IN.17"): dec("95")}


def test_the_last_of_several_errata_is_published() -> None:
    figures = [locked(1, "94"), locked(3, "98"), locked(2, "96")]
    assert values(published([status("99")], figures)) == {(QUARTER, MEASURE): dec("98")}


def test_a_lock_of_a_quarter_that_is_not_reported_shows_nothing_and_is_a_finding() -> None:
    assert values(published([status("94")], [locked(1, "40", report_quarter="2035-36-Q1")])) == {
        (QUARTER, MEASURE): dec("94")
    }
    given = {"marts.reporting_quarter": [quarter()]}
    unknown = {"staging.quarter_decision": decided("lock", report_quarter="2035-36-Q1")}
    found = run_one("findings.locked_quarter_unknown", given | unknown)
    assert (found["subject"], found["severity"], found["workbook"]) == ("2035-36-Q1", "fail", "file 1.csv")
    assert run("findings.locked_quarter_unknown", given | {"staging.quarter_decision": decided("lock")}) == []


def differing(computed: list[Row], figures: list[Row]) -> list[Row]:
    given = {
        "marts.computed_status": computed,
        "staging.locked_figure": figures,
        "marts.reporting_quarter": [quarter()],
    }
    return run("findings.locked_figure_differs", given)


def test_what_would_change_without_the_lock_is_a_finding_and_to_what() -> None:
    [found] = differing([status("98", status="G", trend="better")], [locked(1, "94")])
    assert found["subject"] == "2021-22-Q2, IN.16"
    assert found["published"] == "status A, trend stable, value 94"
    assert found["recomputed"] == "status G, trend better, value 98"
    assert (found["difference"], found["workbook"], found["cell"]) == (dec("4"), "file 1.csv", "A2")


def test_what_would_not_change_is_no_finding() -> None:
    assert differing([status("94.000000")], [locked(1, "94")]) == []


def test_a_figure_that_would_vanish_is_a_finding() -> None:
    gone = status("94", status=None, status_reason="value_not_available") | {"value": None}
    [found] = differing([gone], [locked(1, "94")])
    assert found["published"] == "status A, status_reason forecast, value 94"
    assert found["recomputed"] == "status nothing, status_reason value_not_available, value nothing"
    assert found["difference"] is None


@pytest.mark.parametrize(
    ("computed", "figures", "subject"),
    [
        pytest.param([], [locked(1, "94")], "2021-22-Q2, IN.16", id="no_longer_computed"),
        pytest.param(
            [status("94"), status("9", measure_code="IN.17")], [locked(1, "94")], "2021-22-Q2, IN.17", id="not_locked"
        ),
    ],
)
def test_a_measure_that_only_one_side_has_is_one_finding(computed: list[Row], figures: list[Row], subject: str) -> None:
    assert [row["subject"] for row in differing(computed, figures)] == [subject]


def test_an_erratum_ends_the_finding() -> None:
    assert differing([status("98")], [locked(1, "94"), locked(2, "98")]) == []


@pytest.mark.parametrize(
    ("computed", "found"),
    [
        pytest.param("94", 0, id="as_it_was_locked"),
        pytest.param("98", 1, id="moved_at_the_cut_off_too"),
    ],
)
def test_what_is_restated_as_known_later_is_compared_with_what_stood_before(computed: str, found: int) -> None:
    later = locked(2, "99", known_by=day("2021-12-01"))
    assert len(differing([status(computed)], [locked(1, "94"), later])) == found


def errata(*figures: Row, actions: tuple[str, ...] = ("lock", "erratum")) -> list[Row]:
    return run("marts.erratum", {"staging.locked_figure": figures, "staging.quarter_decision": decided(*actions)})


def test_an_erratum_shows_old_and_new_beside_each_other() -> None:
    rows = errata(locked(1, "94"), locked(2, "98.5", status="G"))
    assert [(row["figure"], row["old_figure"], row["new_figure"]) for row in rows] == [
        ("status", "A", "G"),
        ("value", "94", "98.5"),
    ]
    said = {(row["reason"], row["approved_by"], row["role"], row["approved_on"]) for row in rows}
    assert said == {("why 2", "C. Member", "Chair", day("2021-12-02"))}


def test_each_of_two_errata_is_compared_with_the_one_before() -> None:
    rows = errata(locked(1, "94"), locked(2, "98"), locked(3, "96"), actions=("lock", "erratum", "erratum"))
    assert [(row["old_figure"], row["new_figure"]) for row in rows] == [("94", "98"), ("98", "96")]


def test_a_figure_that_an_erratum_takes_away() -> None:
    [row] = errata(locked(1, "94"), locked(2, "94", trend=None))
    assert (row["figure"], row["old_figure"], row["new_figure"]) == ("trend", "stable", None)


def test_who_signed_off_and_what_was_restated_since() -> None:
    decisions = decided("lock", "sign_off", "erratum", "sign_off")
    rows = run("marts.sign_off", {"staging.quarter_decision": decisions})
    assert [(row["action"], row["errata_since"]) for row in rows] == [("lock", 1), ("sign_off", 1), ("sign_off", 0)]
    assert {(row["role"], row["decided_by"]) for row in rows} == {("Chair", "C. Member")}
    assert rows[1]["decided_on"] == day("2021-12-02")


@pytest.mark.parametrize(("action", "wrong"), [("lock", 0), ("sign_off", 1)])
def test_a_measure_defined_since_is_missed_in_a_quarter_that_is_not_locked_alone(action: str, wrong: int) -> None:
    given = {
        "marts.rating_definition": [definition(), definition(measure_code="IN.17")],
        "marts.measure_status": [status("94")],
        "marts.sign_off": [{"report_quarter": QUARTER, "action": action}],
    }
    assert check("measure_status_key_unique", given).wrong == wrong
