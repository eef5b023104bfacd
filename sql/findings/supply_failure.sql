-- Measures that have stopped coming: as the last reported quarter sees them.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
failures as (
    select
        report_quarter,
        measure_code,
        measure_name,
        first_missing_period,
        last_missing_period,
        periods_missing,
        reason,
        origin_id,
    from marts.supply_failure
    where report_quarter = (select max(report_quarter) from marts.reporting_quarter)
),

origins as (
    select
        origin_id,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.observation_origin
    where role <> 'denominator'
)

select
    'supply_failure' as check_name,  -- what was checked
    failures.measure_code || ', ' || failures.report_quarter as subject,  -- what the finding is about
    coalesce(origins.cell_text, 'nothing') as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'No figure of ''' || failures.measure_name || ''' for ' || failures.periods_missing || ' periods running, '
    || failures.first_missing_period || ' to ' || failures.last_missing_period || ': '
    || failures.reason as explanation,  -- what it means
    origins.workbook,  -- file name
    origins.sheet,  -- sheet
    origins.cell  -- address of the cell
from failures
left join origins on failures.origin_id = origins.origin_id
