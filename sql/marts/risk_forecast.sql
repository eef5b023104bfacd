-- Risks of forecasts: those that miss the target though the rating does not say so, and measures whose earlier forecasts by
-- the same method missed what happened, by more than 5% of it or with the direction wrong.
-- grain: reporting quarter x measure x kind
-- key: report_quarter, measure_code, kind
with
quarters as (
    select
        report_quarter,
        known_by,
    from marts.reporting_quarter
),

definitions as (
    select
        defined.report_quarter,
        defined.measure_code,
        defined.forecast_method,
        defined.target_value,
        quarters.known_by,
        case defined.polarity when 'high' then 1 when 'low' then -1 end as good_sign,
    from marts.rating_definition as defined
    inner join quarters on defined.report_quarter = quarters.report_quarter
),

ratings as (
    select
        report_quarter,
        measure_code,
        coalesce(override_status, status) as shown_status,
    from marts.measure_status
),

forecasts as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        forecast.forecast_value,
        forecast.forecast_period,
        definitions.target_value,
        forecast.method,
        divided((definitions.target_value - forecast.forecast_value) * definitions.good_sign * 100, abs(definitions.target_value)) as gap_pct,
    from definitions
    inner join marts.forecast
        on definitions.report_quarter = forecast.report_quarter and definitions.measure_code = forecast.measure_code
    inner join ratings
        on definitions.report_quarter = ratings.report_quarter and definitions.measure_code = ratings.measure_code
    where
        (definitions.target_value - forecast.forecast_value) * definitions.good_sign > 0
        and coalesce(ratings.shown_status not in ('R', 'A'), true)
),

scores as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        score.method,
        count(*) as forecasts,
        count(*) filter (where abs(score.relative_error_pct) > 5 or not score.direction_right) as missed,
        arg_max(score.forecast_value, score.absolute_error) as worst_forecast,
        arg_max(score.outturn_value, score.absolute_error) as worst_outturn,
        arg_max(score.forecast_period, score.absolute_error) as worst_period,
        arg_max(score.outturn_period, score.absolute_error) as worst_outturn_period,
        max(abs(score.relative_error_pct)) as worst_pct,
    from definitions
    inner join marts.forecast_score as score
        on
            definitions.measure_code = score.measure_code
            and definitions.forecast_method = score.method
            and definitions.known_by >= score.outturn_known_on
            and score.outturn_basis = 'first published'
    group by definitions.report_quarter, definitions.measure_code, score.method
    having missed > 0
),

found as (
    select
        report_quarter,
        measure_code,
        'forecast_misses_target' as kind,
        forecast_value as value,
        forecast_period as value_period,
        target_value as against_value,
        null as against_period,
        gap_pct,
        method as basis,
        null as counted,
        null as counted_of,
    from forecasts
    union all
    select
        report_quarter,
        measure_code,
        'forecast_missed' as kind,
        worst_forecast as value,
        worst_period as value_period,
        worst_outturn as against_value,
        worst_outturn_period as against_period,
        worst_pct as gap_pct,
        method as basis,
        missed as counted,
        forecasts as counted_of,
    from scores
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    kind,  -- kind of risk
    cast(value as decimal(28, 6)) as value,  -- forecast; of several the worst
    value_period,  -- period that it is for
    cast(against_value as decimal(28, 6)) as against_value,  -- target that the forecast misses, or outturn
    against_period,  -- period of the outturn
    cast(gap_pct as decimal(28, 6)) as gap_pct,  -- by how much one misses the other, as % of the other
    basis,  -- method of the forecast
    counted,  -- forecasts that missed
    counted_of  -- forecasts of which the outturn is known
from found
