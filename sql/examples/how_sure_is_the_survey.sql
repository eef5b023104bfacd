-- Between which percentages do the survey's answers of a year lie, given how many people were asked, and has the change
-- since the last year-end been larger than chance?
-- One row per survey measure and year of the authority that has an interval, the latest year first.
with
compared as (
    select
        measure_code,
        area_code,
        period_label,
        compared_period,
        change_points,
        change_is_distinguishable,
    from marts.survey_change
    where is_year_end_compared and superseded_on is null
)

select
    measure_code,
    period_label,
    survey_interval.agree_pct,
    survey_interval.low_pct,
    survey_interval.high_pct,
    survey_interval.effective_base,
    compared.compared_period,
    compared.change_points,
    compared.change_is_distinguishable,
from marts.survey_interval
left join compared using (measure_code, area_code, period_label)
where
    survey_interval.area_code = 'E08000007'
    and survey_interval.wave_count = 4
    and survey_interval.low_pct is not null
    and survey_interval.superseded_on is null
order by survey_interval.period_end desc, measure_code asc
