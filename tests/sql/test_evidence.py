"""Evidence and the forward plan: each item once, with its day, area and theme, and what is due as a day saw it."""

import pytest

from tests.sql.harness import Row, column_types, day, run, run_one
from tests.sql.rows import MEASURE, QUARTER, STOCKPORT, quarter

AREAS: list[Row] = [
    {"area_code": STOCKPORT, "area_name": "Stockport", "is_authority": True},
    {"area_code": "E08000001", "area_name": "Bolton", "is_authority": False},
]
MEASURES: list[Row] = [
    {"measure_code": code, "priority": priority, "in_agreement": True}
    for code, priority in ((MEASURE, "2. Skills"), ("IN.1", "1. Communities"))
]
CUT_OFF = day("2021-11-12")


def receipt(received_on: str, outcome: str = "loaded", **changes: object) -> Row:
    row: Row = {
        "source": "fund",
        "workbook": "F.xlsx",
        "workbook_sha256": "f",
        "period_label": "2021-22",
        "rows_read": 9,
    }
    row |= {"received_on": day(received_on), "as_at": day(received_on), "outcome": outcome, "rows_loaded": 7}
    return row | changes


def files(*receipts: Row, **tables: list[Row]) -> list[Row]:
    given = {
        "staged.receipt": list(receipts),
        "staged.source": [{"source": "fund", "title": "Local Fund", "owner": "Community investment"}],
        "marts.area": AREAS,
        "marts.measure": MEASURES,
        "marts.observation": [],
        "marts.observation_origin": [],
        "marts.commentary": [],
        "marts.action": [],
    }
    return run("marts.evidence_file", given | {f"marts.{name}": rows for name, rows in tables.items()})


def test_a_file_that_counted_twice_is_one_item_with_its_last_outcome() -> None:
    first = receipt("2021-04-01", "superseded", superseded_on=day("2021-05-01"), reason="replaced")
    [row] = files(
        first, first | {"as_at": day("2021-06-01"), "superseded_on": None, "outcome": "loaded", "reason": None}
    )
    assert (row["outcome"], row["reason"], row["superseded_on"]) == ("loaded", None, None)
    assert (row["received_on"], row["as_at"]) == (day("2021-04-01"), day("2021-04-01"))


def test_two_files_of_one_name_are_two_items() -> None:
    assert len(files(receipt("2021-04-01"), receipt("2021-05-01", workbook_sha256="other"))) == 2


def test_a_file_is_of_the_areas_and_priorities_of_its_figures() -> None:
    cells = [{"origin_id": area, "workbook": "F.xlsx", "workbook_sha256": "f"} for area in (STOCKPORT, "E08000001")]
    figures = [{"origin_id": row["origin_id"], "area_code": row["origin_id"], "measure_code": MEASURE} for row in cells]
    [row] = files(receipt("2021-04-01"), observation_origin=cells, observation=figures)
    assert (row["areas"], row["themes"], row["source_title"]) == ("Bolton; Stockport", "2. Skills", "Local Fund")


def test_a_file_without_figures_is_of_the_authority_and_of_no_theme() -> None:
    [row] = files(receipt("2021-04-01", "quarantined"))
    assert (row["areas"], row["themes"]) == ("Stockport", None)


def test_a_plan_is_of_its_objectives_and_commentary_of_its_measures_priorities() -> None:
    own = {"workbook": "F.xlsx", "workbook_sha256": "f"}
    [row] = files(
        receipt("2021-04-01"),
        action=[own | {"objective_number": 1, "objective": "Voice"}],
        commentary=[own | {"measure_code": MEASURE}],
    )
    assert row["themes"] == "1. Voice; 2. Skills"


FILE: Row = {"workbook": "F.xlsx", "workbook_sha256": "f", "source": "fund", "owner": "Fund", "areas": "Stockport"}


def test_a_commentary_on_several_measures_is_one_item() -> None:
    text: Row = {"workbook": "F.xlsx", "workbook_sha256": "f", "cell": "A2", "sheet": "S", "commentary": "Slow."}
    text |= {"kind": "exception", "report_quarter": QUARTER, "as_at": CUT_OFF, "author": "Fund"}
    tables = {
        "marts.commentary": [text | {"measure_code": code} for code in ("IN.1", MEASURE)],
        "marts.measure": MEASURES,
        "marts.evidence_file": [FILE],
        "marts.programme_activity": [],
    }
    row = run_one("marts.evidence_text", tables)
    assert (row["measure_codes"], row["theme"]) == ("IN.1, IN.16", "1. Communities; 2. Skills")
    assert (row["date"], row["date_kind"], row["text"]) == (CUT_OFF, "received", "Slow.")
    tables["marts.commentary"] = [text | {"measure_code": MEASURE, "approved_on": day("2021-11-10")}]
    approved = run_one("marts.evidence_text", tables)
    assert (approved["date"], approved["date_kind"]) == (day("2021-11-10"), "approved")


