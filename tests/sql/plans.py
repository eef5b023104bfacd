"""Staged rows of two editions of an action plan, made up: the second says what was done."""

from typing import Any

from tests.sql.harness import Row, day
from tests.sql.staged import staged

FIRST, SECOND = "plan", "plan with days done"


def planned(sha256: str = FIRST, row_number: int = 7, /, **changes: Any) -> Row:
    """A staged row of the plan: to be done in Autumn 2010, by MOVES, for NI 4."""
    row = {
        "objective": "1: A Stronger VOICE",
        "outcome": "Communities are engaged",
        "action_group": "1A: More and better opportunities",
        "delivery": f"Action of row {row_number}",
        "delivery_cell": f"A{row_number}",
        "responsibility": "MOVES",
        "responsibility_cell": f"B{row_number}",
        "target_date": "Autumn 2010",
        "target_date_kind": "dated",
        "target_date_start": day("2010-09-01"),
        "target_date_end": day("2010-12-01"),
        "target_date_cell": f"C{row_number}",
        "indicators": "NI 4: % people who feel they can influence decisions",
        "indicators_cell": f"E{row_number}",
        "done_on_cell": f"F{row_number}",
    }
    return staged(sha256, row_number, "2010-11", "2010-04-01", 12, **row | changes)


UNDATED: Row = {
    "target_date": None,
    "target_date_kind": "undated",
    "target_date_start": None,
    "target_date_end": None,
}


def plan_rows() -> list[Row]:
    """Both editions: an action that is done, one that goes on, one without date or indicator."""
    first = [planned(), planned(FIRST, 8, target_date_kind="ongoing"), planned(FIRST, 9, indicators=None, **UNDATED)]
    second = [row | {"workbook_sha256": SECOND} for row in first]
    return [*first, second[0] | {"done_on": day("2010-11-20")}, *second[1:]]
