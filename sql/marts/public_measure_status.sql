-- Every measure of the agreement, rated for every reporting quarter, as the public may see it. A suppressed value takes its
-- status with it: beside a target the status says how large a small count is at most or at least. So does the trend, which
-- says how it compares with a figure that is shown. What people put in its place or say of it stays.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
rated as (
    select
        report_quarter,
        measure_code,
        measure_name,
        priority,
        value,
        value_kind,
        value_period,
        previous_value,
        previous_period,
        target_value,
        shortfall_pct,
        status,
        status_reason,
        change_pct,
        trend,
        trend_reason,
        status_robust,
        trend_robust,
        reading_sensitive,
        override_status,
        override_reason,
        commentary,
    from marts.measure_status
),

withheld as (
    select
        measure_code,
        period_label,
    from marts.disclosure_period
)

select
    rated.report_quarter,  -- label of the quarter, such as 2021-22-Q2
    rated.measure_code,  -- code of the measure
    rated.measure_name,  -- name of the measure
    rated.priority,  -- number and title of the priority that it serves
    case when hidden.period_label is not null then null else rated.value end as value,  -- the value that is rated, in the measure's unit; null where it is suppressed
    rated.value_kind,  -- actual, provisional, interim or forecast
    rated.value_period,  -- what the value is of
    case when previous.period_label is not null then null else rated.previous_value end as previous_value,  -- the figure that the trend compares with; null where it is suppressed
    rated.previous_period,  -- what that figure is of
    rated.target_value,  -- target, in the measure's unit
    case when hidden.period_label is not null then null else rated.shortfall_pct end as shortfall_pct,  -- how far the value misses the target, per cent of the target; below zero where it is better; null where it is suppressed
    case when hidden.period_label is not null then null else rated.status end as status,  -- R, A or G; null with a reason; null where it is suppressed
    case when hidden.period_label is not null then 'suppressed' else rated.status_reason end as status_reason,  -- why there is no status, or what the status rests on
    case when hidden.period_label is not null or previous.period_label is not null then null else rated.change_pct end as change_pct,  -- change from the previous figure, per cent of it; null where it is suppressed
    case when hidden.period_label is not null or previous.period_label is not null then null else rated.trend end as trend,  -- better, stable or worse; null with a reason; null where it is suppressed
    case when hidden.period_label is not null or previous.period_label is not null then 'suppressed' else rated.trend_reason end as trend_reason,  -- why there is no trend, or what it compares; projected where the year-end is
    case when hidden.period_label is not null then null else rated.status_robust end as status_robust,  -- same status for every value that rounds to the printed one; null where it is suppressed
    case when hidden.period_label is not null or previous.period_label is not null then null else rated.trend_robust end as trend_robust,  -- same trend for all values that round to the printed ones; null where it is suppressed
    case when hidden.period_label is not null then null else rated.reading_sensitive end as reading_sensitive,  -- whether 5% of the target and 5 percentage points would rate differently; null where it is suppressed
    rated.override_status,  -- status that a person put in its place: R, A or G
    rated.override_reason,  -- why
    rated.commentary  -- commentary of the services, a line for each text
from rated
left join withheld as hidden on rated.measure_code = hidden.measure_code and rated.value_period = hidden.period_label
left join withheld as previous on rated.measure_code = previous.measure_code and rated.previous_period = previous.period_label
