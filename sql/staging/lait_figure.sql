-- Figures of the Local Authority Interactive Tool. A year given as 2020 is the one that ends in 2020 where years run over
-- two: no edition gives a year before it has ended, and what was not held in 2019/20 is missing from 2020.
-- grain: edition x measure x year x area
-- key: workbook_sha256, as_at, measure_code, period_label, la_number
with
figures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        measure_short,
        years,
        la_number,
        figure,
        figure_availability,
        figure_cell,
        figure_text,
        length(years) = 7 as names_both_years,
        cast(substr(years, 1, 4) as integer) as year_named,
    from staged.lait_figures
),

measures as (
    select
        measure_short,
        measure_code,
        year_type,
    from staging.lait_measure
),

areas as (
    select
        la_number,
        area,
        area_code,
    from staging.lait_area
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'lait'
),

begun as (
    select
        figures.*,
        measures.measure_code,
        measures.year_type,
        case
            when measures.year_type in ('academic', 'financial') and not figures.names_both_years then figures.year_named - 1
            else figures.year_named
        end as first_year,
        case measures.year_type when 'academic' then 8 when 'financial' then 4 else 1 end as first_month,
    from figures
    inner join measures on figures.measure_short = measures.measure_short
),

dated as (
    select
        begun.*,
        make_date(first_year, first_month, 1) as period_start,
        first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') as both_years,
    from begun
)

select
    dated.measure_code,  -- code of the measure
    dated.la_number,  -- the department's number of the area
    areas.area,  -- area as supplied
    areas.area_code,  -- GSS code; null where no loaded edition lists the area's name
    case dated.year_type
        when 'calendar' then dated.years
        when 'snapshot' then dated.years || '-01'
        when 'financial' then dated.both_years
        else dated.both_years || ' academic'
    end as period_label,  -- year, or January of it for a snapshot
    dated.period_start,  -- first day of the period
    cast(
        dated.period_start + to_months(case dated.year_type when 'snapshot' then 1 else 12 end) as date
    ) as period_end,  -- first day after it
    dated.year_type,  -- calendar of the period
    dated.figure as amount,  -- figure in the measure's unit
    dated.figure_availability as availability,  -- value, or why there is none
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    dated.workbook,  -- file name
    dated.workbook_sha256,  -- SHA-256 of the file
    dated.sheet,  -- sheet
    dated.figure_cell as cell,  -- address of the cell
    dated.figure_text as cell_text  -- text of the cell
from dated
inner join editions
    on
        dated.workbook_sha256 = editions.workbook_sha256
        and dated.workbook = editions.workbook
        and dated.corrections is not distinct from editions.corrections
inner join areas on dated.la_number = areas.la_number
