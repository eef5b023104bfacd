-- Means of four waves beside those that end one to four quarters earlier: the waves in which the two differ. Means that
-- overlap share waves, which cancel in their difference.
-- grain: measure x area x rolling year x earlier rolling year x edition of the pair
-- key: measure_code, area_code, period_label, compared_period, as_at
with
years as (
    select
        measure_code,
        area_code,
        area_name,
        period_label,
        period_start,
        period_end,
        agree_pct,
        as_at,
        superseded_on,
    from marts.survey_interval
    where period_end = period_start + interval 12 month
),

waves as (
    select
        measure_code,
        area_code,
        period_start,
        period_end,
        as_at,
        superseded_on,
        case when agree_pct > 100 then 100 else agree_pct end as agree_pct,
        base_count,
        cast(1.0 / base_count as decimal(20, 16)) as inverse_base,
    from staging.community_safety_survey_wave
),

pairs as (
    select
        later.* exclude (as_at, superseded_on),
        earlier.period_label as compared_period,
        earlier.period_start as compared_start,
        earlier.period_end as compared_end,
        earlier.agree_pct as compared_pct,
        greatest(later.as_at, earlier.as_at) as as_at,
        least(later.superseded_on, earlier.superseded_on) as superseded_on,
    from years as later
    inner join years as earlier
        on
            later.measure_code = earlier.measure_code
            and later.area_code = earlier.area_code
            and earlier.period_end between later.period_start and later.period_end - interval 3 month
            and coalesce(later.as_at < earlier.superseded_on, true)
            and coalesce(earlier.as_at < later.superseded_on, true)
)

select
    pairs.measure_code,  -- IN.11 to IN.13
    pairs.area_code,  -- GSS code
    pairs.area_name,  -- district or Greater Manchester
    pairs.period_label,  -- rolling year
    pairs.compared_period,  -- earlier rolling year
    pairs.compared_end,  -- first day after the earlier one
    pairs.agree_pct,  -- who agrees in the rolling year, per cent
    pairs.compared_pct,  -- who agreed in the earlier one, per cent
    count(*) // 2 as replaced_waves,  -- waves in which the two differ, of four
    avg(waves.agree_pct) filter (where waves.period_start >= pairs.compared_end) as new_waves_pct,  -- mean of the waves that came in, per cent
    avg(waves.agree_pct) filter (where waves.period_start < pairs.compared_end) as old_waves_pct,  -- mean of the waves that went out, per cent
    case
        when count(waves.base_count) = count(*)
            then sum(inverse_base) filter (where waves.period_start >= pairs.compared_end)
    end as new_inverse_base,  -- sum of the inverse bases of the waves that came in; null where a base is not given
    case
        when count(waves.base_count) = count(*)
            then sum(inverse_base) filter (where waves.period_start < pairs.compared_end)
    end as old_inverse_base,  -- sum of the inverse bases of the waves that went out; null where a base is not given
    pairs.as_at,  -- day on which both means were known
    pairs.superseded_on  -- first day on which one of them was another; null while both count
from pairs
inner join waves
    on
        pairs.measure_code = waves.measure_code
        and pairs.area_code = waves.area_code
        and (
            (waves.period_start >= pairs.compared_end and waves.period_end <= pairs.period_end)
            or (waves.period_start >= pairs.compared_start and waves.period_end <= pairs.period_start)
        )
        and pairs.as_at >= waves.as_at
        and coalesce(pairs.as_at < waves.superseded_on, true)
group by all
