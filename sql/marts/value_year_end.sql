-- The year that a reporting quarter belongs to, whole: its actual or forecast figure, and the actual of the year before.
-- An academic measure is in the academic year that contains the quarter's last day.
-- grain: reporting quarter x measure that runs by the financial or academic year
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        quarter_number,
        report_year,
        previous_report_year,
        academic_year,
        previous_academic_year,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        year_type,
        rated_on,
    from marts.rating_definition
    where year_type in ('financial', 'academic')
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        value_kind,
        value,
        availability,
    from marts.known_observation
),

years as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        definitions.rated_on = 'Year to date' as is_rated_to_date,
        case when definitions.year_type = 'academic' then quarters.academic_year else quarters.report_year end as this_year,
        case
            when definitions.year_type = 'academic' then quarters.previous_academic_year
            else quarters.previous_report_year
        end as year_before,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
)

select
    years.report_quarter,  -- label of the quarter
    years.measure_code,  -- code of the measure
    years.is_rated_to_date and coalesce(current_year.value_kind <> 'actual' or current_year.value is null, true) as is_rated_to_date,  -- whether the year so far is rated: until the actual of the whole year is known
    years.this_year,  -- label of the year
    current_year.value,  -- its figure, in the measure's unit
    current_year.value_kind,  -- actual, provisional, interim or forecast
    coalesce(current_year.availability, nullif(own_quarter.availability, 'value')) as availability,  -- value, or why there is none: of the year, else of the quarter itself; null where nothing is known
    years.year_before,  -- label of the year before
    earlier_year.value as previous_value  -- actual figure of the year before
from years
left join known as current_year
    on
        years.report_quarter = current_year.report_quarter
        and years.measure_code = current_year.measure_code
        and years.this_year = current_year.period_label
left join known as own_quarter
    on
        years.report_quarter = own_quarter.report_quarter
        and years.measure_code = own_quarter.measure_code
        and years.report_quarter = own_quarter.period_label
left join known as earlier_year
    on
        years.report_quarter = earlier_year.report_quarter
        and years.measure_code = earlier_year.measure_code
        and years.year_before = earlier_year.period_label
        and earlier_year.value_kind = 'actual'
