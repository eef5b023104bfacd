-- Items of evidence that are files and reports: every workbook received, and the report of every quarter with targets.
-- grain: item
-- key: kind, item
with
files as (
    select
        source,
        workbook,
        workbook_sha256,
        source_title,
        owner,
        period_label,
        received_on,
        superseded_on,
        outcome,
        reason,
        rows_read,
        rows_loaded,
        areas,
        themes,
    from marts.evidence_file
),

rules as (
    select least_shown
    from marts.suppression_rule
),

authority as (
    select min(area_name) as area_name
    from marts.area
    where is_authority
),

quarters as (
    select distinct
        quarter.report_quarter,
        quarter.cut_off,
    from marts.reporting_quarter as quarter
    inner join marts.target on quarter.report_year = left(target.period_label, 7)
)

select
    'workbook' as kind,  -- workbook or report
    files.source || '/' || files.workbook || '/' || files.workbook_sha256 as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    files.received_on as date,  -- its day; null where none is known
    'received' as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    files.areas as area,  -- area, or areas, that it is about
    files.themes as theme,  -- priority or objective, or several
    files.source,  -- source that it is from; null where it is from none
    files.owner,  -- who supplied it, wrote it or is to do it
    files.outcome as state,  -- what became of it
    files.workbook as title,  -- what it is called
    concat_ws('. ', files.source_title, 'Period: ' || files.period_label, coalesce(files.rows_loaded, 0) || ' of ' || coalesce(files.rows_read, 0) || ' rows loaded', case when files.outcome <> 'superseded' then without_counts_below(files.reason, rules.least_shown) end) as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    files.received_on as known_from,  -- first day on which it was known; null where none is known
    files.superseded_on,  -- first day on which something later counts in its place
    files.workbook,  -- file name
    cast(null as varchar) as sheet,  -- sheet
    cast(null as varchar) as cell  -- address of the cell, or cells
from files
cross join rules
union all
select
    'report' as kind,
    quarters.report_quarter as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    quarters.cut_off as date,  -- its day; null where none is known
    'cut_off' as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    authority.area_name as area,  -- area, or areas, that it is about
    cast(null as varchar) as theme,  -- priority or objective, or several
    cast(null as varchar) as source,  -- source that it is from; null where it is from none
    cast(null as varchar) as owner,  -- who supplied it, wrote it or is to do it
    cast(null as varchar) as state,  -- what became of it
    'Performance report ' || quarters.report_quarter as title,  -- what it is called
    'Figures received by the cut-off, ' || strftime(quarters.cut_off, '%-d %B %Y') || ', count for it.' as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    quarters.report_quarter,  -- quarter that it is about
    quarters.cut_off as known_from,  -- first day on which it was known; null where none is known
    cast(null as date) as superseded_on,  -- first day on which something later counts in its place
    cast(null as varchar) as workbook,  -- file name
    cast(null as varchar) as sheet,  -- sheet
    cast(null as varchar) as cell  -- address of the cell, or cells
from quarters
cross join authority
