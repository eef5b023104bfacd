-- What a claim about a measure can mean, as the workbooks gave it on the day of a report: its levels of each period and part,
-- amounts of grants and finance, and the changes from the year before of a rate and of the quantities that it is made of.
-- grain: day of a report x measure x reading
-- key: report_quarter, as_at, measure_code, reading
with
measures as (
    select
        measure_code,
        case unit when 'Number' then '' when 'per 1,000' then '' else unit end as unit,
    from marts.measure
),

-- what is rated and is no level: a projection of the year, or a figure under an earlier code
rated as (
    select
        status.report_quarter,
        status.as_at,
        status.measure_code,
        'as rated, ' || coalesce(status.value_period, status.report_quarter) as reading,
        coalesce(status.value_kind = 'forecast', false) as is_forecast,
        measures.unit,
        status.value as amount,
    from marts.reported_status as status
    inner join measures on status.measure_code = measures.measure_code
    anti join marts.claim_level as levels
        on
            (status.report_quarter, status.as_at, status.measure_code, status.value, '', true)
            = (levels.report_quarter, levels.as_at, levels.measure_code, levels.amount, levels.part, levels.is_current)
    where status.value is not null
),

changes as (
    select
        report_quarter,
        as_at,
        measure_code,
        stated_year,
        unnest([numerator_words, denominator_words, 'change', 'change in per cent']) as reading,
        unnest(['', '', unit, '%']) as unit,
        unnest([numerator_change, denominator_change, value_change, relative_change]) as amount,
    from marts.reported_change
)

select
    levels.report_quarter,  -- last quarter that the report is about
    levels.as_at,  -- day of the report
    levels.measure_code,  -- code of the measure, or what of the finance workbook it is
    concat_ws(', ', nullif(levels.part, ''), levels.period_label) as reading,  -- part and period of a level, what was paid to whom, or what changed from the year before
    levels.part,  -- part of the measure that a claim must name; empty for the whole
    levels.stated_year,  -- year that the figure is of, such as 2021-22
    levels.stated_month,  -- month of a snapshot, or last of a rolling year, such as 2021-10; null for others
    levels.first_quarter,  -- first of the quarters that it is of; null for others
    levels.last_quarter,  -- last of them
    levels.is_year,  -- whether a claim that names no quarter or month means it
    levels.is_current,  -- whether a claim that names no time means it
    false as is_change,  -- whether it is a change
    levels.is_forecast,  -- whether it is a forecast
    false as has_outcome,  -- whether it was paid to one who reports an outcome
    measures.unit,  -- %, £ or empty for a number
    levels.amount  -- what the workbooks give
from marts.claim_level as levels
inner join measures on levels.measure_code = measures.measure_code
union all
select
    report_quarter,
    as_at,
    measure_code,
    reading,
    '' as part,
    left(report_quarter, 7) as stated_year,
    null as stated_month,
    null as first_quarter,
    null as last_quarter,
    true as is_year,
    true as is_current,
    false as is_change,
    is_forecast,
    false as has_outcome,
    unit,
    amount,
from rated
union all
select
    report_quarter,
    as_at,
    measure_code,
    reading,
    '' as part,
    stated_year,
    null as stated_month,
    null as first_quarter,
    null as last_quarter,
    true as is_year,
    true as is_current,
    true as is_change,
    false as is_forecast,
    false as has_outcome,
    unit,
    cast(amount as decimal(28, 6)) as amount,
from changes
where amount is not null and reading is not null
union all
select
    report_quarter,
    as_at,
    measure_code,
    reading,
    part,
    left(report_quarter, 7) as stated_year,
    null as stated_month,
    null as first_quarter,
    null as last_quarter,
    true as is_year,
    true as is_current,
    is_change,
    is_forecast,
    has_outcome,
    unit,
    amount,
from marts.claim_money
