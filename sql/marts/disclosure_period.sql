-- Periods of measures of which no figure is shown in public: those of which a figure is suppressed, and of a quarter the
-- year, so far and whole, for a sum over time gives away the one part that is missing.
-- grain: measure x period
-- key: measure_code, period_label
with
suppressed as (
    select
        measure_code,
        period_label,
        year_type,
    from marts.suppression
    where table_name = 'observation' and figure = 'value' and component = 'total'
),

labels as (
    select
        measure_code,
        period_label,
    from suppressed
    union
    select
        measure_code,
        left(period_label, 7) || unnest(['', ' to Q1', ' to Q2', ' to Q3', ' to Q4']) as period_label,
    from suppressed
    where year_type = 'quarter'
)

select
    measure_code,  -- code of the measure
    period_label  -- period, as any mart names it
from labels
