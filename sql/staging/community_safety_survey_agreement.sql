-- The answers that agree with a statement, each under its own component and again under the total of both.
-- grain: edition x question x area x answer x component
-- key: workbook_sha256, as_at, measure_code, area_code, component, response
with
responses as (
    select
        measure_code,
        area_code,
        response,
        respondents_pct,
        availability,
        base_count,
        period_label,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.community_safety_survey_response
),

components as (
    select
        response,
        component,
        role,
    from (
        values
        ('Strongly agree', 'strongly agree', 'value'),
        ('Tend to agree', 'tend to agree', 'value'),
        ('Strongly agree', 'total', 'part'),
        ('Tend to agree', 'total', 'part')
    ) as listed (response, component, role)
)

select
    responses.measure_code,  -- IN.11 to IN.13
    responses.area_code,  -- GSS code
    components.component,  -- strongly agree, tend to agree, or total for both
    components.role,  -- value of a component, part of a total
    responses.response,  -- answer on the scale of agreement
    responses.respondents_pct,  -- respondents who gave the answer, per cent
    responses.availability,  -- value, or why there is none
    responses.base_count,  -- unweighted number of respondents in the area
    responses.period_label,  -- wave
    responses.period_start,  -- first day of the wave
    responses.period_end,  -- first day after the wave
    responses.as_at,  -- day on which the edition became known
    responses.superseded_on,  -- first day on which a later edition counts; null while it counts
    responses.workbook,  -- file name
    responses.workbook_sha256,  -- SHA-256 of the file
    responses.sheet,  -- sheet
    responses.cell,  -- address of the cell
    responses.cell_text  -- text of the cell
from responses
inner join components on responses.response = components.response
