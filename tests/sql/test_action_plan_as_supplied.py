"""The action plan of June 2010 as the service supplied it: its actions, and what is to be looked into."""

from collections import Counter
from collections.abc import Sequence

import pytest

from assets.sources.action_plan import source
from pipelines.contract.frames import table_frames
from pipelines.contract.outcome import Reading
from pipelines.contract.reading import read_source_workbook
from tests.helpers import REPOSITORY, sheets_of
from tests.sql.harness import Row, day, run

NAME = "Action delivery plan 2010-11.xlsx"
CUT_ROWS = {9: [11], 20: [22], 27: [29], 32: [34]}
"""Rows that the printed plan continues behind a page break, as a reader of it sees them."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    content = (REPOSITORY / "raw" / source.name / NAME).read_bytes()
    return read_source_workbook(source, NAME, "plan", sheets_of(NAME, content))


@pytest.fixture(scope="module")
def given(reading: Reading) -> dict[str, Sequence[Row]]:
    receipt = {"source": source.name, "workbook": NAME, "workbook_sha256": "plan", "as_at": day("2010-06-08")}
    rows = table_frames(source.tables[0], [reading])[0].to_dicts()
    return {"staged.action_plan_actions": rows, "staged.receipt": [receipt | {"outcome": "loaded"}]}


@pytest.fixture(scope="module")
def actions(given: dict[str, Sequence[Row]]) -> dict[int, Row]:
    return {row["sheet_row"]: row for row in run("marts.action", given)}


def test_the_57_printed_rows_become_51_actions(reading: Reading, actions: dict[int, Row]) -> None:
    subheadings = [row for row in reading.set_aside if row.reason == "section" and row.text.startswith("For ")]
    assert (len(actions), sum(map(len, CUT_ROWS.values())), len(subheadings)) == (51, 4, 2)
    assert reading.rows_loaded == 55
    assert (reading.rows_read, reading.rows_set_aside, reading.rows_rejected) == (102, 47, 0)


def test_each_row_that_was_joined_to_another_is_a_warning(reading: Reading, actions: dict[int, Row]) -> None:
    warned = [finding.cell for finding in reading.warnings if finding.rule == "cut by a page break"]
    assert warned == [f"A{row}" for rest in CUT_ROWS.values() for row in rest]
    for first, rest in CUT_ROWS.items():
        assert {f"A{row}" for row in (first, *rest)} <= set(actions[first]["cells"].split(", "))


def test_rows_behind_a_page_break_that_are_whole_are_actions_of_their_own(actions: dict[int, Row]) -> None:
    assert {49, 56, 72} <= actions.keys()


def test_a_cut_row_reads_as_one_sentence(actions: dict[int, Row]) -> None:
    assert "public facing Diary of Events. This also" in actions[20]["delivery"]
    assert actions[27]["owners"] == "Engaging Communities Advisory Group; SCVS; Stockport Partnership Office"
    assert actions[9]["indicator_count"] == 2


def test_subheadings_and_shared_groups(actions: dict[int, Row]) -> None:
    said = (
        {actions[row]["subheading"] for row in (26, 27, 30)},
        {actions[row]["subheading"] for row in (32, 35, 36, 37)},
    )
    assert said == ({"For communities"}, {"For practitioners"})
    assert {row["action_group_code"] for row in actions.values() if row["objective_number"] == 2} == {
        "2A",
        "2B/2C",
        "2D/2E",
    }


def test_when_actions_are_due(actions: dict[int, Row]) -> None:
    assert Counter(row["target_kind"] for row in actions.values()) == {
        "dated": 36,
        "ongoing": 7,
        "recurring": 1,
        "undated": 7,
    }


def test_every_owner_and_indicator_is_known(given: dict[str, Sequence[Row]]) -> None:
    assert run("findings.action_names", given) == []


def test_indicators_by_the_actions_that_serve_them(given: dict[str, Sequence[Row]]) -> None:
    counts = {row["indicator_code"]: row["action_count"] for row in run("marts.indicator_coverage", given)}
    assert counts == {"NI 4": 15, "NI 6": 2, "ENGAGE.1": 9, "ENGAGE.2": 9, "ENGAGE.3": 2}


def test_findings(given: dict[str, Sequence[Row]]) -> None:
    found = run("findings.action_dates", given) + run("findings.action_indicators", given)
    assert Counter(row["check_name"] for row in found) == {
        "action_without_date": 7,
        "action_due_before_plan_came": 2,
        "action_beyond_plan_year": 2,
        "action_without_indicator": 16,
    }
