-- Every figure of the printed report's table of measures as it is printed, with the period that it is of.
-- grain: edition x printed cell x figure in it
-- key: workbook_sha256, as_at, cell, place
with
cells as (
    select
        measure_code,
        report_quarter,
        printed_column,
        column_year,
        printed_text,
        figures,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        [figure for figure in figures if figure.role <> 'month'] as read_figures,
        list_filter(figures, lambda figure: figure.role = 'month')[1].label as month_named,
    from staging.published_report_cell
    where printed_column in ('two_years_before', 'year_before', 'current', 'target')
),

figures as (
    select
        cells.*,
        unnest(read_figures) as figure,
        generate_subscripts(read_figures, 1) as place,
    from cells
),

calendars as (
    select
        measure_code,
        year_type,
    from marts.measure
),

rated as (
    select
        report_quarter,
        as_at,
        measure_code,
        value_period,
    from marts.reported_status
)

select
    figures.measure_code,  -- code of the measure; null where the agreement has none so named
    figures.report_quarter,  -- last quarter that the report is about
    figures.printed_column,  -- two_years_before, year_before, current or target
    figures.column_year,  -- financial year that the column is of
    case
        when regexp_full_match(figures.figure.label, 'Q[1-4]') then figures.column_year || '-' || figures.figure.label
        when figures.month_named is not null and calendars.year_type = 'snapshot'
            then strftime(coalesce(try_strptime(figures.month_named, '%B %Y'), try_strptime(figures.month_named, '%b %Y')), '%Y-%m')
        when figures.printed_column = 'current' then rated.value_period
        when calendars.year_type = 'academic' then figures.column_year || ' academic'
        when calendars.year_type = 'rolling' and figures.printed_column <> 'target'
            then 'year to Mar ' || (cast(substr(figures.column_year, 1, 4) as integer) + 1)
        else figures.column_year
    end as period_label,  -- period that the figure is of
    figures.place,  -- place of the figure in its cell, from 1
    figures.figure.role,  -- value, count, share, numerator, denominator, component, or mentioned in other words
    figures.figure.label as component,  -- label of a component, as printed
    figures.figure.value as printed_value,  -- the figure: points for percentages, pounds for money
    figures.figure.unit,  -- %, £ or empty for a number
    figures.figure.decimals as decimals_printed,  -- decimals printed behind the point
    figures.figure.rounds_to,  -- least step that the printed figure can show: 0.1 for 94.9%
    figures.month_named,  -- month in brackets behind the figure
    figures.printed_text,  -- the cell as printed
    figures.as_at,  -- day of publication
    figures.superseded_on,  -- first day on which a later edition counts; null while it counts
    figures.workbook,  -- file name
    figures.workbook_sha256,  -- SHA-256 of the file
    figures.sheet,  -- sheet
    figures.cell  -- address of the cell
from figures
left join calendars on figures.measure_code = calendars.measure_code
left join rated
    on
        figures.report_quarter = rated.report_quarter
        and figures.as_at = rated.as_at
        and figures.measure_code = rated.measure_code
