-- Printed figures beside what the workbooks gave on the day of publication, and whether they agree as far as they are printed.
-- grain: edition x printed cell x figure in it that the workbooks give
-- key: workbook_sha256, as_at, cell, place
with
figures as (
    select
        measure_code,
        report_quarter,
        printed_column,
        column_year,
        period_label,
        place,
        role,
        component,
        printed_value,
        unit,
        rounds_to,
        printed_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        case
            when role = 'component' and not regexp_full_match(component, 'Q[1-4]') then lower(component) else 'total'
        end as compared_component,
    from marts.printed_figure
    where
        printed_column in ('two_years_before', 'year_before', 'current')
        and role in ('value', 'count', 'numerator', 'denominator', 'component')
),

observations as (
    select
        observation.measure_code,
        observation.period_label,
        observation.value_kind,
        lower(observation.component) as component,
        observation.numerator,
        observation.denominator,
        observation.value,
        observation.as_at,
        observation.superseded_on,
        observation.origin_id,
    from marts.observation
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where observation.availability = 'value' and observation.value_qualifier = 'exact'
),

-- figures of several periods added up are rated, and no observation
rated as (
    select
        report_quarter,
        as_at,
        measure_code,
        value,
        value_kind,
        value_period,
    from marts.reported_status
    where value is not null
),

known as (
    select
        figures.*,
        coalesce(observations.value_kind, rated.value_kind) as value_kind,
        observations.origin_id,
        case figures.role
            when 'count' then observations.numerator
            when 'numerator' then observations.numerator
            when 'denominator' then observations.denominator
            else coalesce(observations.value, rated.value)
        end as recomputed,
        row_number() over (
            partition by figures.workbook_sha256, figures.as_at, figures.cell, figures.place
            order by
                case observations.value_kind when 'actual' then 1 when 'provisional' then 2 when 'interim' then 3 else 4 end,
                observations.as_at desc
        ) as preference,
    from figures
    left join observations
        on
            figures.measure_code = observations.measure_code
            and figures.period_label = observations.period_label
            and figures.compared_component = observations.component
            and observations.as_at <= figures.as_at and coalesce(figures.as_at < observations.superseded_on, true)
    left join rated
        on
            (figures.report_quarter, figures.as_at, figures.measure_code, figures.period_label)
            = (rated.report_quarter, rated.as_at, rated.measure_code, rated.value_period)
            and figures.printed_column = 'current' and figures.role = 'value'
)

select
    measure_code,  -- code of the measure
    report_quarter,  -- last quarter that the report is about
    printed_column,  -- two_years_before, year_before or current
    column_year,  -- financial year that the column is of
    period_label,  -- period that the figure is of
    place,  -- place of the figure in its cell, from 1
    role,  -- value, count, numerator, denominator or component
    component,  -- label of a component, as printed
    printed_value,  -- the figure as printed: points for percentages, pounds for money
    unit,  -- %, £ or empty for a number
    rounds_to,  -- least step that the printed figure can show
    recomputed,  -- what the workbooks give
    value_kind,  -- actual, interim, forecast or provisional
    abs(recomputed - printed_value) * 2 <= rounds_to as agrees,  -- whether the one rounds to the other; halves may go either way
    recomputed > printed_value and recomputed < printed_value + rounds_to as is_cut_off,  -- whether it is what is left when further decimals are cut off
    printed_text,  -- the cell as printed
    origin_id,  -- key of the recomputed figure's cells in observation_origin; null for one that is added up
    as_at,  -- day of publication
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell  -- address of the cell
from known
where preference = 1 and recomputed is not null
