-- The evidence bank and the forward plan: every workbook received, report, finding, commentary, action, programme activity and
-- claim, and what is due next. What is due is told as of each quarter's cut-off and as of the day of the build.
-- grain: item x day as of which it is told
-- key: evidence_id, as_of
with
items as (
    select *
    from marts.evidence_workbook
    union all
    select *
    from marts.evidence_text
    union all
    select *
    from marts.evidence_finding
    union all
    select *
    from marts.evidence_claim
    union all
    select *
    from marts.evidence_action
    union all
    select *
    from marts.evidence_due
),

sources as (
    select
        source,
        title,
    from staged.source
)

select
    substr(md5(items.kind || '/' || items.item), 1, 16) as evidence_id,  -- key of the item, the same in every build
    items.kind,  -- workbook, report, commentary, activity, finding, claim, action; due_data, due_action or due_report
    items.as_of,  -- day as of which it is told; null of what is on record
    items.date,  -- its day; null where none is known
    items.date_kind,  -- what the day is: received, approved, cut_off or due
    items.timing,  -- due_next, overdue, goes_on (without a day) or on_record
    items.area,  -- area, or areas, that it is about, parted by semicolons
    items.theme,  -- priority or objective, or several, parted by semicolons; null where it has none of its own
    items.source,  -- source that it is from; null where it is from none
    sources.title as source_title,  -- title of the source
    items.owner,  -- who supplied it, wrote it or is to do it
    items.state,  -- outcome of a workbook or claim, kind of a commentary, severity of a finding, status of an action or of what is due
    items.title,  -- what it is called
    items.text,  -- what it says
    items.measure_codes,  -- measures that it is about, parted by commas
    items.report_quarter,  -- quarter that it is about
    items.known_from,  -- first day on which it was known; null where none is known
    items.superseded_on,  -- first day on which something later counts in its place
    items.workbook,  -- file name
    items.sheet,  -- sheet
    items.cell  -- address of the cell, or cells
from items
left join sources on items.source = sources.source
