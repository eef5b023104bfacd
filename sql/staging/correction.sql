-- Cells that were corrected, each with the days between which the corrected value counts.
-- grain: edition x interval in which it counts x corrected cell
-- key: source, workbook, workbook_sha256, as_at, sheet, cell
with
corrections as (
    select
        source,
        workbook,
        workbook_sha256,
        as_at,
        superseded_on,
        sheet,
        cell,
        reason,
    from staged.correction
)

select
    source,  -- source that supplied the workbook
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file's bytes
    as_at,  -- first day on which the corrected value counts
    superseded_on,  -- first day on which it no longer counts; null while it counts
    sheet,  -- sheet
    cell,  -- address of the cell
    reason  -- why it was corrected
from corrections
