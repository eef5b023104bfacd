-- Locks of quarters that are not reported: nothing is shown of them.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
locks as (
    select
        report_quarter,
        workbook,
    from staging.quarter_decision
    where action = 'lock'
),

quarters as (
    select report_quarter
    from marts.reporting_quarter
)

select
    'locked_quarter_unknown' as check_name,  -- what was checked
    locks.report_quarter as subject,  -- what the finding is about
    locks.report_quarter as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    'The quarter is locked, and it is not among those that the files received so far allow to be reported, so none of its '
    || 'locked figures is shown. Mend the line of raw/decisions.csv, or the days in raw/received.csv.' as explanation,  -- what it means
    locks.workbook,  -- file name
    'csv' as sheet,  -- sheet
    'A2' as cell  -- address of the cell
from locks
left join quarters on locks.report_quarter = quarters.report_quarter
where quarters.report_quarter is null
