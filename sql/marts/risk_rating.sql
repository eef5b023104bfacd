-- Risks that the ratings of a quarter tell of: Reds and Ambers, worsening trends, ratings put in by hand, and ratings and
-- trends that hang on rounding or on how 5% is read.
-- grain: reporting quarter x measure x kind
-- key: report_quarter, measure_code, kind
with
statuses as (
    select
        report_quarter,
        measure_code,
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
        coalesce(override_status, status) as shown_status,
    from marts.measure_status
),

kinds as (
    select
        kind,
        kind in ('worsening', 'trend_not_robust') as is_of_trend,
    from marts.risk_kind
),

found as (
    select
        statuses.*,
        kinds.kind,
        kinds.is_of_trend,
    from statuses
    inner join kinds
        on case kinds.kind
            when 'red' then statuses.shown_status = 'R'
            when 'amber' then statuses.shown_status = 'A'
            when 'worsening' then statuses.trend = 'worse'
            when 'overridden' then statuses.status || statuses.override_status in ('RA', 'RG', 'AG')
            when 'status_not_robust' then statuses.status is not null and not statuses.status_robust
            when 'trend_not_robust' then statuses.trend is not null and not statuses.trend_robust
            when 'reading_sensitive' then statuses.reading_sensitive
            else false
        end
)

select
    found.report_quarter,  -- label of the quarter
    found.measure_code,  -- code of the measure
    found.kind,  -- kind of risk
    found.shown_status,  -- rating as it is shown: R, A or G; null where there is none
    found.value,  -- figure that is rated
    found.value_kind,  -- actual, interim, forecast or provisional
    found.value_period,  -- period of the figure
    case when found.is_of_trend then found.previous_value else found.target_value end as against_value,  -- target, or previous figure
    case when found.is_of_trend then found.previous_period end as against_period,  -- period of the previous figure; null of a target
    case when found.is_of_trend then found.change_pct else found.shortfall_pct end as gap_pct,  -- by how much the target is missed, or the figure changed, as % of it
    case when found.is_of_trend then found.trend_reason else found.status_reason end as basis,  -- what the rating or the trend rests on
    case
        when found.kind = 'overridden' then found.override_reason
        when found.kind in ('red', 'amber', 'worsening') then found.commentary
    end as said,  -- commentary of the services, or why a rating was put in by hand
    places.workbook,  -- file name; of a figure made of several files, all
    places.sheet,  -- sheet, or sheets
    places.cell  -- address of the cell, or of all, or how many they are
from found
left join marts.risk_place as places
    on found.report_quarter = places.report_quarter and found.measure_code = places.measure_code
