-- Editions whose rows are in the warehouse, each with the days between which it counts; one that counts again stands again.
-- grain: edition x interval in which it counts
-- key: source, workbook, workbook_sha256, as_at
with
receipts as (
    select
        source,
        workbook,
        workbook_sha256,
        corrections,
        period_label,
        period_end,
        as_at,
        superseded_on,
        outcome,
    from staged.receipt
)

select
    source,  -- source that supplied it
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file's bytes
    corrections,  -- key of what was corrected in it; null where it is read as supplied
    period_label,  -- period that the edition is of
    period_end,  -- first day after that period
    as_at,  -- first day on which it counts
    superseded_on  -- first day on which it no longer counts; null while it counts
from receipts
-- one that was superseded on its own day never counted
where outcome in ('loaded', 'superseded', 'retracted') and coalesce(superseded_on > as_at, true)
