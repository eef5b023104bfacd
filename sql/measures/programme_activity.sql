-- What the programmes have done, as each edition states it; lower bounds stay bounds.
-- grain: measure x month or quarter x edition
-- key: measure_code, period_label, edition, cell
with
items as (
    select
        measure_code,
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
    from staging.programme_activity_item
)

select
    measure_code,  -- code of the item
    (select area_code from staging.authority) as area_code,  -- the authority
    period_label,  -- month or quarter that it was so in
    period_start,  -- first day of it
    period_end,  -- first day after it
    year_type,  -- calendar of the period
    'actual' as value_kind,  -- as stated
    'total' as component,  -- the whole of the item
    'value' as role,  -- the figure stands in one cell
    amount,  -- number or pounds
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    qualifier,  -- exact, about, at_least or over
    availability,  -- value, or why there is none
    note,  -- footnote beside the figure
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from items
