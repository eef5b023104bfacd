-- Numeric targets that cannot be rated against: the agreement does not say whether high or low is good.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
targets as (
    select
        measure_code,
        period_label,
        target_type,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.target
    where superseded_on is null
),

measures as (
    select
        measure_code,
        measure_name,
        polarity,
    from marts.measure
)

select
    'numeric_target_without_polarity' as check_name,  -- what was checked
    targets.measure_code || ', ' || targets.period_label as subject,  -- what the finding is about
    targets.cell_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The target of ''' || measures.measure_name
    || ''' cannot be rated against: the agreement does not say whether high or low is good.' as explanation,  -- what it means
    targets.workbook,  -- file name
    targets.sheet,  -- sheet
    targets.cell  -- address of the cell
from targets
inner join measures on targets.measure_code = measures.measure_code
where targets.target_type = 'numeric' and measures.polarity = 'none'
