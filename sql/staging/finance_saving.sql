-- What is said of the savings programme: that none is required.
-- grain: edition x statement
-- key: workbook_sha256, as_at, statement
with
savings as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        statement,
        statement_cell,
    from staged.finance_savings
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
    savings.period_label as edition_period,  -- quarter of the report
    savings.statement,  -- the statement as supplied
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    savings.workbook,  -- file name
    savings.workbook_sha256,  -- SHA-256 of the file
    savings.sheet,  -- sheet
    savings.statement_cell as cell  -- address of the statement
from savings
inner join editions
    on
        savings.workbook_sha256 = editions.workbook_sha256
        and savings.workbook = editions.workbook
        and savings.corrections is not distinct from editions.corrections
