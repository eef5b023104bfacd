-- Editions of waves by question and area, and whether both answers that agree are given.
-- grain: edition x question x area
-- key: workbook_sha256, as_at, measure_code, area_code
with
agreement as (
    select
        measure_code,
        area_code,
        availability,
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
    count(*) = 2 and bool_and(availability = 'value') as is_complete  -- whether both answers are given
from agreement
group by measure_code, area_code, period_start, period_end, as_at, superseded_on, workbook_sha256
