-- Figures of the Local Authority Interactive Tool for authorities, regions and England, as each edition states them.
-- grain: measure x area x year x edition
-- key: measure_code, area_code, period_label, edition
with
figures as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        amount,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.lait_figure
    where area_code is not null
)

select
    measure_code,  -- LAIT. and the measure's short name
    area_code,  -- authority, region or England
    period_label,  -- year, or January of it
    period_start,  -- first day of the period
    period_end,  -- first day after it
    year_type,  -- calendar of the period
    'actual' as value_kind,  -- as published
    'total' as component,  -- the whole area
    'value' as role,  -- the figure stands in one cell
    amount,  -- figure in the measure's unit
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    'exact' as qualifier,  -- no figure is approximate
    availability,  -- value, or not_available
    cast(null as varchar) as note,  -- none
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from figures
