-- Figures that are said to be a share of an amount, such as 60% of a median, where the amount is stated beside them and
-- gives another figure. A figure given in whole units fits when the share of the amount rounds to it.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
figures as (
    select
        indicator,
        area,
        period_label,
        amount,
        unit,
        note,
        workbook,
        sheet,
        cell,
        cell_text,
        regexp_extract(indicator, '(\d+(?:\.\d+)?)% of (median|mean|average)', ['share', 'of_what']) as stated,
    from staging.national_indicator_figure
    where superseded_on is null and availability = 'value'
),

amounts as (
    select
        figures.*,
        try_cast(struct_extract(stated, 'share') as decimal(9, 4)) as share_pct,
        struct_extract(stated, 'of_what') as of_what,
        regexp_extract(note, struct_extract(stated, 'of_what') || '[^£\d]*(£?[\d,]+(?:\.\d+)?)', 1) as stated_amount,
    from figures
    where struct_extract(stated, 'share') <> ''
),

compared as (
    select
        amounts.*,
        divided(share_pct * try_cast(replace(ltrim(stated_amount, '£'), ',', '') as decimal(18, 4)), 100) as computed,
    from amounts
)

select
    'stated_share_of_amount' as check_name,  -- what was checked
    indicator || ', ' || area || ', ' || period_label as subject,  -- what the finding is about
    cell_text as published,  -- what was supplied
    case when unit = '£' then '£' else '' end || format('{:,.2f}', cast(computed as double)) as recomputed,  -- what it should be, where that can be computed
    cast(computed - amount as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'It is said to be ' || cast(cast(share_pct as double) as varchar) || '% of the ' || of_what || ', and its note states a '
    || of_what || ' of ' || stated_amount || ', which gives another figure. Either of the two may be mistaken.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from compared
where abs(computed - amount) > 0.5
