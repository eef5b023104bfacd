-- Printed figures whose own month lies outside the financial year of the column that they stand in.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
figures as (
    select
        measure_code,
        column_year,
        month_named,
        printed_text,
        workbook,
        sheet,
        cell,
        coalesce(try_strptime(month_named, '%B %Y'), try_strptime(month_named, '%b %Y')) as month_start,
        make_date(cast(substr(column_year, 1, 4) as integer), 4, 1) as year_start,
    from marts.printed_figure
    where month_named is not null and superseded_on is null and place = 1
)

select
    'printed_month_outside_its_year' as check_name,  -- what was checked
    measure_code || ', ' || column_year as subject,  -- what the finding is about
    printed_text as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- nothing is subtracted
    'warn' as severity,  -- fail or warn
    case
        when month_start is null then month_named || ' is no month.'
        else
            'The column is of April ' || year(year_start) || ' to March ' || (year(year_start) + 1) || ', and ' || month_named
            || ' is not in it: the figure is of ' || (year(month_start) - case when month(month_start) < 4 then 1 else 0 end)
            || '/' || lpad(cast((year(month_start) + case when month(month_start) < 4 then 0 else 1 end) % 100 as varchar), 2, '0') || '.'
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from figures
where coalesce(month_start < year_start or month_start >= year_start + interval 1 year, true)
