-- What errata have changed in the published figures of locked quarters: the old figure and the new one, why, and who
-- approved it.
-- grain: erratum x figure that it changed
-- key: report_quarter, measure_code, decision_order, figure
with
published as (
    select
        decision_order,
        report_quarter,
        measure_code,
        known_by,
        value,
        value_period,
        previous_value,
        target_value,
        status,
        status_reason,
        trend,
        trend_reason,
        override_status,
        commentary,
        lag(decision_order) over (partition by report_quarter, measure_code order by decision_order) as order_before,
    from staging.locked_figure
),

decisions as (
    select
        decision_order,
        decided_on,
        role,
        decided_by,
        reason,
        workbook,
    from staging.quarter_decision
    where action = 'erratum'
),

compared as (
    select
        new.decision_order,
        new.report_quarter,
        new.measure_code,
        new.known_by,
        unnest([
            { 'figure': 'value', 'old': in_full(old.value), 'new': in_full(new.value) },
            { 'figure': 'value_period', 'old': old.value_period, 'new': new.value_period },
            { 'figure': 'previous_value', 'old': in_full(old.previous_value), 'new': in_full(new.previous_value) },
            { 'figure': 'target_value', 'old': in_full(old.target_value), 'new': in_full(new.target_value) },
            { 'figure': 'status', 'old': old.status, 'new': new.status },
            { 'figure': 'status_reason', 'old': old.status_reason, 'new': new.status_reason },
            { 'figure': 'trend', 'old': old.trend, 'new': new.trend },
            { 'figure': 'trend_reason', 'old': old.trend_reason, 'new': new.trend_reason },
            { 'figure': 'override_status', 'old': old.override_status, 'new': new.override_status },
            { 'figure': 'commentary', 'old': old.commentary, 'new': new.commentary }
        ]) as changed_figure,
    from published as new
    inner join published as old
        on
            new.report_quarter = old.report_quarter
            and new.measure_code = old.measure_code
            and new.order_before = old.decision_order
),

figures as (
    select
        decision_order,
        report_quarter,
        measure_code,
        known_by,
        struct_extract(changed_figure, 'figure') as figure,
        struct_extract(changed_figure, 'old') as old_figure,
        struct_extract(changed_figure, 'new') as new_figure,
    from compared
)

select
    figures.report_quarter,  -- quarter that was restated
    figures.measure_code,  -- code of the measure
    figures.decision_order,  -- place of the erratum among all decisions of quarters
    figures.figure,  -- column of measure_status that changed
    figures.old_figure,  -- what was published until then; null for nothing
    figures.new_figure,  -- what is published since; null for nothing
    figures.known_by,  -- day as of which the new figures were known
    decisions.reason,  -- why it was restated
    decisions.decided_by as approved_by,  -- who approved it
    decisions.role,  -- role in which it was approved
    decisions.decided_on as approved_on,  -- day of the approval
    decisions.workbook  -- file in raw/locked that holds the new figures
from figures
inner join decisions on figures.decision_order = decisions.decision_order
where figures.old_figure is distinct from figures.new_figure
