-- Actual figures of the authority as they were known on the day of each printed report: totals, or the parts of what has none.
-- grain: day of a report x observation
-- key: report_quarter, as_at, measure_code, period_label, component, edition
with
reports as (
    select distinct
        report_quarter,
        as_at,
    from staging.published_report_claim
),

known as (
    select
        reports.report_quarter,
        reports.as_at,
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.year_type,
        observation.component,
        observation.edition,
        observation.numerator,
        observation.denominator,
        observation.value,
        case
            when observation.year_type = 'quarter' then substr(observation.period_label, 1, 7)
            else cast(observation.period_start as varchar)
        end as stretch,
    from reports
    inner join marts.observation
        on
            observation.availability = 'value'
            and observation.value_kind in ('actual', 'interim')
            and observation.as_at <= reports.as_at
            and coalesce(reports.as_at < observation.superseded_on, true)
            and observation.period_start <= reports.as_at
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where
        observation.component = 'total'
        or observation.measure_code not in (
            select other.measure_code from marts.observation as other
            where other.component = 'total'
        )
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day of the report
    measure_code,  -- code of the measure
    period_label,  -- period that the figure is of
    period_start,  -- first day of the period
    year_type,  -- calendar of the period
    component,  -- total, or a part of a measure that has no total
    numerator,  -- what is counted, of a rate
    denominator,  -- what it is counted against
    value,  -- the figure, in the measure's unit
    stretch,  -- the year for quarters, else the period's first day: what the figures of one measure belong together by
    edition  -- edition that gives it
from known
