-- Items of evidence that are claims of a printed report, each once for all of its figures, with what the workbooks gave.
-- grain: item
-- key: kind, item
with
files as (
    select
        workbook,
        workbook_sha256,
        source,
        owner,
        areas,
        received_on,
    from marts.evidence_file
),

priorities as (
    select distinct
        'Priority ' || priority_number as section,
        priority,
    from marts.priority
),

figures as (
    select
        *,
        replace(outcome, '_', ' ') || coalesce(': ' || coalesce(basis, not_checked_because), '') as said,
    from marts.claim
),

claims as (
    select
        claim,
        section,
        about,
        report_quarter,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        claimed_cell,
        string_agg(distinct printed_text, '; ' order by printed_text) as printed_text,
        string_agg(distinct said, '. ' order by said) as said,
        -- not checked is neither, and one figure that is not confirmed tells of all
        min_by(outcome, case outcome when 'not_confirmed' then 1 when 'confirmed' then 3 else 2 end) as outcome,
    from figures
    group by all
)

select
    'claim' as kind,  -- claim
    concat_ws('/', claims.workbook_sha256, claims.workbook, claims.as_at, claims.sheet, claims.claimed_cell, claims.claim) as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    files.received_on as date,  -- its day; null where none is known
    'received' as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    files.areas as area,  -- area, or areas, that it is about
    priorities.priority as theme,  -- priority or objective, or several
    files.source,  -- source that it is from; null where it is from none
    files.owner,  -- who supplied it, wrote it or is to do it
    claims.outcome as state,  -- what became of it
    claims.section || ': ' || claims.claim as title,  -- what it is called
    concat_ws('. ', 'Printed: ' || claims.printed_text, claims.said) as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    claims.report_quarter,  -- quarter that it is about
    claims.as_at as known_from,  -- first day on which it was known; null where none is known
    claims.superseded_on,  -- first day on which something later counts in its place
    claims.workbook,  -- file name
    claims.sheet,  -- sheet
    claims.claimed_cell as cell  -- address of the cell, or cells
from claims
left join files on claims.workbook_sha256 = files.workbook_sha256 and claims.workbook = files.workbook
left join priorities on claims.section = priorities.section
