-- Targets that ask for less than the last outturn that was known when they were approved.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
targets as (
    select
        measure_code,
        measure_name,
        period_label,
        approved_on,
        target_value,
        outturn_period,
        outturn_value,
        outturn_text,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.target_beside_outturn
    where known = 'when approved' and weaker_by > 0
)

select
    'target_weaker_than_outturn' as check_name,  -- what was checked
    measure_code || ', ' || period_label as subject,  -- what the finding is about
    cell_text as published,  -- what was supplied
    outturn_text as recomputed,  -- what it should be, where that can be computed
    cast(outturn_value - target_value as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The target of ''' || measure_name || ''' asks for less than was reached in ' || outturn_period
    || ', which was known when it was approved on ' || strftime(approved_on, '%-d %B %Y')
    || '. A target of ' || outturn_text || ' or better, or the reason for a weaker one in the agreement''s note, would mend it.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from targets
