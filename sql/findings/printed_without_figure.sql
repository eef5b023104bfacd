-- Places of the printed table that say that there is no figure, where the workbooks give one.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
cells as (
    select
        measure_code,
        printed_column,
        column_year,
        printed_text,
        value,
        workbook,
        sheet,
        cell,
    from marts.printed_cell
    where printed_column in ('two_years_before', 'year_before', 'current') and superseded_on is null and outcome = 'differs'
),

with_figures as (
    select distinct
        workbook,
        sheet,
        cell,
    from marts.printed_recomputed
)

select
    'printed_without_figure' as check_name,  -- what was checked
    cells.measure_code || ', ' || cells.column_year as subject,  -- what the finding is about
    cells.printed_text as published,  -- what was supplied
    shown(cells.value) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- there is nothing to subtract
    'warn' as severity,  -- fail or warn
    'The report prints ' || cells.printed_text || ' where the workbooks give ' || shown(cells.value) || '.' as explanation,  -- what it means
    cells.workbook,  -- file name
    cells.sheet,  -- sheet
    cells.cell  -- address of the cell
from cells
anti join with_figures
    on cells.workbook = with_figures.workbook and cells.sheet = with_figures.sheet and cells.cell = with_figures.cell
