-- Measures as the workbooks gave and rated them on the day on which a printed report became known, whatever the cut-off of
-- its quarter is, and whatever was locked since: what a printed figure, rating or claim is fairly compared with.
-- grain: quarter of a printed report x day of the report x measure
-- key: report_quarter, as_at, measure_code
with
reports as (
    select
        report_quarter,
        as_at,
    from staging.published_report_cell
    union
    select
        report_quarter,
        as_at,
    from staging.published_report_claim
),

rated as (
    select
        reports.report_quarter,
        reports.as_at,
        known.measure_code,
        known.value,
        known.value_kind,
        known.value_period,
        known.previous_value,
        known.target_value,
        known.status,
        known.status_reason,
        known.trend,
        known.trend_reason,
    from reports
    cross join marts.status_as_at(reports.as_at) as known
    where reports.report_quarter = known.report_quarter
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day on which the report became known
    measure_code,  -- code of the measure
    value,  -- the value that is rated, in the measure's unit
    value_kind,  -- actual, provisional, interim or forecast
    value_period,  -- what the value is of
    previous_value,  -- the figure that the trend compares with
    target_value,  -- target, in the measure's unit
    status,  -- R, A or G; null with a reason
    status_reason,  -- why there is no status, or what the status rests on
    trend,  -- better, stable or worse; null with a reason
    trend_reason  -- why there is no trend, or what it compares
from rated
