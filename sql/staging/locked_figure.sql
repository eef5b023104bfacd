-- Figures as they were published when their quarter was locked, and as each erratum since has restated them.
-- grain: lock or erratum x measure
-- key: decision_order, measure_code
with
figures as (
    select
        decision_order,
        measure_code,
        known_by,
        line_number,
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
    from staged.locked_figure
),

decisions as (
    select
        decision_order,
        report_quarter,
        workbook,
    from staging.quarter_decision
)

select
    figures.decision_order,  -- place of the lock or erratum among all decisions of quarters
    decisions.report_quarter,  -- quarter that is locked
    figures.measure_code,  -- code of the measure
    figures.known_by,  -- day as of which the figures were known
    figures.measure_name,  -- name of the measure
    figures.priority,  -- number and title of the priority that it serves
    figures.value,  -- the value that is rated, in the measure's unit
    figures.value_kind,  -- actual, provisional, interim or forecast
    figures.value_period,  -- what the value is of
    figures.previous_value,  -- the figure that the trend compares with
    figures.previous_period,  -- what that figure is of
    figures.target_value,  -- target, in the measure's unit
    figures.shortfall_pct,  -- how far the value misses the target, per cent of the target; below zero where it is better
    figures.status,  -- R, A or G; null with a reason
    figures.status_reason,  -- why there is no status, or what the status rests on
    figures.change_pct,  -- change from the previous figure, per cent of it
    figures.trend,  -- better, stable or worse; null with a reason
    figures.trend_reason,  -- why there is no trend, or what it compares; projected where the year-end is
    figures.status_robust,  -- same status for every value that rounds to the printed one
    figures.trend_robust,  -- same trend for all values that round to the printed ones
    figures.reading_sensitive,  -- whether 5% of the target and 5 percentage points would rate differently
    figures.override_status,  -- status that a person put in its place: R, A or G
    figures.override_reason,  -- why
    figures.commentary,  -- commentary of the services, a line for each text
    decisions.workbook,  -- file in raw/locked
    'A' || figures.line_number as cell  -- first cell of the measure's line in it
from figures
inner join decisions on figures.decision_order = decisions.decision_order
