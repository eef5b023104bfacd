-- Targets that ask for less than an outturn of the year before, or earlier, which became known after they were approved.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
beside as (
    select
        measure_code,
        measure_name,
        period_label,
        known,
        approved_on,
        target_value,
        outturn_period,
        outturn_value,
        outturn_known_on,
        weaker_by,
        outturn_text,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.target_beside_outturn
)

select
    'target_overtaken_by_outturn' as check_name,  -- what was checked
    latest.measure_code || ', ' || latest.period_label as subject,  -- what the finding is about
    latest.cell_text as published,  -- what was supplied
    latest.outturn_text as recomputed,  -- what it should be, where that can be computed
    cast(latest.outturn_value - latest.target_value as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The target of ''' || latest.measure_name || ''' was approved on ' || strftime(latest.approved_on, '%-d %B %Y')
    || '. The outturn of ' || latest.outturn_period || ', known since ' || strftime(latest.outturn_known_on, '%-d %B %Y')
    || ', already goes beyond it: a target of ' || latest.outturn_text
    || ' or better, approved during the year, would ask for no less than was reached.' as explanation,  -- what it means
    latest.workbook,  -- file name
    latest.sheet,  -- sheet
    latest.cell  -- address of the cell
from beside as latest
left join beside as approved
    on
        latest.measure_code = approved.measure_code
        and latest.period_label = approved.period_label
        and approved.known = 'when approved'
where
    latest.known = 'now'
    and latest.weaker_by > 0
    and latest.outturn_known_on > latest.approved_on
    -- what was weaker from the start is a finding of its own
    and coalesce(approved.weaker_by <= 0, true)
