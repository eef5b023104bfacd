-- Every forecast is its inputs, added and scaled; one that is not made says why.
-- on: marts.forecast
-- blocking: yes
with
recomputed as (
    select
        report_quarter,
        measure_code,
        count(*) as input_count,
        sum(value) as input_sum,
    from marts.forecast_input
    group by report_quarter, measure_code
)

select
    forecast.report_quarter,
    forecast.measure_code,
    forecast.method,
    forecast.forecast_value,
    forecast.no_forecast_reason,
    recomputed.input_count,
    recomputed.input_sum,
from marts.forecast
left join recomputed
    on forecast.report_quarter = recomputed.report_quarter and forecast.measure_code = recomputed.measure_code
where
    (forecast.forecast_value is null) <> (forecast.no_forecast_reason is not null)
    or (
        forecast.forecast_value is not null
        and coalesce(
            recomputed.input_count <> forecast.inputs_needed
            or abs(divided(recomputed.input_sum * forecast.scaled_by, forecast.inputs_needed) - forecast.forecast_value) > 0.000001,
            true
        )
    )
