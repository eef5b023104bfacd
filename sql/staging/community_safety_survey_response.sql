-- Answers to the survey's questions by area and wave, in per cent. Single waves are illustrative.
-- grain: edition x question x area x answer
-- key: workbook_sha256, as_at, question, area_code, response
with
responses as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        question,
        area,
        response,
        respondents,
        respondents_availability,
        respondents_cell,
        respondents_text,
        base,
    from staged.community_safety_survey_responses
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'community_safety_survey'
),

areas as (
    select
        area_alias,
        area_code,
    from staging.area
),

measure_codes as (
    select
        measure_code,
        question,
    from (
        values
        ('IN.11', 'My local area is a place where people with different backgrounds get on well together'),
        ('IN.12', 'My local area is a place where people look out for each other'),
        ('IN.13', 'I feel a strong sense of belonging to my local area')
    ) as listed (measure_code, question)
)

select
    measure_codes.measure_code,  -- code in the portfolio agreement
    responses.question,  -- statement that respondents agree or disagree with
    areas.area_code,  -- GSS code
    responses.area,  -- area as supplied
    responses.response,  -- answer on the scale of agreement
    responses.respondents as respondents_pct,  -- respondents who gave the answer, per cent
    responses.respondents_availability as availability,  -- value, or why there is none
    responses.base as base_count,  -- unweighted number of respondents in the area
    responses.period_label,  -- wave
    responses.period_start,  -- first day of the wave
    responses.period_end,  -- first day after the wave
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    responses.workbook,  -- file name
    responses.workbook_sha256,  -- SHA-256 of the file
    responses.sheet,  -- sheet
    responses.respondents_cell as cell,  -- address of the cell
    responses.respondents_text as cell_text  -- text of the cell
from responses
inner join editions
    on
        responses.workbook_sha256 = editions.workbook_sha256
        and responses.workbook = editions.workbook
        and responses.corrections is not distinct from editions.corrections
inner join areas on responses.area = areas.area_alias
inner join measure_codes on lower(responses.question) = lower(measure_codes.question)
