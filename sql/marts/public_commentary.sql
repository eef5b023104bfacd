-- Commentary of the services on the measures of a quarter, as the public may see it: the text stays as it was approved, and
-- its author is named where that is a team that answers for a measure, never a person.
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
        sheet_row,
        cell,
    from marts.commentary
),

teams as (
    select owner from staging.portfolio_agreement_measure
    union
    select owner from marts.measure
)

select
    measure_code,  -- code of the measure; one that no agreement lists is a finding
    report_quarter,  -- quarter that the text is about
    kind,  -- highlight, exception or note
    commentary,  -- the text
    override_status,  -- R, A or G that a person puts in the place of the computed status; null where nobody does
    override_reason,  -- why
    case when author in (select owner from teams) then author else '[c]' end as author,  -- service that wrote the text; [c] where it is no team that answers for a measure
    approved_on,  -- day on which it was approved
    as_at,  -- first day on which it counts: it has been received and approved
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    sheet_row,  -- row of the sheet, for the order of the texts
    cell  -- first cell of the row
from texts
