-- Local figures beside the national indicators of 2010/11, as each edition states them.
-- grain: measure x area x period x edition
-- key: measure_code, area_code, period_label, edition
with
figures as (
    select
        indicator_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        amount,
        qualifier,
        availability,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.national_indicator_figure
)

select
    indicator_code as measure_code,  -- NI. and a number, or LOCAL. and a name
    area_code,  -- GSS code, or the code of a local area
    period_label,  -- month, calendar year or financial year
    period_start,  -- first day of the period
    period_end,  -- first day after it
    year_type,  -- calendar of the period
    'actual' as value_kind,  -- as stated
    'total' as component,  -- the whole area
    'value' as role,  -- the figure stands in one cell
    amount,  -- figure in the measure's unit
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    qualifier,  -- exact, or about for an approximate figure
    availability,  -- value, or why there is none
    note,  -- note of the supplier
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from figures
