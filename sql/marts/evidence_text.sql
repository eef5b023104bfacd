-- Items of evidence that services wrote: commentary, each text once for all of its measures, and what programmes have done. The
-- figure of an activity is not repeated here: marts.programme_activity has it.
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
    from marts.evidence_file
),

texts as (
    select
        commentary.workbook,
        commentary.workbook_sha256,
        commentary.sheet,
        commentary.cell,
        commentary.kind,
        commentary.report_quarter,
        commentary.commentary,
        commentary.author,
        commentary.approved_on,
        commentary.as_at,
        commentary.superseded_on,
        string_agg(commentary.measure_code, ', ' order by commentary.measure_code) as codes,
        string_agg(distinct measure.priority, '; ' order by measure.priority) as themes,
    from marts.commentary
    left join marts.measure on commentary.measure_code = measure.measure_code
    group by all
),

activities as (
    select
        programme,
        item,
        measure_code,
        period_label,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from marts.programme_activity
)

select
    'commentary' as kind,  -- commentary or activity
    concat_ws('/', texts.workbook_sha256, texts.workbook, texts.as_at, texts.cell, texts.kind) as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    coalesce(texts.approved_on, texts.as_at) as date,  -- its day; null where none is known
    if(texts.approved_on is null, 'received', 'approved') as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    files.areas as area,  -- area, or areas, that it is about
    texts.themes as theme,  -- priority or objective, or several
    files.source,  -- source that it is from; null where it is from none
    texts.author as owner,  -- who supplied it, wrote it or is to do it
    texts.kind as state,  -- what became of it
    'Commentary on ' || texts.codes || ', ' || texts.report_quarter as title,  -- what it is called
    texts.commentary as text,  -- what it says
    texts.codes as measure_codes,  -- measures that it is about
    texts.report_quarter,  -- quarter that it is about
    texts.as_at as known_from,  -- first day on which it was known; null where none is known
    texts.superseded_on,  -- first day on which something later counts in its place
    texts.workbook,  -- file name
    texts.sheet,  -- sheet
    texts.cell  -- address of the cell, or cells
from texts
left join files on texts.workbook_sha256 = files.workbook_sha256 and texts.workbook = files.workbook
union all
select
    'activity' as kind,
    concat_ws('/', activities.workbook_sha256, activities.workbook, activities.as_at, activities.sheet, activities.cell) as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    activities.as_at as date,  -- its day; null where none is known
    'received' as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    files.areas as area,  -- area, or areas, that it is about
    cast(null as varchar) as theme,  -- priority or objective, or several
    files.source,  -- source that it is from; null where it is from none
    files.owner,  -- who supplied it, wrote it or is to do it
    cast(null as varchar) as state,  -- what became of it
    activities.programme || ': ' || activities.item as title,  -- what it is called
    concat_ws('. ', 'As at ' || activities.period_label, activities.note) as text,  -- what it says
    cast(null as varchar) as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    activities.as_at as known_from,  -- first day on which it was known; null where none is known
    activities.superseded_on,  -- first day on which something later counts in its place
    activities.workbook,  -- file name
    activities.sheet,  -- sheet
    activities.cell  -- address of the cell, or cells
from activities
left join files on activities.workbook_sha256 = files.workbook_sha256 and activities.workbook = files.workbook
