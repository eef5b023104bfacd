-- Collaboration events by kind, as each edition of Sector3's return lists them.
-- grain: edition x kind of event
-- key: period_label, workbook_sha256, as_at, event
with
events as (
    select
        period_label,
        period_start,
        period_end,
        held_on,
        event,
        held,
        attendance_count,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
    from staging.sector_support_event
)

select
    period_label,  -- quarter or financial year of the return
    period_start,  -- first day of the period
    period_end,  -- first day after it
    event,  -- kind of event
    count(*) as event_count,  -- events of the kind
    count(*) filter (where held = 'Online') as online_count,  -- of them, online
    count(*) filter (where held = 'In person') as in_person_count,  -- of them, in person
    cast(sum(attendance_count) as bigint) as attendance_count,  -- people who came, once for each event that they came to
    min(held_on) as first_held_on,  -- day of the first
    max(held_on) as last_held_on,  -- day of the last
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet  -- sheet
from events
group by period_label, period_start, period_end, event, as_at, superseded_on, workbook, workbook_sha256, sheet
