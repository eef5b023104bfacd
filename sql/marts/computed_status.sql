-- Every measure of the agreement, rated for every reporting quarter as it was known at the quarter's cut-off, whether or
-- not the quarter is locked.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
definitions as (
    select
        report_quarter,
        measure_code,
        measure_name,
        priority,
        target_value,
        rated_on,
    from marts.rating_definition
),

figures as (
    select
        report_quarter,
        measure_code,
        value,
        value_kind,
        value_period,
        trend_value,
        trend_basis,
        previous_value,
        previous_period,
    from marts.rated_value
),

ratings as (
    select
        report_quarter,
        measure_code,
        max(status) filter (where variant = 'as is') as status,
        max(no_status_reason) filter (where variant = 'as is') as no_status_reason,
        max(shortfall) filter (where variant = 'as is') as shortfall,
        bool_or(reading_sensitive) filter (where variant = 'as is') as reading_sensitive,
        max(trend) filter (where variant = 'as is') as trend,
        max(no_trend_reason) filter (where variant = 'as is') as no_trend_reason,
        count(distinct coalesce(status, 'none')) as statuses,
        count(distinct coalesce(trend, 'none')) as trends,
    from marts.rating_variant
    group by report_quarter, measure_code
),

said as (
    select
        report_quarter,
        measure_code,
        commentary,
        override_status,
        override_reason,
    from marts.known_commentary
)

select
    definitions.report_quarter,  -- label of the quarter, such as 2021-22-Q2
    definitions.measure_code,  -- code of the measure
    definitions.measure_name,  -- name of the measure
    definitions.priority,  -- number and title of the priority that it serves
    figures.value,  -- the value that is rated, in the measure's unit
    figures.value_kind,  -- actual, provisional, interim or forecast
    figures.value_period,  -- what the value is of
    figures.previous_value,  -- the figure that the trend compares with
    figures.previous_period,  -- what that figure is of
    definitions.target_value,  -- target, in the measure's unit
    case
        when ratings.status is not null then divided(ratings.shortfall * 100, abs(definitions.target_value))
    end as shortfall_pct,  -- how far the value misses the target, per cent of the target; below zero where it is better
    ratings.status,  -- R, A or G; null with a reason
    case
        when ratings.no_status_reason is not null then ratings.no_status_reason
        when definitions.rated_on = 'Year to date' and figures.value_kind = 'interim' then 'year_to_date'
        else figures.value_kind
    end as status_reason,  -- why there is no status, or what the status rests on
    case
        when ratings.no_trend_reason is null or ratings.no_trend_reason = 'polarity_not_given'
            then divided((figures.trend_value - figures.previous_value) * 100, abs(figures.previous_value))
    end as change_pct,  -- change from the previous figure, per cent of it
    ratings.trend,  -- better, stable or worse; null with a reason
    coalesce(ratings.no_trend_reason, figures.trend_basis || ' against previous') as trend_reason,  -- why there is no trend, or what it compares; projected where the year-end is
    case when ratings.status is not null then ratings.statuses = 1 end as status_robust,  -- same status for every value that rounds to the printed one
    case when ratings.trend is not null then ratings.trends = 1 end as trend_robust,  -- same trend for all values that round to the printed ones
    ratings.reading_sensitive,  -- whether 5% of the target and 5 percentage points would rate differently
    said.override_status,  -- status that a person put in its place: R, A or G
    said.override_reason,  -- why
    said.commentary  -- commentary of the services, a line for each text
from definitions
inner join ratings
    on definitions.report_quarter = ratings.report_quarter and definitions.measure_code = ratings.measure_code
left join figures
    on definitions.report_quarter = figures.report_quarter and definitions.measure_code = figures.measure_code
left join said
    on definitions.report_quarter = said.report_quarter and definitions.measure_code = said.measure_code
