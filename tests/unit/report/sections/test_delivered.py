"""Events and the local fund: totals of what was counted, and what a note says where nothing was."""

from decimal import Decimal
from typing import Any

from pipelines.report.sections.delivered import events_table, fund_table
from tests.unit.report.rows import cells


def event(name: str, held: int, attendance: int | None) -> dict[str, object]:
    return {
        "event": name,
        "event_count": held,
        "online_count": held,
        "in_person_count": 0,
        "attendance_count": attendance,
    }


def test_events_of_all_kinds_are_added_up() -> None:
    rows = cells(events_table([event("Workshop", 13, 301), event("Meeting", 2, 1039)], "events"))
    assert rows[-1] == {
        "event": "All events",
        "event_count": "15",
        "online_count": "15",
        "in_person_count": "0",
        "attendance_count": "1,340",
    }


def test_a_count_that_is_missing_makes_no_total() -> None:
    rows = cells(events_table([event("Workshop", 13, 301), event("Meeting", 2, None)], "events"))
    assert [row["attendance_count"] for row in rows] == ["301", "Not available", "Not available"]


def test_a_fund_that_did_not_run_is_said_with_its_note() -> None:
    counts = ("application", "awarded", "first_time_awarded", "repeat_awarded", "small_grant")
    ran: dict[str, Any] = {f"{name}_count": 1042 for name in counts} | {
        "success_pct": Decimal("48.837"),
        "awarded_pounds": Decimal(89230),
    }
    ran |= {"edition_period": "2020-21", "note": None}
    paused = dict.fromkeys(ran) | {"edition_period": "2021-22-Q2", "note": "Did not run."}
    first, second = cells(fund_table([ran, paused]))
    assert (first["period"], first["awarded"], first["success"], first["pounds"]) == (
        "2020/21",
        "1,042",
        "48.8%",
        "£89,230",
    )
    assert second.pop("period") == "2021/22 Q2 | Did not run."
    assert set(second.values()) == {"Not available"}
