"""The action plan at the cut-off: counts by status, and the overdue actions."""

from datetime import date

from pipelines.document.model import Table
from pipelines.report.sections.actions import action_tables, introduction
from tests.unit.report.rows import cells

ACTION = {
    "plan_year": "2010-11",
    "action_code": "1A.1",
    "delivery": "Develop it. " * 50,
    "owners": None,
    "target_date": "26 May 2010",
    "status": "overdue",
    "workbook": "Plan.xlsx",
    "as_at": date(2010, 6, 8),
}


def tables(*statuses: str) -> list[Table]:
    return [
        block for block in action_tables([ACTION | {"status": each} for each in statuses]) if isinstance(block, Table)
    ]


def test_counts_name_overdue_and_done_even_where_there_are_none() -> None:
    [counts] = tables("due", "recurring", "due")
    assert [(row["status"], row["actions"]) for row in cells(counts)] == [
        ("Overdue", "0"),
        ("Not due yet", "2"),
        ("Goes on or comes round", "1"),
        ("Done", "0"),
    ]


def test_overdue_actions_are_listed_in_short() -> None:
    _, overdue = tables("overdue", "done")
    [row] = cells(overdue)
    assert (row["code"], row["date"], row["owners"]) == ("1A.1", "26 May 2010", "Nobody is named")
    assert len(row["delivery"]) <= 200 and row["delivery"].endswith("it. …")


def test_it_is_said_which_plan_it_is_and_what_is_wrong_with_it() -> None:
    said = introduction([ACTION], date(2021, 11, 12), 2)
    assert said.startswith("The latest plan that was received is that of 2010/11 (Plan.xlsx, known since 8 June 2010).")
    assert "its 1 action is shown as it stood on 12 November 2021" in said and said.endswith("2 findings.")
    assert "does not fit" not in introduction([ACTION], date(2021, 11, 12), 0)
