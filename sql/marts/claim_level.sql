-- The levels of measures, and of their parts, that a claim can state: each period as the workbooks gave it on the day of a
-- report, and quarters that follow each other, added up where the measure accumulates and none between them is missing.
-- grain: day of a report x measure x part x period
-- key: report_quarter, as_at, measure_code, part, period_label
with
periods as (
    select
        report_quarter,
        as_at,
        measure_code,
        case component when 'total' then '' else component end as part,
        period_label,
        period_start,
        year_type,
        stated_year,
        stated_month,
        stated_quarter,
        is_agreed,
        accumulates,
        is_forecast,
        value,
    from marts.reported_period
),

placed as (
    select
        periods.*,
        period_start = max(period_start) over (
            partition by report_quarter, as_at, measure_code, part, year_type, is_forecast
        ) as is_latest,
        period_start = max(period_start) over (
            partition by report_quarter, as_at, measure_code, part, year_type, is_forecast, stated_year
        ) as is_latest_of_year,
    from periods
),

spans as (
    select
        latest.report_quarter,
        latest.as_at,
        latest.measure_code,
        latest.part,
        latest.period_label,
        latest.stated_year,
        latest.stated_quarter,
        latest.is_agreed,
        latest.accumulates,
        latest.is_latest,
        added.stated_quarter as first_quarter,
        -- from each quarter that the year has up to the latest
        count(*) over onwards as quarters,
        bool_or(added.is_forecast) over onwards as is_forecast,
        sum(added.value) over onwards as amount,
    from placed as latest
    inner join placed as added
        on
            (latest.report_quarter, latest.as_at, latest.measure_code, latest.part, latest.stated_year)
            = (added.report_quarter, added.as_at, added.measure_code, added.part, added.stated_year)
            and added.stated_quarter <= latest.stated_quarter
    window onwards as (
        partition by latest.report_quarter, latest.as_at, latest.measure_code, latest.part, latest.period_label
        order by added.stated_quarter desc
    )
),

levels as (
    select
        *,
        case
            when stated_year <> left(report_quarter, 7) then first_quarter = 1 and stated_quarter = 4
            when not is_agreed then is_latest and quarters = max(quarters) over its_end
            else stated_quarter = cast(right(report_quarter, 1) as integer) and (first_quarter = 1 or not accumulates)
        end as is_year,
    from spans
    where stated_quarter - first_quarter + 1 = quarters and (accumulates or quarters = 1)
    window its_end as (partition by report_quarter, as_at, measure_code, part, stated_year, stated_quarter)
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day of the report
    measure_code,  -- code of the measure
    part,  -- part of the measure; empty for the whole
    case
        when quarters = 1 then period_label
        else stated_year || case first_quarter when 1 then '' else ' Q' || first_quarter end || ' to Q' || stated_quarter
    end as period_label,  -- what the figure is of
    stated_year,  -- financial or academic year of the period, or that it ends in
    cast(null as varchar) as stated_month,  -- month of a snapshot, or last month of a rolling year; null for other periods
    first_quarter,  -- first of the quarters that it is of; null for other periods
    stated_quarter as last_quarter,  -- last of them
    is_year,  -- whether a claim that names no quarter or month means it: the year, the year so far, or the last figure in it
    is_year and stated_year = left(report_quarter, 7) as is_current,  -- whether a claim that names no time at all means it
    is_forecast,  -- whether it is a forecast
    cast(amount as decimal(28, 6)) as amount  -- the figure, in the measure's unit
from levels
union all
select
    report_quarter,
    as_at,
    measure_code,
    part,
    period_label,
    stated_year,
    stated_month,
    null as first_quarter,
    null as last_quarter,
    is_latest_of_year as is_year,
    case when is_agreed and year_type = 'financial' then stated_year = left(report_quarter, 7) else is_latest end as is_current,
    is_forecast,
    value as amount,
from placed
where year_type <> 'quarter'
