-- What a claim about a measure can mean, as the workbooks gave it on the day of a report: its level, what was paid to those
-- who report an outcome, and the changes from the year before of a rate and of the quantities that it is made of.
-- grain: day of a report x measure x reading
-- key: report_quarter, as_at, measure_code, reading
with
reports as (
    select distinct
        report_quarter,
        as_at,
    from staging.published_report_claim
),

known as (
    select
        report_quarter,
        as_at,
        measure_code,
        value,
        stretch,
    from marts.reported_observation
),

measures as (
    select
        measure_code,
        case unit when 'Number' then '' when 'per 1,000' then '' else unit end as unit,
    from marts.measure
),

-- the quarters of a year add up; of anything else the latest counts
levels as (
    select
        report_quarter,
        as_at,
        measure_code,
        sum(value) as amount,
    from known
    where measure_code not in (select measure_code from marts.measure_status)
    group by report_quarter, as_at, measure_code, stretch
    qualify row_number() over (partition by report_quarter, as_at, measure_code order by stretch desc) = 1
    union all
    select
        reports.report_quarter,
        reports.as_at,
        status.measure_code,
        status.value as amount,
    from reports
    inner join marts.measure_status as status on reports.report_quarter = status.report_quarter
    where status.value is not null
),

changes as (
    select
        report_quarter,
        as_at,
        measure_code,
        unit,
        numerator_words,
        numerator_change,
        denominator_words,
        denominator_change,
        value_change,
        relative_change,
    from marts.reported_change
),

readings as (
    select
        levels.report_quarter,
        levels.as_at,
        levels.measure_code,
        'level' as reading,
        false as is_change,
        measures.unit,
        levels.amount,
    from levels
    inner join measures on levels.measure_code = measures.measure_code
    union all
    select
        reports.report_quarter,
        reports.as_at,
        'GRANT.1' as measure_code,
        'paid to ' || grants.recipient as reading,
        false as is_change,
        '£' as unit,
        sum(grants.paid_pounds) as amount,
    from reports
    inner join marts.grants
        on
            reports.report_quarter = grants.edition_period
            and grants.as_at <= reports.as_at
            and coalesce(reports.as_at < grants.superseded_on, true)
    where
        grants.recipient in (
            select reporting.recipient from marts.grants as reporting
            where reporting.outcome is not null
        )
    group by reports.report_quarter, reports.as_at, grants.recipient
    union all
    select
        report_quarter,
        as_at,
        measure_code,
        unnest([numerator_words, denominator_words, 'change', 'change in per cent']) as reading,
        true as is_change,
        unnest(['', '', unit, '%']) as unit,
        unnest([numerator_change, denominator_change, value_change, relative_change]) as amount,
    from changes
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day of the report
    measure_code,  -- code of the measure
    reading,  -- level, paid to whom, or what changed from the year before
    is_change,  -- whether it is a change
    unit,  -- %, £ or empty for a number
    cast(amount as decimal(28, 6)) as amount  -- what the workbooks give
from readings
where amount is not null and reading is not null
