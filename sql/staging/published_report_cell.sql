-- Cells of the printed report's table of measures, each as printed, under the measure's code and the year that it is of.
-- grain: edition x measure x printed column
-- key: workbook_sha256, as_at, cell
with
measures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        code,
        measure_name,
        cast(substr(period_label, 1, 4) as integer) as first_year,
        unnest([
            { 'name': 'good_performance', 'back': 0, 'text': good_performance, 'cell': good_performance_cell, 'figures': good_performance_figures },
            { 'name': 'two_years_before', 'back': 2, 'text': two_years_before, 'cell': two_years_before_cell, 'figures': two_years_before_figures },
            { 'name': 'year_before', 'back': 1, 'text': year_before, 'cell': year_before_cell, 'figures': year_before_figures },
            { 'name': 'current', 'back': 0, 'text': current, 'cell': current_cell, 'figures': current_figures },
            { 'name': 'target', 'back': 0, 'text': target, 'cell': target_cell, 'figures': target_figures },
            { 'name': 'status', 'back': 0, 'text': status, 'cell': status_cell, 'figures': status_figures },
            { 'name': 'trend', 'back': 0, 'text': trend, 'cell': trend_cell, 'figures': trend_figures }
        ]) as printed,
    from staged.published_report_measures
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'published_report'
),

agreed as (
    select distinct
        measure_code,
        measure_name,
        agreement_year,
    from staging.portfolio_agreement_measure
)

select
    case when measures.code = 'New measure' then agreed.measure_code else measures.code end as measure_code,  -- code; of uncoded ones that of the agreement's measure so named, null where there is none
    measures.measure_name,  -- name as printed
    measures.period_label as report_quarter,  -- last quarter that the report is about
    measures.printed.name as printed_column,  -- good_performance, two_years_before, year_before, current, target, status or trend
    (measures.first_year - measures.printed.back) || '-'
    || lpad(cast((measures.first_year - measures.printed.back + 1) % 100 as varchar), 2, '0') as column_year,  -- financial year that the column is of
    measures.printed.text as printed_text,  -- as printed, with single spaces and broken words made whole
    measures.printed.figures,  -- figures read in it: role, label, value, unit, decimals, rounds_to
    editions.as_at,  -- day of publication
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    measures.workbook,  -- file name
    measures.workbook_sha256,  -- SHA-256 of the file
    measures.sheet,  -- sheet
    measures.printed.cell  -- address of the cell
from measures
inner join editions
    on
        measures.workbook_sha256 = editions.workbook_sha256
        and measures.workbook = editions.workbook
        and measures.corrections is not distinct from editions.corrections
left join agreed
    on
        measures.code = 'New measure'
        and lower(measures.measure_name) = lower(agreed.measure_name)
        and substr(measures.period_label, 1, 7) = agreed.agreement_year
where measures.printed.cell is not null
