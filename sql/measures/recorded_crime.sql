-- Crimes and incidents that the police recorded: the number itself, or its rate per 1,000 of the population that the
-- workbook names. The rate that it states is rounded and stands beside, in staging.
-- grain: measure x financial year x edition x role
-- key: measure_code, period_label, edition, role
with
figures as (
    select
        measure_code,
        is_rate,
        period_label,
        period_start,
        period_end,
        recorded_count,
        availability,
        population_count,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        recorded_cell,
        recorded_text,
        population_cell,
        population_text,
    from staging.recorded_crime_figure
),

parts as (
    select
        figures.*,
        case when is_rate then 'numerator' else 'value' end as role,
        recorded_count as amount,
        recorded_cell as cell,
        recorded_text as cell_text,
    from figures
    union all
    select
        figures.*,
        'denominator' as role,
        population_count as amount,
        population_cell as cell,
        population_text as cell_text,
    from figures
    where is_rate and population_count is not null
)

select
    measure_code,  -- IN.5 to IN.10
    (select area_code from staging.authority) as area_code,  -- the authority
    period_label,  -- financial year
    period_start,  -- first day of the year
    period_end,  -- first day after it
    'financial' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as recorded
    'total' as component,  -- the whole of the authority
    role,  -- numerator, denominator or value
    cast(amount as decimal(28, 6)) as amount,  -- number recorded, or residents
    cast(case role when 'numerator' then 1000 else 1 end as decimal(10, 4)) as factor,  -- rates are per 1,000
    'exact' as qualifier,  -- no figure of this source is approximate
    case when role = 'denominator' then 'value' else availability end as availability,  -- value, or not_available
    note,  -- what the workbook says of missing numbers
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from parts
