-- What does not fit together in the figures that were supplied, for a person to look into.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
targets as (
    select
        measure_code,
        period_label,
        target_type,
        target_value,
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
        category,
    from marts.measure
),

sector as (
    select
        share.period_label,
        share.stockport_value as stated_pct,
        divided(number.stockport_value * 100, whole.stockport_value) as computed_pct,
        origin.workbook,
        origin.sheet,
        origin.cell,
        origin.cell_text,
    from marts.sector as share
    inner join marts.sector as number on share.edition = number.edition and number.measure_code = 'SECTOR.2'
    inner join marts.sector as whole on share.edition = whole.edition and whole.measure_code = 'IN.14'
    inner join marts.observation_origin as origin on share.origin_id = origin.origin_id
    where share.measure_code = 'SECTOR.3' and share.superseded_on is null
),

left_out as (
    select
        check_name,
        subject,
        explanation,
        workbook,
        sheet,
        cell,
    from staging.lait_left_out
)

select
    'numeric_target_without_polarity' as check_name,  -- what was checked
    targets.measure_code || ', ' || targets.period_label as subject,  -- what the finding is about
    targets.cell_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The target of ''' || measures.measure_name || ''' cannot be rated against: the agreement does not say whether high or low is good.' as explanation,  -- what it means
    targets.workbook,  -- file name
    targets.sheet,  -- sheet
    targets.cell  -- address of the cell
from targets
inner join measures on targets.measure_code = measures.measure_code
where targets.target_type = 'numeric' and measures.polarity = 'none'
union all
select
    'share_of_social_enterprises' as check_name,
    'SECTOR.3, ' || period_label as subject,
    cell_text as published,
    cast(round(computed_pct, 2) as varchar) || '%' as recomputed,
    computed_pct - stated_pct as difference,
    'warn' as severity,
    'The stated share is not the number of social enterprises over that of organisations, rounded.' as explanation,
    workbook,
    sheet,
    cell,
from sector
where abs(computed_pct - stated_pct) > 0.5
union all
select
    check_name,
    subject,
    subject as published,
    null as recomputed,
    null as difference,
    'warn' as severity,
    explanation,
    workbook,
    sheet,
    cell,
from left_out
