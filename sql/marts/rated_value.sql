-- For each reporting quarter and measure, the value that is rated and the two values that its trend compares.
-- grain: reporting quarter x measure that has any figure
-- key: report_quarter, measure_code
with
whole_years as (
    select
        report_quarter,
        measure_code,
        is_rated_to_date,
        this_year,
        value,
        value_kind,
        availability,
        year_before,
        previous_value,
        compared_from,
        compared_to,
    from marts.value_year_end
),

to_date as (
    select
        report_quarter,
        measure_code,
        value,
        value_kind,
        value_period,
        availability,
        year_end_value,
        is_projected,
        previous_value,
    from marts.value_to_date
),

levels as (
    select
        report_quarter,
        measure_code,
        value,
        value_kind,
        value_period,
        availability,
        previous_value,
        previous_period,
        compared_from,
        compared_to,
    from marts.level
),

-- without a figure of the whole year, one that accumulates is projected
yearly as (
    select
        whole_years.report_quarter,
        whole_years.measure_code,
        -- four quarters are the year's outturn: no forecast of it goes before them
        coalesce(not is_projected, false) and year_end_value is not null
        and coalesce(whole_years.value is null or whole_years.value_kind <> 'actual', true) as is_overtaken,
        case
            when is_rated_to_date then to_date.value
            when is_overtaken then year_end_value
            else coalesce(whole_years.value, year_end_value)
        end as value,
        case
            when is_rated_to_date or is_overtaken then to_date.value_kind
            when whole_years.value is null and year_end_value is not null then 'forecast'
            else whole_years.value_kind
        end as value_kind,
        case when is_rated_to_date then to_date.value_period else this_year end as value_period,
        case when is_rated_to_date then to_date.availability else whole_years.availability end as availability,
        case
            when not coalesce(to_date.is_projected, true) then coalesce(year_end_value, whole_years.value)
            else coalesce(whole_years.value, year_end_value)
        end as trend_value,
        case
            when not coalesce(to_date.is_projected, true) and year_end_value is not null then 'actual year-end'
            when whole_years.value is not null then whole_years.value_kind || ' year-end'
            else 'projected year-end'
        end as trend_basis,
        coalesce(whole_years.previous_value, to_date.previous_value) as previous_value,
        whole_years.year_before as previous_period,
        whole_years.compared_from,
        whole_years.compared_to,
    from whole_years
    left join to_date
        on whole_years.report_quarter = to_date.report_quarter and whole_years.measure_code = to_date.measure_code
    where whole_years.availability is not null or to_date.availability is not null
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
    case when previous_value is not null then previous_period end as previous_period,  -- what that figure is of
    compared_from,  -- first day of the earlier of the two periods that the trend compares
    compared_to  -- first day after the later one
from yearly
union all
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
    case when previous_value is not null then previous_period end as previous_period,
    compared_from,
    compared_to,
from levels
