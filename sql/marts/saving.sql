-- The savings programme as each edition states it: so far every edition says that none is required.
-- grain: edition x statement
-- key: edition_period, as_at, workbook_sha256, note
with
savings as (
    select
        edition_period,
        statement,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from staging.finance_saving
)

select
    edition_period,  -- quarter of the report
    substr(edition_period, 1, 7) as financial_year,  -- financial year that the statement is about
    cast(0 as decimal(28, 2)) as required_pounds,  -- savings required, pounds: none, the only thing that the contract lets the sheet say
    statement as note,  -- the statement as supplied
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell  -- address of the statement
from savings
