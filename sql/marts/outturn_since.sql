-- The outturn that counts of each period from each day on which an edition came or went, and since when it has been the same
-- without a break as it is printed: an edition that repeats a figure does not make it known anew.
-- grain: measure x period x day from which an edition counts
-- key: measure_code, period_label, as_at
with
measures as (
    select
        measure_code,
        year_type,
        printed_decimals,
    from marts.measure
),

outturns as (
    select
        outturn.measure_code,
        outturn.period_label,
        outturn.period_start,
        outturn.as_at,
        outturn.superseded_on,
        outturn.is_sum,
        cast(printed(outturn.value, measures.printed_decimals) as decimal(28, 6)) as printed_value,
    from marts.outturn
    inner join measures on outturn.measure_code = measures.measure_code and outturn.year_type = measures.year_type
),

days as (
    select distinct
        measure_code,
        period_label,
        unnest([as_at, superseded_on]) as known_on,
    from outturns
),

-- a day on which none is left breaks what was known
counting as (
    select
        days.measure_code,
        days.period_label,
        days.known_on,
        outturns.period_start,
        outturns.is_sum,
        outturns.printed_value,
    from days
    left join outturns
        on
            days.measure_code = outturns.measure_code
            and days.period_label = outturns.period_label
            and outturns.as_at <= days.known_on
            and coalesce(days.known_on < outturns.superseded_on, true)
    where days.known_on is not null
    qualify
        row_number() over (
            partition by days.measure_code, days.period_label, days.known_on
            order by outturns.is_sum asc, outturns.as_at desc nulls last
        ) = 1
),

followed as (
    select
        counting.*,
        lead(known_on) over its_days as superseded_on,
        lag(printed_value) over its_days as value_before,
    from counting
    window its_days as (partition by measure_code, period_label order by known_on)
),

begun as (
    select
        followed.*,
        max(case when printed_value is distinct from value_before then known_on end) over (
            partition by measure_code, period_label order by known_on
        ) as known_since,
    from followed
)

select
    measure_code,  -- code of the measure
    period_label,  -- what the outturn is of
    period_start,  -- first day of the period
    printed_value,  -- the outturn as it is printed, in the measure's unit
    known_since,  -- day since which it has been that without a break
    is_sum,  -- whether it is the sum of four quarters
    known_on as as_at,  -- day from which the edition counts
    superseded_on  -- first day on which another counts; null while it counts
from begun
where printed_value is not null
