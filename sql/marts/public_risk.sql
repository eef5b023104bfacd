-- Threats and risks as the public may see them. That a figure worsened, missed its target or falls short of another says much
-- of the figure: where it or what it is compared with is suppressed, there is no such risk in public.
-- grain: reporting quarter x subject x kind
-- key: report_quarter, subject_kind, subject, kind
with
risks as (
    select
        report_quarter,
        seen_on,
        severity,
        severity_order,
        kind,
        subject_kind,
        subject,
        subject_name,
        measure_code,
        theme,
        owner,
        shown_status,
        value,
        value_kind,
        value_period,
        unit,
        year_type,
        against_value,
        against_period,
        gap_pct,
        basis,
        due_on,
        grace_until,
        days_overdue,
        counted,
        counted_of,
        source_title,
        source_sent_on,
        said,
        workbook,
        sheet,
        cell,
    from marts.risk
),

withheld as (
    select
        measure_code,
        period_label,
    from marts.disclosure_period
)

select
    report_quarter,  -- label of the quarter
    seen_on,  -- day as of which it is told
    severity,  -- high, medium or low
    severity_order,  -- 1 for the gravest kind
    kind,  -- kind of risk; marts.risk_kind says what each means
    subject_kind,  -- measure, action, source or indicator
    subject,  -- code of the measure, plan and code of the action, name of the source, or codes of indicator and successor
    subject_name,  -- what that is called
    measure_code,  -- code of the measure of the agreement; null where it is about something else
    theme,  -- priority of the measure or objective of the action; null where there is none
    owner,  -- who answers for it
    shown_status,  -- rating as it is shown: R, A or G; null where there is none, or it is about something else
    value,  -- figure that is at risk, in the unit: what is rated, forecast, or set as a target
    value_kind,  -- actual, interim, forecast or provisional
    value_period,  -- its period; of an action, when it is to be done, as printed
    unit,  -- unit of the figures
    year_type,  -- calendar that the measure runs by
    against_value,  -- what it is compared with: target, previous figure or outturn
    against_period,  -- period of that; of a supply that failed, the first period without a figure
    gap_pct,  -- by how much the one misses or differs from the other, as % of the other
    basis,  -- what the rating, trend or forecast rests on, or how alike a successor is
    due_on,  -- last day on which it was in time
    grace_until,  -- last day of grace
    days_overdue,  -- days since it was due
    counted,  -- periods without a figure, or forecasts that missed
    counted_of,  -- forecasts of which the outturn is known
    source_title,  -- source that should send it
    source_sent_on,  -- day on which anything last came from that source
    said,  -- commentary, printed risks, note or reason, as supplied; of an indicator, the name of its successor
    workbook,  -- file name, or names
    sheet,  -- sheet, or sheets
    cell  -- address of the cell, or of all, or how many they are
from risks
where
    basis is null and against_value is null
    or not exists (
        select 1
        from withheld
        where withheld.measure_code = risks.measure_code and withheld.period_label in (risks.value_period, risks.against_period)
    )
