-- Editions whose rows are in the warehouse, each with the days between which it counts.
-- grain: receipt of a loaded or superseded workbook
-- key: source, workbook, workbook_sha256, as_at
with
receipts as (
    select
        source,
        workbook,
        workbook_sha256,
        period_label,
        as_at,
        superseded_on,
        outcome,
    from staged.receipt
)

select
    source,  -- source that supplied it
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file's bytes
    period_label,  -- period that the edition is of
    as_at,  -- day on which it became known
    superseded_on  -- first day on which a later edition counts in its place; null while it counts
from receipts
-- one that was superseded on its own day never counted
where outcome in ('loaded', 'superseded') and coalesce(superseded_on > as_at, true)
