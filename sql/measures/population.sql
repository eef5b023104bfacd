-- Residents on 30 June by area, as each edition of the mid-year estimates states them.
-- grain: measure x area x June x edition
-- key: measure_code, area_code, period_label, edition
with
estimates as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        resident_count,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.population_estimate
)

select
    measure_code,  -- POP.ALL
    area_code,  -- country, region, county or district
    period_label,  -- June of the year
    period_start,  -- first day of that month
    period_end,  -- first day after it
    'snapshot' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as estimated
    'total' as component,  -- persons of all ages
    'value' as role,  -- the figure stands in one cell
    cast(resident_count as decimal(28, 6)) as amount,  -- residents
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    'exact' as qualifier,  -- estimates are given to the person
    availability,  -- value, or why there is none
    'estimate for 30 June' as note,  -- what the figure is
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from estimates
