-- The figure that the workbooks gave for each period of a measure, and of a part of it, on the day of a printed report: an
-- actual before any forecast, then the latest. Waves of a survey are left out: what is reported is the year that they make.
-- grain: day of a report x measure x part x period
-- key: report_quarter, as_at, measure_code, component, period_label
with
reports as (
    select distinct
        report_quarter,
        as_at,
    from staging.published_report_claim
),

agreed as (
    select
        measure_code,
        forecast_method = 'Straight line' as accumulates,
        as_at,
        superseded_on,
    from staging.portfolio_agreement_measure
),

known as (
    select
        reports.report_quarter,
        reports.as_at,
        observation.measure_code,
        observation.component,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.year_type,
        observation.value_kind = 'forecast' as is_forecast,
        observation.numerator,
        observation.denominator,
        observation.value,
        agreed.measure_code is not null as is_agreed,
        coalesce(agreed.accumulates, agreed.measure_code is null) as accumulates,
    from reports
    inner join marts.observation
        on
            observation.as_at <= reports.as_at
            and coalesce(reports.as_at < observation.superseded_on, true)
            and observation.period_start <= reports.as_at
            and observation.availability = 'value'
            and observation.year_type <> 'wave'
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    left join agreed
        on
            observation.measure_code = agreed.measure_code
            and agreed.as_at <= reports.as_at
            and coalesce(reports.as_at < agreed.superseded_on, true)
    qualify
        row_number() over (
            partition by
                reports.report_quarter, reports.as_at, observation.measure_code, observation.component,
                observation.period_label
            order by
                case observation.value_kind when 'actual' then 1 when 'provisional' then 2 when 'interim' then 3 else 4 end,
                observation.as_at desc,
                observation.edition desc
        ) = 1
),

-- a measure without a total has the sum of its parts
wholes as (
    select *
    from known
    union all
    select
        report_quarter,
        as_at,
        measure_code,
        'total' as component,
        period_label,
        period_start,
        period_end,
        year_type,
        bool_or(is_forecast) as is_forecast,
        null as numerator,
        null as denominator,
        sum(value) as value,
        is_agreed,
        accumulates,
    from known
    group by all
    having count(*) filter (where known.component = 'total') = 0
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day of the report
    measure_code,  -- code of the measure
    component,  -- total, or a part; of a measure without a total, their sum is the total
    period_label,  -- period that the figure is of
    period_start,  -- first day of the period
    year_type,  -- calendar of the period
    case
        when year_type in ('financial', 'academic', 'quarter') then substr(period_label, 1, 7)
        else
            year(period_end - interval 1 day - interval 3 month) || '-'
            || lpad(cast((year(period_end - interval 1 day - interval 3 month) + 1) % 100 as varchar), 2, '0')
    end as stated_year,  -- financial or academic year that the period is, or ends in
    case when year_type in ('snapshot', 'rolling') then strftime(period_end - interval 1 day, '%Y-%m') end as stated_month,  -- month of a snapshot, or last month of a rolling year; null for other periods
    case when year_type = 'quarter' then cast(right(period_label, 1) as integer) end as stated_quarter,  -- number of the quarter; null for other periods
    is_agreed,  -- whether the portfolio agreement of that day lists the measure
    accumulates,  -- whether its quarters add up
    is_forecast,  -- whether it is a forecast
    numerator,  -- what is counted, of a rate
    denominator,  -- what it is counted against
    cast(value as decimal(28, 6)) as value  -- the figure, in the measure's unit
from wholes
