-- For each reporting quarter and measure, the value that is rated and the two values that its trend compares.
-- grain: reporting quarter x measure that has any figure
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
        definitions.rated_on = 'Year to date' and quarters.quarter_number < 4 as rated_to_date,
        case when definitions.year_type = 'academic' then academic_year else report_year end as this_year,
        case when definitions.year_type = 'academic' then previous_academic_year else previous_report_year end as last_year,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
),

whole_years as (
    select
        years.report_quarter,
        years.measure_code,
        years.rated_to_date,
        years.this_year,
        years.last_year,
        this_year.value,
        this_year.value_kind,
        this_year.availability,
        last_year.value as previous_value,
    from years
    left join known as this_year
        on
            years.report_quarter = this_year.report_quarter
            and years.measure_code = this_year.measure_code
            and years.this_year = this_year.period_label
    left join known as last_year
        on
            years.report_quarter = last_year.report_quarter
            and years.measure_code = last_year.measure_code
            and years.last_year = last_year.period_label
            and last_year.value_kind = 'actual'
),

yearly as (
    select
        whole.report_quarter,
        whole.measure_code,
        case when whole.rated_to_date then to_date.value else coalesce(whole.value, to_date.value) end as value,
        case
            when whole.rated_to_date or whole.value is null then coalesce(to_date.value_kind, whole.value_kind)
            else whole.value_kind
        end as value_kind,
        case
            when whole.rated_to_date or whole.value is null then coalesce(to_date.value_period, whole.this_year)
            else whole.this_year
        end as value_period,
        coalesce(whole.availability, to_date.availability) as availability,
        coalesce(whole.value, to_date.year_end_value) as trend_value,
        case
            when whole.value is not null then whole.value_kind || ' year-end'
            when to_date.is_projected then 'projected year-end'
            else 'actual year-end'
        end as trend_basis,
        coalesce(whole.previous_value, to_date.previous_value) as previous_value,
        whole.last_year as previous_period,
    from whole_years as whole
    left join marts.value_to_date as to_date
        on whole.report_quarter = to_date.report_quarter and whole.measure_code = to_date.measure_code
    where whole.availability is not null or to_date.availability is not null
),

levels as (
    select
        report_quarter,
        measure_code,
        value,
        value_kind,
        value_period,
        availability,
        value as trend_value,
        'latest' as trend_basis,
        previous_value,
        previous_period,
    from marts.level
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    value,  -- the value that is rated, in the measure's unit
    value_kind,  -- actual, provisional, interim or forecast
    value_period,  -- what the value is of
    availability,  -- value, or why there is none
    trend_value,  -- the year-end (or latest) figure that the trend compares
    trend_basis,  -- what that figure is: forecast, actual or projected year-end, or latest
    previous_value,  -- the figure that it is compared with
    case when previous_value is not null then previous_period end as previous_period  -- what that figure is of
from yearly
union all
select
    report_quarter,
    measure_code,
    value,
    value_kind,
    value_period,
    availability,
    trend_value,
    trend_basis,
    previous_value,
    case when previous_value is not null then previous_period end as previous_period,
from levels
