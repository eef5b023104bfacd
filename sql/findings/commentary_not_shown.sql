-- Commentary that is shown nowhere: on a measure that nobody lists, on a quarter that is not reported, or received or
-- approved after the quarter's cut-off.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
texts as (
    select
        measure_code,
        report_quarter,
        kind,
        commentary,
        approved_on,
        as_at,
        workbook,
        sheet,
        cell,
    from marts.commentary
    where superseded_on is null
),

listed as (
    select
        report_quarter,
        measure_code,
        commentary,
    from marts.measure_status
),

quarters as (
    select
        report_quarter,
        cut_off,
    from marts.reporting_quarter
),

judged as (
    select
        texts.*,
        case
            when quarters.report_quarter is null
                then texts.report_quarter || ' is not reported: no figures for it have been received yet'
            when listed.measure_code is null
                then 'no portfolio agreement lists ' || texts.measure_code || '; mend the code, or remove it from the cell'
            -- a quarter was locked with it
            when contains(listed.commentary, texts.commentary) then null
            when texts.as_at > quarters.cut_off
                then
                    'it counts from ' || strftime(texts.as_at, '%d/%m/%Y')
                    || ' on, when it had been received and approved; the quarter''s cut-off was '
                    || strftime(quarters.cut_off, '%d/%m/%Y')
        end as why,
    from texts
    left join quarters on texts.report_quarter = quarters.report_quarter
    left join listed on texts.report_quarter = listed.report_quarter and texts.measure_code = listed.measure_code
)

select
    'commentary_not_shown' as check_name,  -- what was checked
    report_quarter || ', ' || measure_code || ', ' || kind as subject,  -- what the finding is about
    measure_code as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The text is not shown: ' || why || '.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from judged
where why is not null
