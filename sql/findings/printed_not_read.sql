-- Cells of the printed table in which a figure is expected and neither one can be read nor a word that stands for none.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
cells as (
    select
        measure_name,
        printed_column,
        column_year,
        printed_text,
        figures,
        workbook,
        sheet,
        cell,
    from staging.published_report_cell
    where printed_column in ('two_years_before', 'year_before', 'current', 'target') and superseded_on is null
)

select
    'printed_not_read' as check_name,  -- what was checked
    measure_name || ', ' || column_year || ', ' || replace(printed_column, '_', ' ') as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'No figure can be read in it, so none of it was checked. Figures are read as 23% (54/231), 94.9% (1,653) or '
    || 'Q1 = £5 Q2 = £6; N/A, TBC, Aim to maximise and Aim to minimise stand for none.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from cells
where
    list_has_any(list_transform(figures, lambda figure: figure.role), ['mentioned'])
    or (len(figures) = 0 and lower(printed_text) not in ('n/a', 'tbc', '-', '..', 'aim to maximise', 'aim to minimise'))
