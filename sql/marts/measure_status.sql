-- Every measure of the agreement, rated for every reporting quarter as it was known at the quarter's cut-off; those of a
-- locked quarter as they were published, or as an erratum has restated them, whatever would be computed now.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
computed as (
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
    from marts.computed_status
),

locked as (
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
    from staging.locked_figure
    where report_quarter in (select report_quarter from marts.reporting_quarter)
    qualify row_number() over (partition by report_quarter, measure_code order by decision_order desc) = 1
)

select
    report_quarter,  -- label of the quarter, such as 2021-22-Q2
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    priority,  -- number and title of the priority that it serves
    value,  -- the value that is rated, in the measure's unit
    value_kind,  -- actual, provisional, interim or forecast
    value_period,  -- what the value is of
    previous_value,  -- the figure that the trend compares with
    previous_period,  -- what that figure is of
    target_value,  -- target, in the measure's unit
    shortfall_pct,  -- how far the value misses the target, per cent of the target; below zero where it is better
    status,  -- R, A or G; null with a reason
    status_reason,  -- why there is no status, or what the status rests on
    change_pct,  -- change from the previous figure, per cent of it
    trend,  -- better, stable or worse; null with a reason
    trend_reason,  -- why there is no trend, or what it compares; projected where the year-end is
    status_robust,  -- same status for every value that rounds to the printed one
    trend_robust,  -- same trend for all values that round to the printed ones
    reading_sensitive,  -- whether 5% of the target and 5 percentage points would rate differently
    override_status,  -- status that a person put in its place: R, A or G
    override_reason,  -- why
    commentary  -- commentary of the services, a line for each text
from computed
where report_quarter not in (select report_quarter from locked)
union all
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
from locked
