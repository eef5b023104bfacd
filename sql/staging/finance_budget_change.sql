-- Changes of the cash limit budget since it was last reported.
-- grain: edition x change
-- key: workbook_sha256, as_at, row_number
with
changes as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        change_description,
        change,
        change_cell,
        change_text,
    from staged.finance_budget_changes
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
    changes.period_label as edition_period,  -- quarter of the report
    changes.change_description,  -- why the budget has changed
    changes.change as change_pounds,  -- by how much, a reduction with a minus, pounds
    changes.change_cell,  -- address of the cell
    changes.change_text,  -- its text as supplied
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    changes.workbook,  -- file name
    changes.workbook_sha256,  -- SHA-256 of the file
    changes.sheet,  -- sheet
    changes.row_number  -- row of the sheet
from changes
inner join editions
    on
        changes.workbook_sha256 = editions.workbook_sha256
        and changes.workbook = editions.workbook
        and changes.corrections is not distinct from editions.corrections
