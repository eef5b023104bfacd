"""Events and the local fund: totals of what was counted, and what a note says where nothing was."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import duckdb

from pipelines.document.model import Table
from pipelines.publication.quarter import Quarter
from pipelines.report.sections.delivered import delivered, events_table, fund_table
from tests.unit.report.rows import cells

HELD = """
create schema marts;
create table marts.reporting_quarter as select
    '2021-22-Q2' as report_quarter, date '2021-11-12' as known_by, date '2021-04-01' as year_start,
    date '2021-10-01' as quarter_end;
create table marts.measure as select 'IN.2' as measure_code, '1. Communities' as priority, true as in_agreement;
create table marts.observation as select 'IN.2' as measure_code, 'a' as origin_id;
create table marts.observation_origin as select 'a' as origin_id, 'abc' as workbook_sha256;
create table marts.sector_event as from (values
    ('Workshop', date '2021-04-01', 10), ('Workshop', date '2021-07-01', 20),
    ('Meeting', date '2021-04-01', null), ('Meeting', date '2021-07-01', 64)
) as rows (event, period_start, attendance_count);
alter table marts.sector_event add column period_end date;
update marts.sector_event set period_end = period_start + interval 3 months;
alter table marts.sector_event add column event_count integer default 1;
alter table marts.sector_event add column online_count integer default 0;
alter table marts.sector_event add column in_person_count integer default 1;
alter table marts.sector_event add column as_at date default date '2021-10-15';
alter table marts.sector_event add column superseded_on date;
alter table marts.sector_event add column workbook_sha256 varchar default 'abc';
alter table marts.sector_event add column period_label varchar default '2021-22-Q1';
create table marts.suppression as select
    'sector_event' as table_name, 'attendance_count' as figure, 'abc|2021-10-15|2021-22-Q1|Meeting' as figure_key;
create table marts.local_fund (
    edition_period varchar, application_count integer, awarded_count integer, success_pct decimal(9, 6),
    first_time_awarded_count integer, repeat_awarded_count integer, small_grant_count integer, awarded_pounds integer,
    note varchar, as_at date, superseded_on date, workbook_sha256 varchar
);
"""


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
    first, second = cells(fund_table([ran, paused], "Stockport"))
    assert (first["period"], first["awarded"], first["success"], first["pounds"]) == (
        "2020/21",
        "1,042",
        "48.8%",
        "£89,230",
    )
    assert second.pop("period") == "2021/22 Q2 | Did not run."
    assert set(second.values()) == {"Not available"}


def test_no_total_is_made_of_kinds_of_which_a_part_is_not_shown() -> None:
    with duckdb.connect() as connection:
        connection.execute(HELD)
        contents = SimpleNamespace(quarter=Quarter(connection, "2021-22-Q2"))
        [[table]] = delivered(contents).values()  # type: ignore[arg-type]
    assert isinstance(table, Table)
    attendance = {row["event"]: row["attendance_count"] for row in cells(table)}
    assert attendance == {"Meeting": "Suppressed", "Workshop": "30", "All events": "Suppressed"}
