-- Agreement with the survey's statements by area: single waves and means of four waves. The authority's means are published;
-- single waves and other areas are illustrative detail beside them.
-- grain: measure x area x wave or rolling year x edition
-- key: measure_code, area_code, period_label, edition
with
observations as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        component,
        value,
        availability,
        note,
        as_at,
        superseded_on,
        edition,
    from marts.observation
    where measure_code in (select measure_code from staging.community_safety_survey_response)
),

areas as (
    select
        area_code,
        area_name,
        is_authority,
    from marts.area
)

select
    observations.measure_code,  -- IN.11 to IN.13
    observations.area_code,  -- GSS code
    areas.area_name,  -- district or Greater Manchester
    observations.period_label,  -- wave, or rolling year
    observations.period_start,  -- first day of the period
    observations.period_end,  -- first day after it
    not areas.is_authority or observations.year_type = 'wave' as is_illustrative,  -- only the authority's means of four waves are published; single waves and other areas are illustrative
    max(observations.value) filter (where component = 'strongly agree') as strongly_agree_pct,  -- strongly agree, per cent
    max(observations.value) filter (where component = 'tend to agree') as tend_to_agree_pct,  -- tend to agree, per cent
    max(observations.value) filter (where component = 'total') as agree_pct,  -- both together, per cent
    max(observations.availability) filter (where component = 'total') as availability,  -- value, or not_available
    max(observations.note) filter (where component = 'total') as note,  -- unweighted base, or how the mean is come by
    observations.as_at,  -- day on which the figures became known
    observations.superseded_on,  -- first day on which later ones count; null while they count
    observations.edition  -- SHA-256 of the workbook, or the waves as known on a day
from observations
inner join areas on observations.area_code = areas.area_code
group by
    observations.measure_code, observations.area_code, areas.area_name, areas.is_authority,
    observations.period_label, observations.period_start, observations.period_end, observations.year_type, observations.as_at,
    observations.superseded_on, observations.edition
