-- How sure a survey figure is: the 95% score interval (E. B. Wilson, Probable inference, the law of succession, and
-- statistical inference, 1927) of each wave and of each mean of four waves, from the unweighted bases. How a mean comes
-- by its base, and what is not known (the design effect): docs/decisions/0018.
-- grain: measure x area x wave or rolling year x edition
-- key: measure_code, area_code, period_label, edition
with
figures as (
    select
        measure_code,
        area_code,
        area_name,
        period_label,
        period_start,
        period_end,
        is_illustrative,
        agree_pct,
        availability,
        as_at,
        superseded_on,
        edition,
    from marts.survey
),

waves as (
    select
        measure_code,
        area_code,
        period_start,
        period_end,
        as_at,
        superseded_on,
        base_count,
    from staging.community_safety_survey_wave
),

based as (
    select
        figures.measure_code,
        figures.area_code,
        figures.period_label,
        figures.edition,
        count(*) as wave_count,
        sum(waves.base_count) as base_count,
        -- a sum of decimals is the same in any order, and one of binary fractions is not
        round(count(*) * count(*) / sum(cast(1.0 / waves.base_count as decimal(20, 16))), 1) as effective_base,
    from figures
    inner join waves
        on
            figures.measure_code = waves.measure_code
            and figures.area_code = waves.area_code
            and figures.period_start <= waves.period_start
            and figures.period_end >= waves.period_end
            and figures.as_at >= waves.as_at
            and coalesce(figures.as_at < waves.superseded_on, true)
    group by figures.measure_code, figures.area_code, figures.period_label, figures.edition
    having count(waves.base_count) = count(*)
),

sampled as (
    select
        figures.*,
        based.wave_count,
        based.base_count,
        based.effective_base,
        -- 97.5th percentile of the normal distribution
        1.959963984540054 * 1.959963984540054 / based.effective_base as spread,
        -- both shares are supplied rounded: together they may exceed all
        cast(case when figures.agree_pct > 100 then 100 else figures.agree_pct end as double) / 100 as share,
    from figures
    left join based
        on
            figures.measure_code = based.measure_code
            and figures.area_code = based.area_code
            and figures.period_label = based.period_label
            and figures.edition = based.edition
),

bounded as (
    select
        sampled.*,
        (share + spread / 2) / (1 + spread) as centre,
        sqrt(spread * share * (1 - share) + spread * spread / 4) / (1 + spread) as half_width,
    from sampled
)

select
    measure_code,  -- IN.11 to IN.13
    area_code,  -- GSS code
    area_name,  -- district or Greater Manchester
    period_label,  -- wave, or rolling year
    period_start,  -- first day of the period
    period_end,  -- first day after it
    is_illustrative,  -- only the authority's means of four waves are published; single waves and other areas are illustrative
    agree_pct,  -- strongly agree and tend to agree together, per cent
    wave_count,  -- 1 for a wave, 4 for a mean; null without an interval
    base_count,  -- unweighted respondents asked in all
    cast(effective_base as decimal(12, 1)) as effective_base,  -- size of one sample that would be as sure: the base of a wave; four times the harmonic mean of the four bases
    cast(round(100 * (centre - half_width), 2) as decimal(5, 2)) as low_pct,  -- lower end of the 95% interval, per cent
    cast(round(100 * (centre + half_width), 2) as decimal(5, 2)) as high_pct,  -- upper end of the 95% interval, per cent
    case when agree_pct is null then availability when effective_base is null then 'base_not_given' end as no_interval_reason,  -- why there is no interval; null when there is one
    as_at,  -- day on which the figures became known
    superseded_on,  -- first day on which later ones count; null while they count
    edition  -- SHA-256 of the workbook, or the waves as known on a day
from bounded
