-- Rows of published statistics that were left out, each with the reason.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
left_out as (
    select
        check_name,
        subject,
        explanation,
        workbook,
        sheet,
        cell,
    from staging.lait_left_out
)

select
    check_name,  -- what was checked
    subject,  -- what the finding is about
    subject as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from left_out
