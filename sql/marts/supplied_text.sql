-- Running text of the workbooks and of the printed report, each with its cell: notes, claims, what is said of a figure or of
-- when something is to be done.
-- grain: edition x cell
-- key: workbook_sha256, as_at, sheet, cell
with
texts as (
    select
        note as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from staging.note
    union
    select
        note as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        note_cell as cell,
    from staging.state_of_the_sector_indicator
    where note is not null
    union
    select
        commentary as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        commentary_cell as cell,
    from staging.commentary_text
    union
    select
        claim as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claim_cell as cell,
    from staging.published_report_claim
    union
    select
        printed_text as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from staging.published_report_cell
    union
    select
        target_date as supplied_text,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        target_date_cell as cell,
    from staging.action_plan_action
    where target_date is not null
)

select
    supplied_text,  -- as supplied, with single spaces
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell  -- address of the cell
from texts
