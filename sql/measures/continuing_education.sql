-- Pass, retention, achievement and priority-area rates of classroom-based learning, and the service's forecasts of them.
-- grain: measure x academic year x edition x cell
-- key: measure_code, period_label, value_kind, edition, role, cell
with
learners as (
    select
        stage,
        learners,
        period_label,
        period_start,
        period_end,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.continuing_education_learners
),

forecasts as (
    select
        measure_code,
        period_label,
        period_start,
        period_end,
        forecast,
        availability,
        case when is_provisional then basis || ', provisional (in italics)' else basis end as note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.continuing_education_forecast
),

rates as (
    select
        measure_code,
        role,
        stage,
    from (
        values
        ('IN.16', 'numerator', 'achieved'), ('IN.16', 'denominator', 'completed'),
        ('IN.17', 'numerator', 'completed'), ('IN.17', 'denominator', 'starts'),
        ('IN.18', 'numerator', 'achieved'), ('IN.18', 'denominator', 'starts'),
        ('IN.19', 'numerator', 'priority_area'), ('IN.19', 'denominator', 'starts')
    ) as defined (measure_code, role, stage)
),

parts as (
    select
        rates.measure_code,
        learners.period_label,
        learners.period_start,
        learners.period_end,
        'actual' as value_kind,
        rates.role,
        learners.learners as amount,
        'value' as availability,
        cast(null as varchar) as note,
        learners.as_at,
        learners.superseded_on,
        learners.workbook,
        learners.workbook_sha256,
        learners.sheet,
        learners.cell,
        learners.cell_text,
    from learners
    inner join rates on learners.stage = rates.stage
    union all
    select
        measure_code,
        period_label,
        period_start,
        period_end,
        'forecast' as value_kind,
        'value' as role,
        forecast as amount,
        availability,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from forecasts
)

select
    measure_code,  -- IN.16 to IN.19
    (select area_code from staging.authority) as area_code,  -- the authority
    period_label,  -- academic year
    period_start,  -- first day of the academic year
    period_end,  -- first day after it
    'academic' as year_type,  -- calendar of the period
    value_kind,  -- actual or forecast
    'total' as component,  -- the whole service
    role,  -- numerator, denominator or value
    cast(amount as decimal(28, 6)) as amount,  -- learners, or per cent where the forecast is given
    cast(case when value_kind = 'actual' then 100 else 1 end as decimal(10, 4)) as factor,  -- rates are per cent
    'exact' as qualifier,  -- no figure of this source is approximate
    availability,  -- value, or why there is none
    note,  -- what a forecast rests on
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from parts
