-- Red and Amber measures without commentary. It is asked for in the latest quarter, and in every quarter for which any
-- commentary has been received: earlier ones were reported before commentary was supplied this way.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
statuses as (
    select
        report_quarter,
        measure_code,
        measure_name,
        value,
        target_value,
        status,
        commentary,
    from marts.measure_status
),

editions as (
    select
        report_quarter,
        max_by(workbook, as_at) as workbook,
        max_by(sheet, as_at) as sheet,
    from marts.commentary
    where superseded_on is null
    group by report_quarter
),

latest as (
    select max_by(report_quarter, quarter_start) as report_quarter
    from marts.reporting_quarter
)

select
    'commentary_missing' as check_name,  -- what was checked
    statuses.report_quarter || ', ' || statuses.measure_code as subject,  -- what the finding is about
    statuses.status as published,  -- what was supplied
    cast(null as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(null as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    '''' || statuses.measure_name || ''' is ' || case statuses.status when 'R' then 'Red' else 'Amber' end || ' ('
    || with_commas(statuses.value) || ' against a target of ' || with_commas(statuses.target_value)
    || '), and no commentary on it counts that was received and approved by the quarter''s cut-off. Red and Amber measures need one.' as explanation,  -- what it means
    editions.workbook,  -- file name
    editions.sheet,  -- sheet
    cast(null as varchar) as cell  -- address of the cell
from statuses
left join editions on statuses.report_quarter = editions.report_quarter
where
    statuses.status in ('R', 'A')
    and statuses.commentary is null
    and (editions.report_quarter is not null or statuses.report_quarter = (select report_quarter from latest))
