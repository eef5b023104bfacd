-- A forecast that is rated, or whose trend is shown, is the one that is stored.
-- on: marts.computed_status
-- blocking: yes
with
shown as (
    select
        report_quarter,
        measure_code,
        value as shown_value,
    from marts.computed_status
    where value_kind = 'forecast' and value is not null
    union all
    select
        report_quarter,
        measure_code,
        trend_value as shown_value,
    from marts.rated_value
    where trend_basis in ('forecast year-end', 'projected year-end') and trend_value is not null
)

select
    shown.report_quarter,
    shown.measure_code,
    shown.shown_value,
    forecast.forecast_value,
    forecast.no_forecast_reason,
from shown
left join marts.forecast
    on shown.report_quarter = forecast.report_quarter and shown.measure_code = forecast.measure_code
where forecast.forecast_value is distinct from shown.shown_value
