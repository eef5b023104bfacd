-- Notes that stand below the tables of workbooks: what a supplier says of the figures, or why there are none.
-- grain: edition x note
-- key: source, workbook, workbook_sha256, as_at, sheet, row_number
with
notes as (
    select
        source,
        workbook,
        workbook_sha256,
        corrections,
        period_label,
        period_start,
        period_end,
        sheet,
        row_number,
        cell,
        note,
        says_why_empty,
    from staged.note
),

editions as (
    select
        source,
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
)

select
    notes.source,  -- source that supplied it
    notes.period_label as edition_period,  -- period that the edition is of
    notes.period_start,  -- first day of that period
    notes.period_end,  -- first day after it
    notes.note,  -- what it says, with white space made single spaces
    notes.says_why_empty,  -- whether it says why the table above it has no rows
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    notes.workbook,  -- file name
    notes.workbook_sha256,  -- SHA-256 of the file
    notes.sheet,  -- sheet
    notes.row_number,  -- row of the sheet
    notes.cell  -- address of the note
from notes
inner join editions
    on
        notes.source = editions.source
        and notes.workbook_sha256 = editions.workbook_sha256
        and notes.workbook = editions.workbook
        and notes.corrections is not distinct from editions.corrections
