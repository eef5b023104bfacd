-- Counts and shares of the voluntary, community and social enterprise sector, as each edition states them.
-- grain: measure x area x month x edition x cell
-- key: measure_code, area_code, period_label, value_kind, edition, cell
with
indicators as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        amount,
        qualifier,
        availability,
        is_interim,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.state_of_the_sector_indicator
)

select
    measure_code,  -- IN.14, or SECTOR.1 to SECTOR.5
    area_code,  -- the authority or Greater Manchester
    period_label,  -- month of the snapshot
    period_start,  -- first day of that month
    period_end,  -- first day after it
    'snapshot' as year_type,  -- calendar of the period
    case when is_interim then 'interim' else 'actual' end as value_kind,  -- interim where the edition says so
    'total' as component,  -- the whole sector
    'value' as role,  -- the figure stands in one cell
    amount,  -- number, or per cent
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    qualifier,  -- exact, or about for a figure such as c. 17,000
    availability,  -- value, or not_available where the edition does not give the area
    note,  -- what a percentage is of
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from indicators
