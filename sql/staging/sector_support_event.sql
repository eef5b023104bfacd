-- Collaboration events of the voluntary, community and social enterprise sector. Single events are illustrative; their
-- number is published.
-- grain: edition x event
-- key: workbook_sha256, as_at, row_number
with
events as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        period_start,
        period_end,
        held_on,
        event,
        event_cell,
        held,
        attendance,
    from staged.sector_support_events
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'sector_support'
)

select
    events.period_label,  -- quarter or financial year of the return
    events.period_start,  -- first day of the period
    events.period_end,  -- first day after it
    events.held_on,  -- day of the event
    events.event,  -- kind of event
    events.held,  -- online or in person
    events.attendance as attendance_count,  -- people who came
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    events.workbook,  -- file name
    events.workbook_sha256,  -- SHA-256 of the file
    events.sheet,  -- sheet
    events.row_number,  -- row of the sheet
    events.event_cell  -- address of the kind of event
from events
inner join editions
    on
        events.workbook_sha256 = editions.workbook_sha256
        and events.workbook = editions.workbook
        and events.corrections is not distinct from editions.corrections
