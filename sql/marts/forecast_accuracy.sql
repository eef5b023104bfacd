-- How good the forecasts of a measure by a method have been. A forecast that stood for several quarters counts in each.
-- grain: measure x method x which publication of the outturn
-- key: measure_code, method, outturn_basis
with
scores as (
    select
        measure_code,
        method,
        outturn_basis,
        forecast_period,
        error,
        absolute_error,
        relative_error_pct,
        direction_right,
    from marts.forecast_score
)

select
    measure_code,  -- code of the measure
    method,  -- how the forecasts were made
    outturn_basis,  -- first published or known now
    count(*) as forecasts,  -- forecasts that have an outturn
    count(distinct forecast_period) as periods,  -- year-ends that they are of
    divided(sum(error), count(*)) as mean_error,  -- bias, in the measure's unit: above zero where forecasts have been too high
    divided(sum(absolute_error), count(*)) as mean_absolute_error,  -- mean size of the error, in the measure's unit
    divided(sum(relative_error_pct), count(relative_error_pct)) as mean_relative_error_pct,  -- mean size of the error, per cent of the outturn
    count(*) filter (where direction_right) as directions_right,  -- forecasts that said the right direction
    count(direction_right) as directions_known  -- forecasts of which the direction can be said
from scores
group by measure_code, method, outturn_basis
