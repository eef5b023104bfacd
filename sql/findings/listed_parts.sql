-- Commentary that lists parts as `2 x this; 3 x that` behind their total: parts that do not add up to it, and parts of which
-- the workbooks count another number.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
texts as (
    select
        measure_code,
        report_quarter,
        commentary,
        workbook,
        sheet,
        commentary_cell as cell,
        as_at,
        regexp_extract_all(commentary, '\b[0-9]+ x [^;,.]+') as parts,
        try_cast(replace(regexp_extract(commentary, '\b([0-9][0-9,]*) [A-Za-z]', 1), ',', '') as bigint) as total,
    from staging.commentary_text
    where superseded_on is null
),

parts as (
    select
        texts.*,
        unnest(parts) as part,
        cast(regexp_extract(part, '^[0-9]+') as bigint) as part_count,
        lower(regexp_extract(part, '^[0-9]+ x (?:and )?(.+)$', 1)) as part_name,
    from texts
    where len(parts) > 1
),

counted as (
    select
        parts.measure_code,
        parts.workbook,
        parts.cell,
        parts.part,
        parts.part_count,
        sum(observation.value) as in_workbooks,
    from parts
    inner join marts.observation
        on
            parts.measure_code = observation.measure_code
            and starts_with(parts.part_name, lower(observation.component))
            and observation.availability = 'value'
            and observation.period_label between substr(parts.report_quarter, 1, 7) || '-Q1' and parts.report_quarter
            and observation.as_at <= parts.as_at
            and coalesce(parts.as_at < observation.superseded_on, true)
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    group by parts.measure_code, parts.workbook, parts.cell, parts.part, parts.part_count
),

wrong as (
    select
        measure_code || ', ' || report_quarter || ', total' as subject,
        total as stated,
        sum(part_count) as recomputed,
        'The parts listed behind it add up to ' || sum(part_count) || ', not ' || total || '.' as explanation,
        workbook,
        sheet,
        cell,
    from parts
    group by measure_code, report_quarter, total, workbook, sheet, cell
    having sum(part_count) <> total
    union all
    select
        texts.measure_code || ', ' || texts.report_quarter || ', ' || counted.part as subject,
        counted.part_count as stated,
        counted.in_workbooks as recomputed,
        'The workbooks count ' || shown(counted.in_workbooks) || '.' as explanation,
        texts.workbook,
        texts.sheet,
        texts.cell,
    from counted
    inner join texts
        on
            counted.measure_code = texts.measure_code
            and counted.workbook = texts.workbook
            and counted.cell = texts.cell
    where counted.part_count <> counted.in_workbooks
)

select
    'listed_parts' as check_name,  -- what was checked
    subject,  -- what the finding is about
    shown(stated) as published,  -- what was supplied
    shown(recomputed) as recomputed,  -- what it should be, where that can be computed
    cast(recomputed - stated as decimal(28, 6)) as difference,  -- recomputed less published
    'fail' as severity,  -- fail or warn
    explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from wrong
