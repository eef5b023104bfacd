-- What each forecast is made from: every known figure that its method takes, also where some are still missing.
-- A forecast that the service gives goes before the method that the agreement names.
-- grain: reporting quarter x measure x figure
-- key: report_quarter, measure_code, origin_id
with
quarters as (
    select
        report_quarter,
        year_start,
        quarter_end,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        forecast_method,
    from marts.rating_definition
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        value,
        as_at,
        origin_id,
    from marts.known_observation
    where value is not null
),

-- the year's own forecast is here only while no actual figure of it is known
supplied as (
    select
        report_quarter,
        measure_code,
        this_year,
    from marts.value_year_end
    where value_kind = 'forecast' and value is not null
),

latest as (
    select
        level.report_quarter,
        level.measure_code,
        known.period_label,
        known.period_end,
    from marts.level
    inner join known
        on
            level.report_quarter = known.report_quarter
            and level.measure_code = known.measure_code
            and level.value_period = known.period_label
),

methods as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        case when supplied.this_year is not null then 'Service forecast' else definitions.forecast_method end as method,
        supplied.this_year,
        latest.period_label as latest_period,
        coalesce(latest.period_end, quarters.quarter_end) as waves_end,
        quarters.year_start,
        quarters.quarter_end,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
    left join supplied
        on definitions.report_quarter = supplied.report_quarter and definitions.measure_code = supplied.measure_code
    left join latest
        on definitions.report_quarter = latest.report_quarter and definitions.measure_code = latest.measure_code
)

select
    methods.report_quarter,  -- label of the quarter in which the forecast is made
    methods.measure_code,  -- code of the measure
    methods.method,  -- how the forecast is made
    known.origin_id,  -- the figure in marts.observation, and key of its cells in observation_origin
    known.period_label,  -- period that the figure is of
    known.period_end,  -- first day after that period
    known.value_kind,  -- actual, provisional, interim or forecast
    known.value,  -- the figure, in the measure's unit
    known.as_at  -- day on which it became known
from methods
inner join known
    on
        methods.report_quarter = known.report_quarter
        and methods.measure_code = known.measure_code
        and case methods.method
            when 'Service forecast' then known.period_label = methods.this_year
            when 'Straight line'
                then
                    known.year_type = 'quarter'
                    and known.period_start >= methods.year_start
                    and known.period_end <= methods.quarter_end
            when 'Mean of last four waves'
                then
                    known.year_type = 'wave'
                    and known.period_start >= methods.waves_end - interval 12 month
                    and known.period_end <= methods.waves_end
            when 'Last value' then known.period_label = methods.latest_period
            else false
        end
