"""The action plan: who does what, by when, for which indicator, and its status on any day."""

from collections.abc import Sequence

import pytest

from pipelines.warehouse.macros import ACTION_STATUS_AS_AT
from tests.sql.harness import Row, day, query, run, run_one, warehouse
from tests.sql.plans import FIRST, SECOND, UNDATED, plan_rows, planned
from tests.sql.staged import NAMES

SOURCE, WORKBOOK = NAMES[FIRST]


def edition(sha256: str, as_at: str, superseded_on: str | None = None) -> Row:
    row: Row = {"source": SOURCE, "workbook": WORKBOOK, "workbook_sha256": sha256, "period_label": "2010-11"}
    until = None if superseded_on is None else day(superseded_on)
    return row | {"as_at": day(as_at), "superseded_on": until, "outcome": "loaded"}


def given(*rows: Row, editions: Sequence[Row] = ()) -> dict[str, Sequence[Row]]:
    return {
        "staged.action_plan_actions": rows,
        "staged.receipt": editions or [edition(FIRST, "2010-06-08")],
    }


def owners(responsibility: str) -> list[str]:
    rows = run("marts.action_owner", given(planned(responsibility=responsibility)))
    return [row["owner_name"] for row in sorted(rows, key=lambda row: row["place"])]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("MOVES", ["MOVES"]),
        ("MOVES, Stockport Council", ["MOVES", "Stockport Council"]),
        ("SCVS Neighbourhood Renewal", ["SCVS", "Neighbourhood Renewal Team"]),
        ("Corporate Consultation, Stockport Council", ["Corporate Consultation Office"]),
        (
            "Corporate Consultation, Stockport Council and Stockport Partnership Office",
            ["Corporate Consultation Office", "Stockport Partnership Office"],
        ),
        ("Head of Community Safety and Neighbourhoods", ["Head of Community Safety and Neighbourhoods"]),
        (
            "engaging communities Advisory group to oversee. To be managed by Corporate Consultation",
            ["Engaging Communities Advisory Group", "Corporate Consultation Office"],
        ),
        (
            "Engaging Communities Advisory Group – led by SCVS and the Partnership Office",
            ["Engaging Communities Advisory Group", "SCVS", "Stockport Partnership Office"],
        ),
        ("MOVES and MOVES", ["MOVES"]),
        ("MOVES, Bridgehall Residents", ["MOVES", "Bridgehall Residents"]),
    ],
)
def test_each_owner_of_a_cell_is_found(printed: str, expected: list[str]) -> None:
    assert owners(printed) == expected


def test_an_owner_that_no_list_knows_is_a_finding() -> None:
    [row] = run("findings.action_names", given(planned(responsibility="MOVES, Bridgehall Residents")))
    assert (row["check_name"], row["published"], row["cell"]) == (
        "action_owner_not_listed",
        "Bridgehall Residents",
        "B7",
    )


def named(printed: str | None) -> list[tuple[str | None, str]]:
    rows = run("marts.action_indicator", given(planned(indicators=printed)))
    return [(row["indicator_code"], row["indicator_kind"]) for row in rows]


INFORMED = "% people who feel well informed about how to get involved"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("NI 4: % people who feel they can influence decisions", [("NI 4", "national")]),
        ("% of people who feel they can influence decisions in their locality", [("NI 4", "national")]),
        ("NI 6: formal volunteering", [("NI 6", "national")]),
        ("NI 102a Attainment gap", [("NI 102a", "national")]),
        (INFORMED, [("ENGAGE.1", "local")]),
        (f"{INFORMED} in local decision making", [("ENGAGE.1", "local")]),
        (
            f"{INFORMED} NI 4: % people who feel they can influence decisions",
            [("ENGAGE.1", "local"), ("NI 4", "national")],
        ),
        (
            f"NI 4: % people who feel they can influence decisions {INFORMED}",
            [("NI 4", "national"), ("ENGAGE.1", "local")],
        ),
        ("% people happy", [("people happy", "local")]),
        ("Raised from 30% to 40%", [(None, "evidence")]),
        ("Local indicators to be developed", [(None, "to_be_developed")]),
        ("See PVE action plan for detail", [(None, "elsewhere")]),
        ("Evidence of all partners working to the strategy", [(None, "evidence")]),
        (None, []),
    ],
)
def test_each_indicator_of_a_cell_is_found(printed: str | None, expected: list[tuple[str | None, str]]) -> None:
    assert named(printed) == expected


