-- Threats and risks likely to affect performance, as a board asked to be told of them in 2010: per measure what is rated Red
-- or Amber, gets worse, does not come, or hangs on a thread; overdue actions; successors of national indicators that got worse.
-- As each quarter's cut-off saw it. No risk is made up: each restates what another mart holds.
-- grain: reporting quarter x subject x kind
-- key: report_quarter, subject_kind, subject, kind
with
actions as (
    select
        *,
        plan_year || ' ' || action_code as subject,
    from marts.risk_action
),

successors as (
    select
        *,
        indicator_code || ' ' || measure_code as subject,
    from marts.risk_successor
),

data as (
    select *
    from marts.risk_data
    where subject_kind = 'source'
),

found as (
    select
        report_quarter,
        'measure' as subject_kind,
        measure_code as subject,
        kind,
    from marts.risk_measure
    union all
    select
        report_quarter,
        'action' as subject_kind,
        subject,
        'action_overdue' as kind,
    from actions
    union all
    select
        report_quarter,
        'indicator' as subject_kind,
        subject,
        'successor_worse' as kind,
    from successors
    union all
    select
        report_quarter,
        subject_kind,
        subject,
        kind,
    from data
)

select
    found.report_quarter,  -- label of the quarter
    coalesce(successors.seen_on, days.seen_on) as seen_on,  -- day as of which it is told
    kinds.severity,  -- high, medium or low
    kinds.kind_order as severity_order,  -- 1 for the gravest kind
    found.kind,  -- kind of risk; marts.risk_kind says what each means
    found.subject_kind,  -- measure, action, source or indicator
    found.subject,  -- code of the measure, plan and code of the action, name of the source, or codes of indicator and successor
    coalesce(measures.measure_name, actions.delivery, successors.indicator || ' ' || successors.indicator_title, data.source_title) as subject_name,  -- what that is called
    measures.measure_code,  -- code of the measure of the agreement; null where it is about something else
    coalesce(measures.priority, actions.theme) as theme,  -- priority of the measure or objective of the action; null where there is none
    coalesce(measures.owner, actions.owner, successors.owner, data.supplier) as owner,  -- who answers for it
    measures.shown_status,  -- rating as it is shown: R, A or G; null where there is none, or it is about something else
    coalesce(measures.value, successors.value) as value,  -- figure that is at risk, in the unit: what is rated, forecast, or set as a target
    measures.value_kind,  -- actual, interim, forecast or provisional
    coalesce(measures.value_period, actions.target_date, successors.period_label, data.value_period) as value_period,  -- its period; of an action, when it is to be done, as printed
    coalesce(measures.unit, successors.unit) as unit,  -- unit of the figures
    measures.year_type,  -- calendar that the measure runs by
    coalesce(measures.against_value, successors.previous_value) as against_value,  -- what it is compared with: target, previous figure or outturn
    coalesce(measures.against_period, successors.previous_period) as against_period,  -- period of that; of a supply that failed, the first period without a figure
    coalesce(measures.gap_pct, successors.change_pct) as gap_pct,  -- by how much the one misses or differs from the other, as % of the other
    coalesce(measures.basis, successors.likeness) as basis,  -- what the rating, trend or forecast rests on, or how alike a successor is
    coalesce(measures.due_on, actions.due_on, data.due_on) as due_on,  -- last day on which it was in time
    coalesce(measures.grace_until, data.grace_until) as grace_until,  -- last day of grace
    coalesce(measures.days_overdue, actions.days_overdue, data.days_overdue) as days_overdue,  -- days since it was due
    coalesce(measures.counted, data.counted) as counted,  -- periods without a figure, or forecasts that missed
    measures.counted_of,  -- forecasts of which the outturn is known
    coalesce(measures.source_title, data.source_title) as source_title,  -- source that should send it
    coalesce(measures.source_sent_on, data.source_sent_on) as source_sent_on,  -- day on which anything last came from that source
    coalesce(measures.said, actions.risks, successors.measure_name) as said,  -- commentary, printed risks, note or reason, as supplied; of an indicator, the name of its successor
    coalesce(measures.workbook, actions.workbook, successors.workbook, data.workbook) as workbook,  -- file name, or names
    coalesce(measures.sheet, actions.sheet, successors.sheet) as sheet,  -- sheet, or sheets
    coalesce(measures.cell, actions.cells, successors.cell) as cell  -- address of the cell, or of all, or how many they are
from found
inner join marts.risk_day as days on found.report_quarter = days.report_quarter
inner join marts.risk_kind as kinds on found.kind = kinds.kind
left join marts.risk_measure as measures
    on found.report_quarter = measures.report_quarter and found.subject = measures.measure_code and found.kind = measures.kind
left join actions on found.report_quarter = actions.report_quarter and found.subject = actions.subject
left join successors on found.report_quarter = successors.report_quarter and found.subject = successors.subject
left join data
    on found.report_quarter = data.report_quarter and found.subject = data.subject and found.kind = data.kind
