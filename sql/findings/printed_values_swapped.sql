-- Two printed figures that agree with the workbooks only when they are swapped.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
pairs as (
    select
        measure_code,
        other_measure_code,
        period_label,
        recomputed,
        other_recomputed,
        printed_value,
        unit,
        printed_text,
        other_printed_text,
        workbook,
        sheet,
        cell,
        other_cell,
    from marts.printed_swap
    where superseded_on is null
)

select
    'printed_values_swapped' as check_name,  -- what was checked
    measure_code || ' and ' || other_measure_code || ', ' || period_label as subject,  -- what the finding is about
    printed_text || ' and ' || other_printed_text as published,  -- what was supplied
    shown_in(recomputed, unit) || ' and ' || shown_in(other_recomputed, unit) as recomputed,  -- what it should be, where that can be computed
    cast(recomputed - printed_value as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    'Both figures agree with the workbooks when those of ' || measure_code || ' (' || cell || ') and ' || other_measure_code
    || ' (' || other_cell || ') are swapped: they were printed in each other''s place.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from pairs
