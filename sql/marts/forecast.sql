-- For each reporting quarter, the forecast of every measure's year-end by the method that its row of the agreement names,
-- as it was known at the cut-off, or why there is none. forecast_value = sum of the inputs x scaled_by / inputs_needed.
-- A rolling year is forecast for the year to March, a snapshot for the financial year's last month.
-- grain: reporting quarter x measure of the agreement
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        quarter_number,
        report_year,
        academic_year,
        year_start,
        known_by,
        make_date(cast(substr(academic_year, 1, 4) as integer), 8, 1) as academic_start,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        year_type,
        forecast_method,
    from marts.rating_definition
),

inputs as (
    select
        report_quarter,
        measure_code,
        max(method) as method,
        count(*) as input_count,
        max(as_at) as made_on,
        max(period_end) as last_input_end,
    from marts.forecast_input
    group by report_quarter, measure_code
),

planned as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        definitions.year_type,
        quarters.known_by,
        coalesce(inputs.method, definitions.forecast_method) as method_used,
        coalesce(inputs.input_count, 0) as input_count,
        inputs.made_on,
        inputs.last_input_end,
        case definitions.year_type
            when 'academic' then academic_year
            when 'rolling' then 'year to ' || strftime(year_start + interval 11 month, '%b %Y')
            when 'snapshot' then strftime(year_start + interval 11 month, '%Y-%m')
            else report_year
        end as forecast_period,
        case when definitions.year_type = 'academic' then academic_start else year_start end as year_start,
        case when method_used = 'Straight line' then 4 else 1 end as scaled_by,
        case method_used when 'Straight line' then quarter_number when 'Mean of last four waves' then 4 else 1 end as inputs_needed,
        case method_used
            when 'Straight line' then definitions.year_type = 'financial'
            when 'Mean of last four waves' then definitions.year_type = 'rolling'
            when 'Last value' then definitions.year_type in ('rolling', 'snapshot')
            else true
        end as method_fits,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
    left join inputs
        on definitions.report_quarter = inputs.report_quarter and definitions.measure_code = inputs.measure_code
),

reasoned as (
    select
        planned.*,
        cast(planned.year_start + interval 12 month as date) as forecast_end,
        rated.previous_value,
        case method_used
            when 'Service forecast' then whole_year.value
            when 'Straight line' then to_date.year_end_value
            else level.value
        end as computed_value,
        case
            when method_used = 'None' then 'no_method'
            when not method_fits then 'method_does_not_fit'
            when whole_year.value_kind in ('actual', 'provisional') and whole_year.value is not null then 'outturn_known'
            when to_date.year_end_value is not null and not to_date.is_projected then 'outturn_known'
            when level.value is not null and last_input_end >= forecast_end then 'outturn_known'
            when computed_value is null or input_count <> inputs_needed then 'inputs_incomplete'
        end as no_forecast_reason,
    from planned
    left join marts.value_year_end as whole_year
        on planned.report_quarter = whole_year.report_quarter and planned.measure_code = whole_year.measure_code
    left join marts.value_to_date as to_date
        on planned.report_quarter = to_date.report_quarter and planned.measure_code = to_date.measure_code
    left join marts.level as level
        on planned.report_quarter = level.report_quarter and planned.measure_code = level.measure_code
    left join marts.rated_value as rated
        on planned.report_quarter = rated.report_quarter and planned.measure_code = rated.measure_code
)

select
    report_quarter,  -- label of the quarter in which the forecast is made
    measure_code,  -- code of the measure
    method_used as method,  -- Service forecast, Straight line, Mean of last four waves, Last value or None
    case when no_forecast_reason is null then computed_value end as forecast_value,  -- figure forecast for the year-end, in the measure's unit
    no_forecast_reason,  -- why there is none: no_method, method_does_not_fit, outturn_known or inputs_incomplete; else null
    forecast_period,  -- what is forecast
    forecast_end,  -- first day after that period
    year_type,  -- calendar that the measure runs by
    input_count,  -- figures in marts.forecast_input
    case when method_used <> 'None' then inputs_needed end as inputs_needed,  -- figures that the method needs
    case when method_used <> 'None' then scaled_by end as scaled_by,  -- 4 quarters to the year in a straight line, else 1
    case when no_forecast_reason is null then made_on end as made_on,  -- day on which the last of the inputs became known
    known_by,  -- day as of which the quarter is reported
    previous_value  -- figure of the year-end (or snapshot) before, as then known
from reasoned
