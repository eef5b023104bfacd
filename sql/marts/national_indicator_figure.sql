-- Local figures beside the national indicators of 2010/11, with their notes. Shown as stated, never rated.
-- grain: measure x area x period x edition
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
        value,
        value_qualifier,
        availability,
        note,
        as_at,
        superseded_on,
        edition,
        origin_id,
    from marts.observation
    where measure_code in (select measure_code from staging.national_indicator_measure)
),

origins as (
    select
        origin_id,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.observation_origin
),

measures as (
    select
        measure_code,
        measure_name,
        unit,
    from marts.measure
),

areas as (
    select
        area_code,
        area_name,
        area_type,
    from marts.area
)

select
    observations.measure_code,  -- NI. and a number, or LOCAL. and a name
    measures.measure_name,  -- title of the indicator, or the name beside the figure
    observations.area_code,  -- GSS code, or LOCAL. and a name for a neighbourhood that has none
    coalesce(areas.area_name, observations.area_code) as area_name,  -- name of the area
    areas.area_type,  -- kind of area; null for an area that the warehouse does not list
    observations.period_label,  -- month, calendar year or financial year
    observations.period_start,  -- first day of the period
    observations.period_end,  -- first day after it
    observations.year_type,  -- snapshot, calendar or financial
    measures.unit,  -- %, £ or Number
    observations.value,  -- figure, in its unit; null when it is not available
    observations.value_qualifier,  -- exact, about, at_least or over
    observations.availability,  -- value, or why there is none
    observations.note,  -- note of the supplier: what the figure is a share of, or its source
    observations.as_at,  -- day on which the edition became known
    observations.superseded_on,  -- first day on which a later edition counts; null while it counts
    observations.edition,  -- SHA-256 of the workbook and the day of its receipt
    observations.origin_id,  -- key of the figure's cell in observation_origin
    origins.workbook,  -- file name
    origins.sheet,  -- sheet
    origins.cell,  -- address of the cell
    origins.cell_text  -- figure as supplied
from observations
inner join measures on observations.measure_code = measures.measure_code
inner join origins on observations.origin_id = origins.origin_id
left join areas on observations.area_code = areas.area_code
