-- Items of evidence that are findings: what does not fit together in what was supplied. A finding is dated by the workbook
-- that it is about; one that is about none has no day.
-- grain: item
-- key: kind, item
with
files as (
    select
        workbook,
        arg_max(source, as_at || source) as source,
        arg_max(areas, as_at || source) as areas,
        arg_max(themes, as_at || source) as themes,
        max(as_at) filter (where outcome = 'loaded') as as_at,
    from marts.evidence_file
    group by workbook
),

authority as (
    select min(area_name) as area_name
    from marts.area
    where is_authority
),

findings as (
    select
        check_name,
        subject,
        published,
        recomputed,
        severity,
        explanation,
        workbook,
        sheet,
        cell,
        row_number() over (partition by check_name, subject, workbook, sheet, cell order by published, explanation) as place,
    from marts.reconciliation_finding
),

words as (
    select
        check_name,
        subject,
        unnest(regexp_split_to_array(subject, '[ ,:;]+')) as word,
    from findings
),

-- whose codes or plan the subject names
subjects as (
    select
        words.check_name,
        words.subject,
        string_agg(distinct measure.measure_code, ', ' order by measure.measure_code) as codes,
        string_agg(distinct measure.priority, '; ' order by measure.priority) as themes,
    from words
    inner join marts.measure on words.word = measure.measure_code and measure.in_agreement
    group by words.check_name, words.subject
),

plans as (
    select distinct
        findings.check_name,
        findings.subject,
        action.objective_number || '. ' || action.objective as theme,
    from findings
    inner join marts.action
        on starts_with(findings.subject, action.plan_year || ', ' || action.action_code || ':') and action.superseded_on is null
)

select
    'finding' as kind,  -- finding
    concat_ws('/', findings.check_name, findings.subject, findings.workbook, findings.sheet, findings.cell, findings.place) as item,  -- what tells it from others of its kind
    cast(null as date) as as_of,  -- day as of which it is told; null of what is on record
    files.as_at as date,  -- its day; null where none is known
    if(files.as_at is null, null, 'received') as date_kind,  -- what the day is: received, approved, cut_off or due
    'on_record' as timing,  -- due_next, overdue, goes_on (without a day) or on_record
    coalesce(files.areas, authority.area_name) as area,  -- area, or areas, that it is about
    coalesce(plans.theme, subjects.themes, files.themes) as theme,  -- priority or objective, or several
    files.source,  -- source that it is from; null where it is from none
    cast(null as varchar) as owner,  -- who supplied it, wrote it or is to do it
    findings.severity as state,  -- what became of it
    upper(left(findings.check_name, 1)) || replace(substr(findings.check_name, 2), '_', ' ') || ': ' || findings.subject as title,  -- what it is called
    concat_ws(' ', findings.explanation, 'Supplied: ' || findings.published || '.', 'The workbooks give: ' || findings.recomputed || '.') as text,  -- what it says
    subjects.codes as measure_codes,  -- measures that it is about
    cast(null as varchar) as report_quarter,  -- quarter that it is about
    files.as_at as known_from,  -- first day on which it was known; null where none is known
    cast(null as date) as superseded_on,  -- first day on which something later counts in its place
    findings.workbook,  -- file name
    findings.sheet,  -- sheet
    findings.cell  -- address of the cell, or cells
from findings
cross join authority
left join files on findings.workbook = files.workbook
left join subjects on findings.check_name = subjects.check_name and findings.subject = subjects.subject
left join plans on findings.check_name = plans.check_name and findings.subject = plans.subject
