-- The ledger of forecasts: each beside what happened, as it was first published and as it is known now.
-- A snapshot's outturn is the first one from the financial year's last month on, within a year.
-- grain: forecast of which there is an outturn x which publication of it
-- key: report_quarter, measure_code, outturn_basis
with
forecasts as (
    select
        report_quarter,
        measure_code,
        method,
        forecast_period,
        forecast_end,
        year_type,
        forecast_value,
        made_on,
        known_by,
        previous_value,
    from marts.forecast
    where forecast_value is not null
),

outturns as (
    select
        measure_code,
        period_label,
        period_end,
        year_type,
        value,
        as_at,
        superseded_on,
        is_sum,
    from marts.outturn
),

bases as (
    select outturn_basis
    from (values ('first published'), ('known now')) as listed (outturn_basis)
),

-- a year's own figure goes before the sum of its quarters
ranked as (
    select
        forecasts.*,
        bases.outturn_basis,
        outturns.period_label as outturn_period,
        outturns.value as outturn_value,
        outturns.as_at as outturn_known_on,
        row_number() over (
            partition by forecasts.report_quarter, forecasts.measure_code, bases.outturn_basis
            order by
                outturns.period_end asc,
                case when bases.outturn_basis = 'first published' then outturns.as_at end asc,
                outturns.is_sum asc,
                outturns.as_at desc
        ) as preference,
    from forecasts
    cross join bases
    inner join outturns
        on
            forecasts.measure_code = outturns.measure_code
            and forecasts.year_type = outturns.year_type
            and outturns.period_end >= forecasts.forecast_end
            and outturns.period_end
            < case when forecasts.year_type = 'snapshot' then forecasts.forecast_end + interval 12 month else forecasts.forecast_end + interval 1 day end
            and (bases.outturn_basis = 'first published' or outturns.superseded_on is null)
),

scored as (
    select
        ranked.*,
        forecast_value - outturn_value as error,
        case
            when abs(forecast_value - previous_value) * 100 <= abs(previous_value) then 'level'
            when forecast_value > previous_value then 'up'
            when forecast_value < previous_value then 'down'
        end as forecast_direction,
        case
            when abs(outturn_value - previous_value) * 100 <= abs(previous_value) then 'level'
            when outturn_value > previous_value then 'up'
            when outturn_value < previous_value then 'down'
        end as outturn_direction,
    from ranked
    where preference = 1
)

select
    report_quarter,  -- label of the quarter in which the forecast was made
    measure_code,  -- code of the measure
    outturn_basis,  -- first published or known now
    method,  -- how the forecast was made
    forecast_period,  -- what was forecast
    forecast_value,  -- the forecast, in the measure's unit
    made_on,  -- day on which the last of its inputs became known
    date_diff('day', made_on, forecast_end) as days_before_end,  -- days from then to the end of the period; below zero after it
    outturn_period,  -- what the outturn is of
    outturn_value,  -- what happened, in the measure's unit
    outturn_known_on,  -- day on which this outturn became known
    error,  -- forecast less outturn: above zero where the forecast was too high
    abs(error) as absolute_error,  -- size of the error, in the measure's unit
    divided(abs(error) * 100, abs(outturn_value)) as relative_error_pct,  -- size of the error, per cent of the outturn; null where that is zero
    previous_value,  -- figure of the year-end before, as known when the forecast was made
    forecast_direction,  -- up, down or level (within 1%) from the previous figure; null without one
    outturn_direction,  -- the same of the outturn
    forecast_direction = outturn_direction as direction_right  -- whether both went the same way
from scored
