-- Risks of the measures of the agreement, of every kind, each with what the measure is called and who answers for it.
-- grain: reporting quarter x measure x kind
-- key: report_quarter, measure_code, kind
with
data as (
    select
        report_quarter,
        subject as measure_code,
        kind,
        source_title,
        source_sent_on,
        value_period,
        against_period,
        due_on,
        grace_until,
        days_overdue,
        counted,
        said,
        workbook,
        sheet,
        cell,
    from marts.risk_data
    where subject_kind = 'measure'
),

found as (
    select
        report_quarter,
        measure_code,
        kind,
    from marts.risk_rating
    union all
    select
        report_quarter,
        measure_code,
        kind,
    from marts.risk_forecast
    union all
    select
        report_quarter,
        measure_code,
        'target_weaker' as kind,
    from marts.risk_target
    union all
    select
        report_quarter,
        measure_code,
        kind,
    from data
)

select
    found.report_quarter,  -- label of the quarter
    found.measure_code,  -- code of the measure
    defined.measure_name,  -- name of the measure
    defined.priority,  -- priority that it serves
    measure.owner,  -- who answers for it
    defined.unit,  -- unit of the figures
    defined.year_type,  -- calendar that it runs by
    found.kind,  -- kind of risk
    rating.shown_status,  -- rating as it is shown: R, A or G; null where the risk is not of a rating
    coalesce(rating.value, forecast.value, target.value) as value,  -- figure that is at risk: what is rated, forecast, or set as a target
    rating.value_kind,  -- actual, interim, forecast or provisional
    coalesce(rating.value_period, forecast.value_period, target.value_period, data.value_period) as value_period,  -- its period
    coalesce(rating.against_value, forecast.against_value, target.against_value) as against_value,  -- what it is compared with: target, previous figure or outturn
    coalesce(rating.against_period, forecast.against_period, target.against_period, data.against_period) as against_period,  -- period of that; of a supply that failed, the first without a figure
    coalesce(rating.gap_pct, forecast.gap_pct, target.gap_pct) as gap_pct,  -- by how much the one misses or differs from the other, as % of the other
    coalesce(rating.basis, forecast.basis, target.basis) as basis,  -- what the rating, trend or forecast rests on
    data.due_on,  -- last day on which the figure was in time
    data.grace_until,  -- last day of grace
    data.days_overdue,  -- days since it was due
    coalesce(data.counted, forecast.counted) as counted,  -- periods without a figure, or forecasts that missed
    forecast.counted_of,  -- forecasts of which the outturn is known
    data.source_title,  -- source that should send it
    data.source_sent_on,  -- day on which anything last came from that source
    coalesce(rating.said, data.said) as said,  -- commentary, note or reason, as supplied
    coalesce(rating.workbook, target.workbook, data.workbook) as workbook,  -- file name, or names
    coalesce(rating.sheet, target.sheet, data.sheet) as sheet,  -- sheet, or sheets
    coalesce(rating.cell, target.cell, data.cell) as cell  -- address of the cell, or of all, or how many they are
from found
inner join marts.rating_definition as defined
    on found.report_quarter = defined.report_quarter and found.measure_code = defined.measure_code
left join marts.measure on found.measure_code = measure.measure_code
left join marts.risk_rating as rating
    on found.report_quarter = rating.report_quarter and found.measure_code = rating.measure_code and found.kind = rating.kind
left join marts.risk_forecast as forecast
    on found.report_quarter = forecast.report_quarter and found.measure_code = forecast.measure_code and found.kind = forecast.kind
left join marts.risk_target as target
    on found.report_quarter = target.report_quarter and found.measure_code = target.measure_code and found.kind = 'target_weaker'
left join data
    on found.report_quarter = data.report_quarter and found.measure_code = data.measure_code and found.kind = data.kind
