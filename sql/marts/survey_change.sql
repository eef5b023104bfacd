-- Is a change between two means of four waves more than chance? Tested are the waves in which they differ: those that
-- came in against those that went out, as two proportions with a pooled share (a score test, two-sided at 5%), from the
-- unweighted bases. Which base a mean has, and what is not known: docs/decisions/0018.
-- grain: measure x area x rolling year x earlier rolling year x edition of the pair
-- key: measure_code, area_code, period_label, compared_period, as_at
with
pairs as (
    select
        measure_code,
        area_code,
        area_name,
        period_label,
        compared_period,
        compared_end,
        agree_pct,
        compared_pct,
        replaced_waves,
        new_waves_pct,
        old_waves_pct,
        round(replaced_waves * replaced_waves / new_inverse_base, 1) as new_base,
        round(replaced_waves * replaced_waves / old_inverse_base, 1) as old_base,
        as_at,
        superseded_on,
    from marts.survey_pair
),

pooled as (
    select
        pairs.*,
        (new_waves_pct - old_waves_pct) / 100 as difference,
        (new_base * new_waves_pct + old_base * old_waves_pct) / (new_base + old_base) / 100 as share,
    from pairs
),

tested as (
    select
        pooled.*,
        case
            -- all or none agree in every wave
            when share <= 0 or share >= 1 then 0
            else cast(round(difference / sqrt(share * (1 - share) * (1 / new_base + 1 / old_base)), 4) as decimal(9, 4))
        end as z_score,
    from pooled
)

select
    measure_code,  -- IN.11 to IN.13
    area_code,  -- GSS code
    area_name,  -- district or Greater Manchester
    period_label,  -- rolling year
    compared_period,  -- earlier rolling year
    month(compared_end) = 4 as is_year_end_compared,  -- whether the earlier one is the year-end that the trend compares with
    agree_pct,  -- who agrees in the rolling year, per cent
    compared_pct,  -- who agreed in the earlier one, per cent
    agree_pct - compared_pct as change_points,  -- change, percentage points
    replaced_waves,  -- waves in which the two differ, of four
    cast(round(new_waves_pct, 2) as decimal(5, 2)) as new_waves_pct,  -- mean of the waves that came in, per cent
    cast(round(old_waves_pct, 2) as decimal(5, 2)) as old_waves_pct,  -- mean of the waves that went out, per cent
    cast(new_base as decimal(12, 1)) as new_base,  -- effective base of the waves that came in; null where one is not given
    cast(old_base as decimal(12, 1)) as old_base,  -- effective base of the waves that went out; null where one is not given
    z_score,  -- change in standard errors, 1.96 of which are the limit; null where a base is not given
    abs(z_score) >= 1.96 as change_is_distinguishable,  -- whether it is more than chance is likely to give; null where that cannot be said
    case
        when z_score is null then 'cannot be tested: the base of a wave is not given'
        when abs(z_score) >= 1.96 then 'more than chance alone is likely to give'
        when agree_pct = compared_pct then 'no change'
        else 'no more than chance alone may give'
    end as in_words,  -- the answer in words
    as_at,  -- day on which both means were known
    superseded_on  -- first day on which one of them was another; null while both count
from tested
