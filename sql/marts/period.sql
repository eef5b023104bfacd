-- Periods that figures, targets and reports are of, as half-open intervals.
-- grain: period (2010-11 may be a financial year and a month: the interval tells them apart)
-- key: period_label, period_start
with
observations as (
    select
        period_label,
        period_start,
        period_end,
        year_type,
    from marts.observation
),

quarters as (
    select
        report_quarter,
        quarter_start,
        quarter_end,
        report_year,
        year_start,
    from marts.reporting_quarter
),

periods as (
    select
        period_label,
        period_start,
        period_end,
        year_type,
    from observations
    union
    select
        report_quarter as period_label,
        quarter_start as period_start,
        quarter_end as period_end,
        'quarter' as year_type,
    from quarters
    union
    select
        report_year as period_label,
        year_start as period_start,
        cast(year_start + interval 12 month as date) as period_end,
        'financial' as year_type,
    from quarters
)

select
    period_label,  -- label such as 2021-22, 2021-22-Q2, 2020-21 academic, Jul-Sep 2020, year to Jun 2021 or 2021-10
    period_start,  -- first day of the period
    period_end,  -- first day after it
    min(year_type) as year_type  -- financial, quarter, academic, calendar, wave, rolling, snapshot or months
from periods
group by period_label, period_start, period_end
