-- Periods in which the Local Fund did not run, as an empty register says of itself: its year, or each quarter of
-- the year up to the one whose end the register goes to.
-- grain: edition x period
-- key: workbook_sha256, as_at, first_day
with
notes as (
    select
        edition_period,
        period_start,
        period_end,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from staging.note
    where source = 'local_fund' and says_why_empty
)

select
    edition_period,  -- financial year of the register, or the quarter up to whose end it goes
    cast(unnest(generate_series(
        date_trunc('year', period_start - interval 3 month) + interval 3 month,
        period_end - interval 1 day,
        case when edition_period like '%-Q_' then interval 3 month else interval 12 month end
    )) as date) as first_day,  -- first day of the period in which it did not run
    note,  -- what the register says
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell  -- address of the note
from notes
