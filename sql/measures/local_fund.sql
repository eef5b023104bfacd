-- Success of applications to the Local Fund, small grants, and successful applicants by kind: from a register of
-- a whole year for the year, from one up to a quarter by the quarter of receipt. Where the fund did not run, not collected.
-- grain: measure x period x edition x role x cell
-- key: measure_code, period_label, edition, role, cell
with
named as (
    select
        measure_name,
        measure_code,
    from staging.measure_by_name
),

applications as (
    select
        edition_period,
        received_on as day_within,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        -- every application is a part, so that none successful is 0; a measure that may have no code is called by its name
        unnest([
            { 'measure': 'IN.1.1', 'role': 'numerator', 'counts': is_awarded, 'cell': decision_cell, 'text': decision },
            { 'measure': 'IN.1.1', 'role': 'denominator', 'counts': true, 'cell': reference_cell, 'text': reference },
            { 'measure': 'IN.1.2', 'role': 'numerator', 'counts': awarded_pounds < 500, 'cell': awarded_cell, 'text': awarded_text },
            { 'measure': 'IN.1.2', 'role': 'denominator', 'counts': is_awarded, 'cell': decision_cell, 'text': decision },
            { 'measure': 'Number of successful first-time applicants', 'role': 'part', 'counts': is_awarded and applicant_type = 'First time', 'cell': applicant_type_cell, 'text': applicant_type },
            { 'measure': 'Number of successful repeat applicants', 'role': 'part', 'counts': is_awarded and applicant_type = 'Repeat', 'cell': applicant_type_cell, 'text': applicant_type }
        ]) as counted,
    from staging.local_fund_application
),

pauses as (
    select
        edition_period,
        first_day as day_within,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        unnest(['IN.1.1', 'IN.1.2', 'Number of successful first-time applicants', 'Number of successful repeat applicants']) as measure,
    from staging.local_fund_pause
),

parts as (
    select
        counted.measure,
        edition_period,
        day_within,
        counted.role,
        cast(counted.counts as integer) as amount,
        'value' as availability,
        cast(null as varchar) as note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        counted.cell,
        counted.text as cell_text,
    from applications
    -- only an award can be a small one
    where counted.cell is not null
    union all
    select
        measure,
        edition_period,
        day_within,
        'value' as role,
        null as amount,
        'not_collected' as availability,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        note as cell_text,
    from pauses
),

dated as (
    select
        parts.*,
        edition_period like '%-Q_' as is_quarter,
        year(day_within) - case when month(day_within) < 4 then 1 else 0 end as first_year,
        cast(date_trunc('quarter', day_within) as date) as quarter_start,
    from parts
)

select
    coalesce(named.measure_code, dated.measure) as measure_code,  -- IN.1.1, IN.1.2, or the code of the successful first-time or repeat applicants
    (select area_code from staging.authority) as area_code,  -- the authority
    first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') || case when is_quarter then '-Q' || ((quarter(day_within) + 2) % 4 + 1) else '' end as period_label,  -- financial year, or its quarter
    case when is_quarter then quarter_start else make_date(first_year, 4, 1) end as period_start,  -- first day of the period
    case when is_quarter then cast(quarter_start + interval 3 month as date) else make_date(first_year + 1, 4, 1) end as period_end,  -- first day after it
    case when is_quarter then 'quarter' else 'financial' end as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as registered
    'total' as component,  -- the whole fund
    role,  -- numerator, denominator or part; value where there is none
    cast(amount as decimal(28, 6)) as amount,  -- 1 for an application that counts, else 0
    cast(case when role = 'numerator' then 100 else 1 end as decimal(10, 4)) as factor,  -- proportions are per cent
    'exact' as qualifier,  -- applications are counted
    availability,  -- value, or not_collected
    note,  -- why the fund did not run
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from dated
left join named on dated.measure = named.measure_name
