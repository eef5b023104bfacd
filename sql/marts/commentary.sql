-- Commentary of the services on the measures of a quarter, of every edition.
-- grain: measure x quarter x kind x edition x text
-- key: measure_code, report_quarter, kind, workbook_sha256, as_at, sheet_row
with
texts as (
    select
        measure_code,
        report_quarter,
        kind,
        commentary,
        override_status,
        override_reason,
        author,
        approved_on,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
        cell,
    from staging.commentary_text
)

select
    measure_code,  -- code of the measure; one that no agreement lists is a finding
    report_quarter,  -- quarter that the text is about
    kind,  -- highlight, exception or note
    commentary,  -- the text
    override_status,  -- R, A or G that a person puts in the place of the computed status; null where nobody does
    override_reason,  -- why
    author,  -- service that wrote the text
    approved_on,  -- day on which it was approved
    greatest(as_at, approved_on) as as_at,  -- first day on which it counts: it has been received and approved
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    row_number as sheet_row,  -- row of the sheet, for the order of the texts
    cell  -- first cell of the row
from texts
