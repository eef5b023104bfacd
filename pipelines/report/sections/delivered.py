"""What was delivered besides the measures: events held, the local fund, and the activity of programmes."""

from collections.abc import Mapping, Sequence

from pipelines.document.model import Block, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.publication.suppressed import join_hidden
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import SUPPRESSED, figure_in_words, missing_in_words, period_in_words

Delivered = Mapping[str, Sequence[Block]]
"""Blocks by priority."""

_HOMES = """
select origin.workbook_sha256, min(measure.priority) as priority
from marts.observation_origin as origin
inner join marts.observation using (origin_id)
inner join marts.measure using (measure_code)
where measure.in_agreement
group by origin.workbook_sha256
having count(distinct measure.priority) = 1
"""
"""The priority that a workbook is about: that of the measures of the agreement whose figures it gives."""

_EVENTS = f"""
with homes as ({_HOMES})
select
    homes.priority,
    event,
    case when count(event_count) = count(*) then sum(event_count) end as event_count,
    case when count(online_count) = count(*) then sum(online_count) end as online_count,
    case when count(in_person_count) = count(*) then sum(in_person_count) end as in_person_count,
    case when count(attendance_count) = count(*) then sum(attendance_count) end as attendance_count,
    flatten(list(suppressed.hidden)) as hidden,
from marts.sector_event
{join_hidden("sector_event", "sector_event")}
inner join homes using (workbook_sha256)
where
    {KNOWN}
    and period_start >= (select year_start from marts.reporting_quarter where report_quarter = $quarter)
    and period_end <= (select quarter_end from marts.reporting_quarter where report_quarter = $quarter)
group by homes.priority, event
order by homes.priority, event
"""

_FUND = f"""
with homes as ({_HOMES})
select
    homes.priority, edition_period, application_count, awarded_count, success_pct, first_time_awarded_count,
    repeat_awarded_count, small_grant_count, awarded_pounds, note
from marts.local_fund
left join homes using (workbook_sha256)
where {KNOWN}
order by edition_period
"""

_ACTIVITY = f"""
select programme, item, period_label, year_type, printed, availability, note
from marts.programme_activity
left join (select distinct period_label, year_type from marts.observation) using (period_label)
where edition_period = $quarter and {KNOWN}
order by programme, item
"""


def delivered(contents: Contents) -> Delivered:
    """What the marts hold besides measures, by the priority that the workbook's measures belong to."""
    blocks: dict[str, list[Block]] = {}
    events = contents.quarter.rows(_EVENTS)
    for priority in sorted({row["priority"] for row in events}):
        held = [row for row in events if row["priority"] == priority]
        blocks.setdefault(priority, []).append(events_table(held, f"events-{len(blocks)}"))
    fund = contents.quarter.rows(_FUND)
    home = next((row["priority"] for row in fund if row["priority"]), None)
    if home:
        blocks.setdefault(home, []).append(fund_table(fund, contents.quarter.publisher.area))
    return blocks


def events_table(events: Sequence[Row], name: str) -> Table:
    """Events of the financial year so far, by kind, and of all kinds together."""
    columns = [
        Column("event", "Event", width=3, is_head=True),
        Column("event_count", "Held", numeric=True),
        Column("online_count", "Online", numeric=True),
        Column("in_person_count", "In person", numeric=True),
        Column("attendance_count", "Attendance", numeric=True),
    ]
    counts = [column.key for column in columns if column.numeric]
    total = {"event": "All events"} | {
        key: None if any(row[key] is None for row in events) else sum(row[key] for row in events) for key in counts
    }
    total["hidden"] = [key for row in events for key in row.get("hidden") or ()]
    rows = [
        {"event": row["event"]}
        | {key: missing_in_words(row, key, "Not available") if row[key] is None else f"{row[key]:,}" for key in counts}
        for row in (*events, total)
    ]
    return Table(name, "Sector collaboration events held in the financial year so far", columns, rows)


def fund_table(fund: Sequence[Row], area: str) -> Table:
    """The local fund, edition by edition; of one without applications, what its note says."""
    columns = [
        Column("period", "Period", width=2.2, is_head=True),
        Column("applications", "Applications", numeric=True, width=1.3),
        Column("awarded", "Awarded", numeric=True),
        Column("success", "Share awarded", numeric=True),
        Column("first", "First-time applicants", numeric=True, width=1.2),
        Column("repeat", "Repeat applicants", numeric=True, width=1.2),
        Column("small", "Small grants", numeric=True),
        Column("pounds", "Awarded, £", numeric=True, width=1.2),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "period": Cell(row["edition_period"].replace("-Q", " Q").replace("-", "/"), row["note"] or ""),
            "applications": _count(row["application_count"]),
            "awarded": _count(row["awarded_count"]),
            "success": _figure(row["success_pct"], "%"),
            "first": _count(row["first_time_awarded_count"]),
            "repeat": _count(row["repeat_awarded_count"]),
            "small": _count(row["small_grant_count"]),
            "pounds": _figure(row["awarded_pounds"], "£"),
        }
        for row in fund
    ]
    return Table("local-fund", f"{area} Local Fund: applications and awards", columns, rows)


def activity_blocks(contents: Contents) -> list[Block]:
    """Activity of programmes. Its workbook names no priority, so that it has a section of its own."""
    activity = contents.quarter.rows(_ACTIVITY)
    heading = Heading(3, "Activity of programmes across the priorities", "activity")
    if not activity:
        return [heading, Paragraph("No workbook of programme activity was received for this quarter.")]
    columns = [
        Column("programme", "Programme", width=1.4),
        Column("item", "What", width=2.4, is_head=True),
        Column("period", "When"),
        Column("figure", "Figure", numeric=True),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "programme": row["programme"],
            "item": Cell(row["item"], row["note"] or ""),
            "period": period_in_words(row["period_label"], row["year_type"] or ""),
            "figure": SUPPRESSED if row["availability"] == "suppressed" else row["printed"] or "Not available",
        }
        for row in activity
    ]
    return [heading, Table("programme-activity", "What the programmes have done", columns, rows)]


def _count(number: int | None) -> str:
    return "Not available" if number is None else f"{number:,}"


def _figure(value: object, unit: str) -> str:
    return "Not available" if value is None else figure_in_words(value, unit)  # type: ignore[arg-type]
