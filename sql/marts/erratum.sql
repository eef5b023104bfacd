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
        override_reason,
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

figures as (
    select figure
    from (
        values
        ('value'), ('value_period'), ('previous_value'), ('target_value'), ('status'), ('status_reason'),
        ('trend'), ('trend_reason'), ('override_status'), ('override_reason'), ('commentary')
    ) as listed (figure)
),

compared as (
    select
        new.decision_order,
        new.report_quarter,
        new.measure_code,
        new.known_by,
        figures.figure,
        case figures.figure
            when 'value' then in_full(old.value)
            when 'value_period' then old.value_period
            when 'previous_value' then in_full(old.previous_value)
            when 'target_value' then in_full(old.target_value)
            when 'status' then old.status
            when 'status_reason' then old.status_reason
            when 'trend' then old.trend
            when 'trend_reason' then old.trend_reason
            when 'override_status' then old.override_status
            when 'override_reason' then old.override_reason
            when 'commentary' then old.commentary
        end as old_figure,
        case figures.figure
            when 'value' then in_full(new.value)
            when 'value_period' then new.value_period
            when 'previous_value' then in_full(new.previous_value)
            when 'target_value' then in_full(new.target_value)
            when 'status' then new.status
            when 'status_reason' then new.status_reason
            when 'trend' then new.trend
            when 'trend_reason' then new.trend_reason
            when 'override_status' then new.override_status
            when 'override_reason' then new.override_reason
            when 'commentary' then new.commentary
        end as new_figure,
    from published as new
    inner join published as old
        on
            new.report_quarter = old.report_quarter
            and new.measure_code = old.measure_code
            and new.order_before = old.decision_order
    cross join figures
)

select
    compared.report_quarter,  -- quarter that was restated
    compared.measure_code,  -- code of the measure
    compared.decision_order,  -- place of the erratum among all decisions of quarters
    compared.figure,  -- column of measure_status that changed
    compared.old_figure,  -- what was published until then; null for nothing
    compared.new_figure,  -- what is published since; null for nothing
    compared.known_by,  -- day as of which the new figures were known
    decisions.reason,  -- why it was restated
    decisions.decided_by as approved_by,  -- who approved it
    decisions.role,  -- role in which it was approved
    decisions.decided_on as approved_on,  -- day of the approval
    decisions.workbook  -- file in raw/locked that holds the new figures
from compared
inner join decisions on compared.decision_order = decisions.decision_order
where compared.old_figure is distinct from compared.new_figure