def test_an_indicator_that_no_list_knows_is_a_finding() -> None:
    [row] = run("findings.action_names", given(planned(indicators="% people happy")))
    assert (row["check_name"], row["published"]) == ("action_indicator_not_listed", "% people happy")


def test_an_action_names_its_cells_and_not_those_that_are_blank() -> None:
    row = run_one("marts.action", given(planned(delivery_cell="A7, A9", indicators=None, **UNDATED)))
    assert (row["action_code"], row["cells"], row["serves_indicator"]) == ("1A.1", "A7, A9, B7", False)


def test_actions_are_numbered_within_their_group() -> None:
    shared = "2B: Analysing, and: | 2C: Building"
    groups = ["1A: More", "1A: More", "1E (ii): Support", shared, "2D: Working out and ACTION 2E: Changing"]
    rows = run("marts.action", given(*(planned(FIRST, 7 + at, action_group=group) for at, group in enumerate(groups))))
    assert [row["action_code"] for row in rows] == ["1A.1", "1A.2", "1E (ii).1", "2B/2C.1", "2D/2E.1"]


def statuses(*rows: Row, editions: Sequence[Row] = ()) -> list[tuple[str, str, str]]:
    found = run("marts.action_status", given(*rows, editions=editions))
    return [(row["status"], str(row["status_from"]), str(row["status_until"] or "")) for row in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [("due", "2010-06-08", "2010-12-01"), ("overdue", "2010-12-01", "")], id="dated"),
        pytest.param(
            {"target_date_end": day("2010-06-08")}, [("overdue", "2010-06-08", "")], id="due_the_day_before_it_came"
        ),
        pytest.param(
            {"target_date_end": day("2010-06-09")},
            [("due", "2010-06-08", "2010-06-09"), ("overdue", "2010-06-09", "")],
            id="due_the_day_it_came",
        ),
        pytest.param(
            {"target_date_kind": "recurring"},
            [("due", "2010-06-08", "2010-12-01"), ("recurring", "2010-12-01", "")],
            id="recurring_from_autumn",
        ),
        pytest.param({**UNDATED, "target_date_kind": "ongoing"}, [("recurring", "2010-06-08", "")], id="ongoing"),
        pytest.param(UNDATED, [("undated", "2010-06-08", "")], id="undated"),
        pytest.param(
            {"done_on": day("2010-10-15")},
            [("due", "2010-06-08", "2010-10-15"), ("done", "2010-10-15", "")],
            id="done_in_time",
        ),
        pytest.param(
            {"done_on": day("2010-12-15")},
            [("due", "2010-06-08", "2010-12-01"), ("overdue", "2010-12-01", "2010-12-15"), ("done", "2010-12-15", "")],
            id="done_late",
        ),
        pytest.param({"done_on": day("2010-05-01")}, [("done", "2010-06-08", "")], id="done_before_it_came"),
        pytest.param(
            {**UNDATED, "done_on": day("2010-10-15")},
            [("undated", "2010-06-08", "2010-10-15"), ("done", "2010-10-15", "")],
            id="undated_and_done",
        ),
    ],
)
def test_status(changes: Row, expected: list[tuple[str, str, str]]) -> None:
    assert statuses(planned(**changes)) == expected


def test_a_later_edition_says_what_was_done_from_its_own_day_on() -> None:
    rows = [planned(), planned(SECOND, done_on=day("2010-11-20"))]
    editions = [edition(FIRST, "2010-06-08", "2011-01-10"), edition(SECOND, "2011-01-10")]
    assert sorted(statuses(*rows, editions=editions), key=lambda row: row[1]) == [
        ("due", "2010-06-08", "2010-12-01"),
        ("overdue", "2010-12-01", "2011-01-10"),
        ("done", "2011-01-10", ""),
    ]


