-- Agreement with the survey's statements in each wave: strongly agree, tend to agree, and both together.
-- grain: measure x area x wave x component x edition x cell
-- key: measure_code, area_code, period_label, component, edition, cell
with
agreement as (
    select
        measure_code,
        area_code,
        component,
        role,
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
    from staging.community_safety_survey_agreement
),

without_greater_manchester as (
    select
        measure_code,
        period_label,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from agreement
    group by measure_code, period_label, period_start, period_end, as_at, superseded_on, workbook, workbook_sha256
    having count(*) filter (where area_code = 'E47000001') = 0
),

figures as (
    select
        measure_code,
        area_code,
        component,
        role,
        respondents_pct,
        availability,
        'unweighted base ' || base_count as note,
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
    from agreement
    union all
    select
        measure_code,
        'E47000001' as area_code,
        'total' as component,
        'value' as role,
        null as respondents_pct,
        'not_available' as availability,
        'the wave does not give Greater Manchester' as note,
        period_label,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        null as sheet,
        null as cell,
        null as cell_text,
    from without_greater_manchester
)

select
    measure_code,  -- IN.11 to IN.13
    area_code,  -- district or Greater Manchester
    period_label,  -- wave
    period_start,  -- first day of the wave
    period_end,  -- first day after it
    'wave' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as surveyed
    component,  -- strongly agree, tend to agree, or total for both
    role,  -- value of a component, part of a total
    respondents_pct as amount,  -- respondents, per cent
    cast(1 as decimal(10, 4)) as factor,  -- parts are added as they are
    'exact' as qualifier,  -- no figure of this source is approximate
    availability,  -- value, or why there is none
    note,  -- unweighted base
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from figures
