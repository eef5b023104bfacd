-- Reserves, and the row of their total: balance, planned use in the year, balance after it.
-- grain: edition x row of the sheet
-- key: workbook_sha256, as_at, row_number
with
reserves as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        category,
        narration,
        purpose,
        opening,
        opening_cell,
        opening_text,
        planned_use,
        planned_use_cell,
        planned_use_text,
        closing,
        closing_cell,
        closing_text,
    from staged.finance_reserves
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'finance'
)

select
    reserves.period_label as edition_period,  -- quarter of the report
    reserves.category,  -- reserve category
    reserves.narration,  -- name of the reserve; null in the row of the total where it has none
    reserves.purpose,  -- what it is to be used for
    upper(reserves.category) = 'TOTAL' as is_total,  -- whether the row is the total of the others
    reserves.opening as opening_pounds,  -- balance, pounds
    reserves.opening_cell,  -- address of the cell
    reserves.opening_text,  -- its text as supplied
    reserves.planned_use as planned_use_pounds,  -- planned use in the year, pounds
    reserves.planned_use_cell,  -- address of the cell
    reserves.planned_use_text,  -- its text as supplied
    reserves.closing as closing_pounds,  -- balance after the planned use, pounds
    reserves.closing_cell,  -- address of the cell
    reserves.closing_text,  -- its text as supplied
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    reserves.workbook,  -- file name
    reserves.workbook_sha256,  -- SHA-256 of the file
    reserves.sheet,  -- sheet
    reserves.row_number  -- row of the sheet
from reserves
inner join editions
    on
        reserves.workbook_sha256 = editions.workbook_sha256
        and reserves.workbook = editions.workbook
        and reserves.corrections is not distinct from editions.corrections