def test_the_figure_of_an_activity_is_not_repeated() -> None:
    activity: Row = {"programme": "Hub", "item": "Volunteers", "printed": "3", "value": 3, "period_label": "2021-10"}
    tables = {
        "marts.programme_activity": [activity | {"workbook": "F.xlsx", "workbook_sha256": "f", "as_at": CUT_OFF}],
        "marts.evidence_file": [FILE],
        "marts.commentary": [],
    }
    row = run_one("marts.evidence_text", tables)
    assert (row["title"], row["text"], row["area"]) == ("Hub: Volunteers", "As at 2021-10", "Stockport")


def findings(**changes: object) -> Row:
    """The item of one finding; the union of findings is given through one of its tables."""
    finding: Row = {"check_name": "listed_parts", "subject": f"{MEASURE}, 2020-21", "severity": "warn"}
    finding |= {
        "explanation": "It does not add up.",
        "published": "61",
        "workbook": "F.xlsx",
        "sheet": "S",
        "cell": "B2",
    }
    tables = {
        "marts.reconciliation_finding": [finding | changes],
        "marts.evidence_file": [FILE | {"as_at": CUT_OFF, "outcome": "loaded", "themes": "4. Safety"}],
        "marts.area": AREAS,
        "marts.measure": MEASURES,
        "marts.action": [{"plan_year": "2010-11", "action_code": "1A.1", "objective_number": 1, "objective": "Voice"}],
    }
    return run_one("marts.evidence_finding", tables)


def test_a_finding_is_dated_by_its_workbook_and_of_the_priority_of_the_measure_that_it_names() -> None:
    row = findings()
    assert (row["date"], row["theme"], row["measure_codes"]) == (CUT_OFF, "2. Skills", MEASURE)
    assert row["title"] == f"Listed parts: {MEASURE}, 2020-21"
    assert row["text"] == "It does not add up. Supplied: 61."


@pytest.mark.parametrize(
    ("subject", "theme", "codes"),
    [
        ("2010-11, 1A.1: A portal", "1. Voice", None),
        ("2017/17", "4. Safety", None),
        # a code within a longer one is not named
        (f"{MEASURE}0, 2020-21", "4. Safety", None),
    ],
)
def test_a_finding_that_names_no_measure_is_of_its_action_or_its_workbook(subject: str, theme: str, codes: str) -> None:
    row = findings(subject=subject)
    assert (row["theme"], row["measure_codes"]) == (theme, codes)


def test_a_finding_of_no_workbook_has_no_day_and_is_of_the_authority() -> None:
    row = findings(workbook=None, sheet=None, cell=None)
    assert (row["date"], row["date_kind"], row["known_from"], row["area"]) == (None, None, None, "Stockport")


def test_a_claim_with_several_figures_is_one_item_and_not_confirmed_if_one_is_not() -> None:
    claim: Row = {
        "claim": "Fewer",
        "section": "Priority 2",
        "workbook": "F.xlsx",
        "workbook_sha256": "f",
        "as_at": CUT_OFF,
    }
    claim |= {"claimed_cell": "C8", "printed_text": "61"}
    said = [("confirmed", "IN.19: -2"), ("not_confirmed", "starts: -329"), ("not_checked", None)]
    tables = {
        "marts.claim": [claim | {"outcome": outcome, "basis": basis} for outcome, basis in said],
        "marts.evidence_file": [FILE | {"received_on": CUT_OFF}],
        "marts.priority": [{"agreement_year": "2021-22", "priority_number": 2, "priority": "2. Skills"}],
    }
    row = run_one("marts.evidence_claim", tables)
    assert (row["state"], row["theme"], row["date"]) == ("not_confirmed", "2. Skills", CUT_OFF)
    assert row["text"] == "Printed: 61. confirmed: IN.19: -2. not checked. not confirmed: starts: -329"


def due(as_of: str, figures: list[Row], source: Row | None = None) -> list[Row]:
    tables = {
        "marts.freshness_day": [{"as_of": day(as_of)}],
        "marts.source_freshness": [source] if source else [],
        "marts.freshness": figures,
        "marts.measure": MEASURES,
        "marts.area": AREAS,
        "staged.source": [{"source": "fund", "title": "Local Fund", "owner": "Fund"}],
    }
    return run("marts.evidence_due", tables)


def awaited(**changes: object) -> Row:
    row: Row = {"as_of": CUT_OFF, "source": "fund", "next_period": "2021-22-Q3", "due_on": day("2022-01-31")}
    return row | {"grace_until": day("2022-02-14"), "state": "not_yet_due"} | changes


def data_due(figures: list[Row], source: Row | None = None) -> list[Row]:
    return [row for row in due("2021-11-12", figures, source) if row["kind"] == "due_data"]


def test_a_file_and_its_figures_that_are_due_together_are_one_item() -> None:
    figures = [awaited(measure_code=code) for code in (MEASURE, "IN.1")]
    [row] = data_due(figures, awaited())
    assert (row["title"], row["measure_codes"]) == ("Local Fund, 2021-22-Q3", "IN.1, IN.16")
    assert (row["theme"], row["timing"], row["date"]) == ("1. Communities; 2. Skills", "due_next", day("2022-01-31"))


