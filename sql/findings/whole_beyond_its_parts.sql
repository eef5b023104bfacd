-- Figures of England that lie beyond those of every area in the same extract, which a percentage, a rate or a score cannot.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
beyond as (
    select
        measure_code,
        measure_name,
        period_label,
        amount,
        least,
        most,
        areas,
        workbook,
        sheet,
        cell,
        cell_text,
        case when amount > most then most else least end as nearest,
    from staging.lait_whole_beyond_parts
)

select
    'whole_beyond_its_parts' as check_name,  -- what was checked
    measure_code || ', England, ' || period_label as subject,  -- what the finding is about
    cell_text as published,  -- what was supplied
    'between ' || cast(cast(least as double) as varchar) || ' and ' || cast(cast(most as double) as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(nearest - amount as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    '''' || measure_name || ''' of England lies beyond the figures of all ' || areas || ' areas of the extract. '
    || case
        when amount > most then 'A sum of its regions'' figures in place of one for the whole would explain it.'
        else 'A figure of another measure or unit would explain it.'
    end || ' Gaps to England of this measure mean nothing until it is mended.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from beyond
