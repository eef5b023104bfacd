-- Collaboration events by kind, as the public may see them: small attendances suppressed.
-- grain: edition x kind of event
-- key: period_label, workbook_sha256, as_at, event
with
shown as (
    select
        period_label,
        period_start,
        period_end,
        event,
        event_count,
        online_count,
        in_person_count,
        attendance_count,
        first_held_on,
        last_held_on,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        concat_ws('|', workbook_sha256, as_at, period_label, event) as figure_key,
    from marts.sector_event
),

suppressed as (
    select
        figure_key,
        bool_or(figure = 'attendance_count') as hides_attendance_count,
    from marts.suppression
    where table_name = 'sector_event'
    group by figure_key
)

select
    shown.period_label,  -- quarter or financial year of the return
    shown.period_start,  -- first day of the period
    shown.period_end,  -- first day after it
    shown.event,  -- kind of event
    shown.event_count,  -- events of the kind
    shown.online_count,  -- of them, online
    shown.in_person_count,  -- of them, in person
    case when suppressed.hides_attendance_count then null else shown.attendance_count end as attendance_count,  -- people who came, once for each event that they came to; null where it is suppressed
    shown.first_held_on,  -- day of the first
    shown.last_held_on,  -- day of the last
    shown.as_at,  -- day on which the edition became known
    shown.superseded_on,  -- first day on which a later edition counts; null while it counts
    shown.workbook,  -- file name
    shown.workbook_sha256,  -- SHA-256 of the file
    shown.sheet  -- sheet
from shown
left join suppressed on shown.figure_key = suppressed.figure_key