def test_a_figure_with_a_day_of_its_own_is_an_item_of_its_own() -> None:
    assert len(data_due([awaited(measure_code=MEASURE, due_on=day("2022-04-30"))], awaited())) == 2


@pytest.mark.parametrize(
    ("state", "timing"),
    [
        ("not_yet_due", "due_next"),
        ("due", "due_next"),
        ("not_expected", "due_next"),
        ("late", "overdue"),
        ("silent", "overdue"),
        ("never_received", "overdue"),
    ],
)
def test_data_is_due_next_until_its_grace_has_gone_by(state: str, timing: str) -> None:
    [row] = data_due([], awaited(state=state))
    assert row["timing"] == timing


def test_what_has_no_due_day_is_not_in_the_plan() -> None:
    assert data_due([], awaited(due_on=None)) == []


@pytest.mark.parametrize(
    ("as_of", "cut_offs"),
    [
        ("2021-11-11", ["2021-11-12", "2022-02-12", "2022-05-13", "2022-08-12"]),
        ("2021-11-12", ["2022-02-12", "2022-05-13", "2022-08-12", "2022-11-12"]),
        ("2022-01-01", ["2022-02-12", "2022-05-13", "2022-08-12", "2022-11-12"]),
    ],
)
def test_the_plan_has_the_cut_offs_of_a_year_to_come(as_of: str, cut_offs: list[str]) -> None:
    reports = [row for row in due(as_of, []) if row["kind"] == "due_report"]
    assert [row["date"] for row in reports] == [day(each) for each in cut_offs]


def test_a_report_that_is_due_is_named_by_its_financial_year() -> None:
    titles = {row["date"]: row["title"] for row in due("2021-11-12", [])}
    assert titles[day("2022-05-13")] == "Performance report 2021-22-Q4: cut-off"
    assert titles[day("2022-08-12")] == "Performance report 2022-23-Q1: cut-off"


@pytest.mark.parametrize(
    ("status", "timing", "date"),
    [("due", "due_next", day("2021-12-31")), ("overdue", "overdue", day("2021-12-31")), ("recurring", "goes_on", None)],
)
def test_an_action_is_in_the_plan_as_its_status_is(status: str, timing: str, date: object) -> None:
    plan: Row = {"plan_year": "2021-22", "action_code": "1A.1", "as_at": day("2021-06-01"), "workbook_sha256": "plan"}
    action = plan | {"objective_number": 1, "objective": "Voice", "delivery": "A portal", "owners": "MOVES"}
    action |= {"risks": "Staff leave.", "indicators": "Visits", "target_date": "Dec 2021"}
    stretch = plan | {"status": status, "status_from": day("2021-06-01"), "target_end": day("2022-01-01")}
    tables = {
        "marts.freshness_day": [{"as_of": CUT_OFF}, {"as_of": day("2021-05-31")}],
        "marts.action_status": [stretch],
        "marts.action": [action],
        "marts.area": AREAS,
    }
    found = {row["kind"]: row for row in run("marts.evidence_action", tables)}
    assert (found["due_action"]["timing"], found["due_action"]["date"]) == (timing, date)
    assert found["due_action"]["text"] == "When: Dec 2021. Risks: Staff leave. Indicators: Visits"
    assert (found["action"]["date"], found["action"]["theme"]) == (day("2021-06-01"), "1. Voice")
    done = tables | {"marts.action_status": [stretch | {"status": "done"}]}
    assert [row["kind"] for row in run("marts.evidence_action", done)] == ["action"]


def test_a_report_is_on_record_once_its_year_has_targets() -> None:
    tables = {
        "marts.reporting_quarter": [quarter("2020-21-Q4"), quarter("2021-22-Q1"), quarter()],
        "marts.target": [{"period_label": label} for label in ("2021-22", "2021-22 academic")],
        "marts.area": AREAS,
        "marts.evidence_file": [],
    }
    found = run("marts.evidence_workbook", tables)
    assert [(row["report_quarter"], row["date"]) for row in found] == [
        ("2021-22-Q1", day("2021-08-12")),
        (QUARTER, CUT_OFF),
    ]


def test_an_item_keeps_its_key_from_day_to_day_and_has_one_of_its_own() -> None:
    later = day("2021-12-01")
    tables = {
        "marts.freshness_day": [],
        "marts.freshness": [],
        "marts.source_freshness": [awaited(), awaited(as_of=later), awaited(source="other", as_of=later)],
        "marts.area": AREAS,
    }
    found = [(row["as_of"], row["source"], row["evidence_id"]) for row in run("marts.evidence", tables)]
    ids = {(as_of, source): each for as_of, source, each in found}
    assert ids[(CUT_OFF, "fund")] == ids[(later, "fund")] != ids[(later, "other")]


def test_all_parts_have_the_same_columns_in_the_same_order() -> None:
    parts = ("workbook", "text", "finding", "claim", "action", "due")
    assert len({tuple(column_types()[f"marts.evidence_{part}"].items()) for part in parts}) == 1
