-- Earmarked reserves: balance, planned use in the year and balance after it, each with its cell.
-- grain: edition x reserve
-- key: edition_period, as_at, workbook_sha256, row_number
with
reserves as (
    select
        edition_period,
        category,
        narration,
        purpose,
        opening_pounds,
        opening_cell,
        planned_use_pounds,
        planned_use_cell,
        closing_pounds,
        closing_cell,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
    from staging.finance_reserve
    where not is_total
)

select
    edition_period,  -- quarter of the report
    category,  -- reserve category
    narration,  -- name of the reserve
    purpose,  -- what it is to be used for
    cast(opening_pounds as decimal(28, 2)) as opening_pounds,  -- balance, pounds
    cast(planned_use_pounds as decimal(28, 2)) as planned_use_pounds,  -- planned use in the year as stated: with a minus where it lowers the balance, pounds
    cast(closing_pounds as decimal(28, 2)) as closing_pounds,  -- balance after the planned use, pounds
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    row_number,  -- row of the sheet
    opening_cell,  -- address of the balance
    planned_use_cell,  -- address of the planned use
    closing_cell  -- address of the balance after it
from reserves