@pytest.mark.parametrize("indicators", ["% people happy", None])
def test_indicators_that_no_action_serves(indicators: str | None) -> None:
    measures = [
        {"measure_code": "NI 112", "measure_name": "Under 18 conception rate"},
        {"measure_code": "X.1", "measure_name": "% of people who feel they can influence decisions in their locality"},
        {"measure_code": "IN.16", "measure_name": "Overall pass rate"},
    ]
    rows = run("marts.indicator_coverage", {**given(planned(indicators=indicators)), "marts.measure": measures})
    counts = {row["indicator_code"]: (row["measure_code"], row["action_count"], row["has_action"]) for row in rows}
    assert counts["NI 112"] == ("NI 112", 0, False)
    assert counts["NI 4"] == ("X.1", 0, False)
    assert counts.get("people happy") == ((None, 1, True) if indicators else None)
    assert "IN.16" not in counts


@pytest.mark.parametrize(
    ("changes", "check_name", "recomputed"),
    [
        ({}, None, None),
        ({"target_date_end": day("2010-06-09")}, None, None),
        ({"target_date_end": day("2010-06-08")}, "action_due_before_plan_came", "due by 07/06/2010"),
        ({"target_date_end": day("2010-06-08"), "done_on": day("2010-06-01")}, None, None),
        ({"target_date_end": day("2010-06-08"), "target_date_kind": "ongoing"}, None, None),
        ({"target_date_start": day("2011-03-31"), "target_date_end": day("2011-05-01")}, None, None),
        (
            {"target_date_start": day("2011-04-01"), "target_date_end": day("2011-05-01")},
            "action_beyond_plan_year",
            "begins on 01/04/2011",
        ),
        (
            {
                "target_date": "Done 3 May 2010",
                "target_date_start": day("2010-05-03"),
                "target_date_end": day("2010-05-04"),
            },
            None,
            None,
        ),
        (UNDATED, "action_without_date", None),
    ],
)
def test_findings_about_dates(changes: Row, check_name: str | None, recomputed: str | None) -> None:
    found = [
        (row["check_name"], row["recomputed"], row["cell"])
        for row in run("findings.action_dates", given(planned(**changes)))
    ]
    assert found == ([] if check_name is None else [(check_name, recomputed, "C7")])


@pytest.mark.parametrize(
    ("indicators", "said"),
    [
        ("NI 4: % people who feel they can influence decisions", None),
        (None, "No indicator is named"),
        ("Local indicator to be worked up", "still to be developed"),
        ("See PVE action plan for detail", "Another plan"),
        ("Evidence of partners working together", "describe evidence"),
    ],
)
def test_an_action_without_indicator_is_a_finding(indicators: str | None, said: str | None) -> None:
    found = run("findings.action_indicators", given(planned(indicators=indicators)))
    assert [said in row["explanation"] for row in found if said] == ([True] if said else [])
    assert [row["published"] for row in found] == ([indicators or "(blank)"] if said else [])


def test_what_a_superseded_edition_lacks_is_no_finding() -> None:
    editions = [edition(FIRST, "2010-06-08", "2011-01-10")]
    rows = given(planned(indicators=None, **UNDATED), editions=editions)
    assert [run(f"findings.{name}", rows) for name in ("action_dates", "action_indicators")] == [[], []]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        ("2010-06-07", {}),
        ("2010-11-30", {"1A.1": "due", "1A.2": "due", "1A.3": "undated"}),
        ("2010-12-01", {"1A.1": "overdue", "1A.2": "recurring", "1A.3": "undated"}),
        ("2011-01-10", {"1A.1": "done", "1A.2": "recurring", "1A.3": "undated"}),
    ],
)
def test_status_on_any_day(as_at: str, expected: dict[str, str]) -> None:
    editions = [edition(FIRST, "2010-06-08", "2011-01-10"), edition(SECOND, "2011-01-10")]
    rows = run("marts.action_status", given(*plan_rows(), editions=editions))
    with warehouse({"marts.action_status": rows}) as connection:
        connection.execute(ACTION_STATUS_AS_AT)
        found = query(connection, f"select action_code, status from marts.action_status_as_at(date '{as_at}')")
    assert {row["action_code"]: row["status"] for row in found} == expected
