-- Editions of waves by question and area: whether both answers that agree are given, who agrees, and of how many asked.
-- grain: edition x question x area
-- key: workbook_sha256, as_at, measure_code, area_code
with
agreement as (
    select
        measure_code,
        area_code,
        respondents_pct,
        availability,
        base_count,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook_sha256,
    from staging.community_safety_survey_agreement
    where component = 'total'
)

select
    measure_code,  -- IN.11 to IN.13
    area_code,  -- GSS code
    period_start,  -- first day of the wave
    period_end,  -- first day after the wave
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook_sha256,  -- SHA-256 of the file
    count(*) = 2 and bool_and(availability = 'value') as is_complete,  -- whether both answers are given
    sum(respondents_pct) as agree_pct,  -- strongly agree and tend to agree together, per cent
    case when bool_and(coalesce(base_count > 0, false)) then min(base_count) end as base_count  -- unweighted number of respondents; null where it is not given or nought
from agreement
group by measure_code, area_code, period_start, period_end, as_at, superseded_on, workbook_sha256
