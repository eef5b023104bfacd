-- Outturns of the agreement's measures: the actual figure of a year, a rolling year or a snapshot, and the sum of the four
-- quarters of one that accumulates, each with the days between which it counts.
-- grain: measure x period x edition
-- key: measure_code, period_label, edition
with
agreed as (
    select
        measure_code,
        bool_or(forecast_method = 'Straight line') as accumulates,
    from staging.portfolio_agreement_measure
    group by measure_code
),

actuals as (
    select
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.year_type,
        observation.value,
        observation.as_at,
        observation.superseded_on,
        observation.edition,
        agreed.accumulates,
        year(observation.period_start) - case when month(observation.period_start) < 4 then 1 else 0 end as first_year,
    from marts.observation
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    inner join agreed on observation.measure_code = agreed.measure_code
    where observation.component = 'total' and observation.value_kind = 'actual' and observation.value is not null
),

quarters as (
    select
        measure_code,
        first_year,
        value,
        as_at,
        superseded_on,
    from actuals
    where year_type = 'quarter' and accumulates
),

days as (
    select distinct
        measure_code,
        first_year,
        unnest([as_at, superseded_on]) as known_on,
    from quarters
),

-- a day on which fewer than four quarters are left ends the sum before it
sums as (
    select
        days.measure_code,
        days.first_year,
        days.known_on,
        count(quarters.value) as quarters_known,
        sum(quarters.value) as value,
        lead(days.known_on) over (partition by days.measure_code, days.first_year order by days.known_on) as superseded_on,
    from days
    left join quarters
        on
            days.measure_code = quarters.measure_code
            and days.first_year = quarters.first_year
            and days.known_on >= quarters.as_at
            and coalesce(days.known_on < quarters.superseded_on, true)
    where days.known_on is not null
    group by days.measure_code, days.first_year, days.known_on
)

select
    measure_code,  -- code of the measure
    period_label,  -- what the outturn is of
    period_start,  -- first day of the period
    period_end,  -- first day after it
    year_type,  -- calendar of the period: financial, academic, calendar, rolling or snapshot
    value,  -- the outturn, in the measure's unit
    as_at,  -- day from which it counts
    superseded_on,  -- first day on which another counts; null while it counts
    edition,  -- edition of the figure, or the four quarters as known on a day
    false as is_sum  -- whether it is the sum of four quarters
from actuals
where year_type in ('financial', 'academic', 'calendar', 'rolling', 'snapshot')
union all
select
    measure_code,
    first_year || '-' || lpad(cast((first_year + 1) % 100 as varchar), 2, '0') as period_label,
    make_date(first_year, 4, 1) as period_start,
    make_date(first_year + 1, 4, 1) as period_end,
    'financial' as year_type,
    cast(value as decimal(28, 6)) as value,
    known_on as as_at,
    superseded_on,
    'four quarters as known on ' || known_on as edition,
    true as is_sum,
from sums
where quarters_known = 4
