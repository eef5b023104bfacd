-- Offences that the police recorded, and their rates, by area and twelve months, as each edition states them.
-- The British Transport Police, who have no area, are left out.
-- grain: measure x area x twelve months x edition
-- key: measure_code, area_code, period_label, edition
with
measures as (
    select
        measure_code,
        offence,
        is_rate,
    from staging.police_force_areas_measure
),

stated as (
    select
        offence,
        false as is_rate,
        area_code,
        period_label,
        period_start,
        period_end,
        cast(offence_count as decimal(28, 6)) as amount,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.police_force_areas_offences
    where area_code is not null
    union all
    select
        offence,
        true as is_rate,
        area_code,
        period_label,
        period_start,
        period_end,
        offence_rate as amount,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.police_force_areas_rates
    where area_code is not null
)

select
    measures.measure_code,  -- PFA. and the offence group, with .RATE where it is a rate
    stated.area_code,  -- police force area, region or country
    stated.period_label,  -- twelve months
    stated.period_start,  -- first day of the twelve months
    stated.period_end,  -- first day after them
    'rolling' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as recorded
    'total' as component,  -- the whole area
    'value' as role,  -- the figure stands in one cell
    stated.amount,  -- offences, or offences per 1,000
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    'exact' as qualifier,  -- no figure is approximate
    stated.availability,  -- value, not_available where a force sent nothing, or suppressed where few people live
    cast(null as varchar) as note,  -- none
    stated.as_at,  -- day on which the edition became known
    stated.superseded_on,  -- first day on which a later edition counts
    stated.workbook_sha256 || ' of ' || stated.as_at as edition,  -- edition: the workbook and the day of its receipt
    stated.workbook,  -- file name
    stated.workbook_sha256,  -- SHA-256 of the file
    stated.sheet,  -- sheet
    stated.cell,  -- address of the cell
    stated.cell_text  -- text of the cell
from stated
inner join measures on stated.offence = measures.offence and stated.is_rate = measures.is_rate
