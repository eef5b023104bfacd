-- Shares of social enterprises that are not their number over that of all organisations, rounded.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
sector as (
    select
        share.period_label,
        share.authority_value as stated_pct,
        divided(number.authority_value * 100, whole.authority_value) as computed_pct,
        origin.workbook,
        origin.sheet,
        origin.cell,
        origin.cell_text,
    from marts.sector as share
    inner join marts.sector as number on share.edition = number.edition and number.measure_code = 'SECTOR.2'
    inner join marts.sector as whole on share.edition = whole.edition and whole.measure_code = 'IN.14'
    inner join marts.observation_origin as origin on share.origin_id = origin.origin_id
    where share.measure_code = 'SECTOR.3' and share.superseded_on is null
)

select
    'share_of_social_enterprises' as check_name,  -- what was checked
    'SECTOR.3, ' || period_label as subject,  -- what the finding is about
    cell_text as published,  -- what was supplied
    cast(round(computed_pct, 2) as varchar) || '%' as recomputed,  -- what it should be, where that can be computed
    cast(computed_pct - stated_pct as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The stated share is not the number of social enterprises over that of organisations, rounded.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from sector
where abs(computed_pct - stated_pct) > 0.5
