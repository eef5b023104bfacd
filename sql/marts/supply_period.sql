-- Quarters and years for which figures are supplied, in every calendar that a source or the agreement goes by.
-- grain: calendar (months and the month in which its year ends) x period
-- key: months, year_ends, period_start
with
calendars as (
    select distinct
        months,
        year_ends,
    from staged.source
    where months is not null
    union
    select
        months,
        year_ends,
    -- the agreement's own: quarters, financial, academic and calendar years
    from (values (3, 3), (12, 3), (12, 7), (12, 12)) as agreed (months, year_ends)
),

bounds as (
    select
        (select least(min(received_on), min(period_end)) from staged.receipt) as first_day,
        (select run_date from staged.build) as last_day
),

ends as (
    select
        calendars.months,
        calendars.year_ends,
        cast(unnest(generate_series(
            make_date(year(bounds.first_day) - 2, calendars.year_ends, 1) + interval 1 month,
            bounds.last_day + interval 3 year,
            to_months(cast(calendars.months as integer))
        )) as date) as period_end,
    from calendars
    cross join bounds
),

periods as (
    select
        months,
        year_ends,
        cast(period_end - to_months(cast(months as integer)) as date) as period_start,
        period_end,
        cast(period_end - interval 1 day as date) as last_day,
        year(period_end - interval 1 day - interval 3 month) as financial_year,
    from ends
)

select
    months,  -- months of a period: 3 or 12
    year_ends,  -- number of the month in which the calendar's years end
    case
        when months = 3 and year_ends % 3 = 0
            then
                financial_year || '-' || lpad(cast((financial_year + 1) % 100 as varchar), 2, '0')
                || '-Q' || ((quarter(last_day) + 2) % 4 + 1)
        when months = 12 and year_ends = 12 then cast(year(last_day) as varchar)
        when months = 12 and year_ends in (3, 7)
            then
                year(period_start) || '-' || lpad(cast((year(period_start) + 1) % 100 as varchar), 2, '0')
                || case year_ends when 7 then ' academic' else '' end
        else case months when 3 then 'quarter' else 'year' end || ' to ' || strftime(last_day, '%b %Y')
    end as period_label,  -- label such as 2021-22-Q2, 2021-22, 2020-21 academic or year to Oct 2021
    period_start,  -- first day of the period
    period_end  -- first day after it
from periods
