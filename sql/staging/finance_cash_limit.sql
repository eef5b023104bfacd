-- Cash limit budgets: as reported before, the stated increase, and now.
-- grain: edition x budget line
-- key: workbook_sha256, as_at, budget_line
with
limits as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        budget_line,
        previously_reported,
        previously_reported_cell,
        previously_reported_text,
        increase,
        increase_cell,
        increase_text,
        budget,
        budget_cell,
        budget_text,
    from staged.finance_cash_limit
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
    limits.period_label as edition_period,  -- quarter of the report
    limits.budget_line,  -- what the budget is of
    limits.previously_reported as previously_reported_pounds,  -- budget as reported before, pounds
    limits.previously_reported_cell,  -- address of the cell
    limits.previously_reported_text,  -- its text as supplied
    limits.increase as increase_pounds,  -- stated increase, a reduction with a minus, pounds
    limits.increase_cell,  -- address of the cell
    limits.increase_text,  -- its text as supplied
    limits.budget as budget_pounds,  -- budget now, pounds
    limits.budget_cell,  -- address of the cell
    limits.budget_text,  -- its text as supplied
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    limits.workbook,  -- file name
    limits.workbook_sha256,  -- SHA-256 of the file
    limits.sheet  -- sheet
from limits
inner join editions
    on
        limits.workbook_sha256 = editions.workbook_sha256
        and limits.workbook = editions.workbook
        and limits.corrections is not distinct from editions.corrections
