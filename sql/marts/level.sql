-- Snapshots and rolling years as a reporting quarter sees them: the latest one, and the one that it is compared with.
-- A rolling year counts until one quarter after its last wave should have been followed; it is compared with the
-- rolling year to the financial year's eve. A snapshot is compared with the snapshot before.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        quarter_start,
        quarter_end,
        year_start,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        year_type,
    from marts.rating_definition
    where year_type in ('snapshot', 'rolling')
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        value,
        availability,
    from marts.known_observation
),

levels as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        definitions.year_type,
        quarters.year_start,
        known.period_label,
        known.period_start,
        known.period_end,
        known.value_kind,
        known.value,
        known.availability,
        row_number() over (
            partition by definitions.report_quarter, definitions.measure_code order by known.period_end desc
        ) as recency,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
    inner join known
        on
            definitions.report_quarter = known.report_quarter
            and definitions.measure_code = known.measure_code
            and definitions.year_type = known.year_type
    where
        definitions.year_type = 'snapshot'
        or (known.period_end <= quarters.quarter_end and known.period_end >= quarters.year_start)
),

latest as (
    select
        levels.*,
        quarters.quarter_start,
    from levels
    inner join quarters on levels.report_quarter = quarters.report_quarter
    where levels.recency = 1 and (levels.year_type = 'snapshot' or levels.period_end >= quarters.quarter_start)
)

select
    latest.report_quarter,  -- label of the quarter
    latest.measure_code,  -- code of the measure
    latest.value,  -- the latest figure, in the measure's unit
    latest.value_kind,  -- actual, provisional, interim or forecast
    latest.period_label as value_period,  -- what the figure is of
    latest.availability,  -- value, or why there is none
    previous.value as previous_value,  -- the figure that it is compared with
    previous.period_label as previous_period,  -- what that figure is of
    previous.period_start as compared_from,  -- first day of that
    latest.period_end as compared_to  -- first day after the latest
from latest
left join levels as previous
    on
        latest.report_quarter = previous.report_quarter
        and latest.measure_code = previous.measure_code
        and case
            when latest.year_type = 'snapshot' then previous.recency = 2
            else previous.period_end = latest.year_start and previous.recency > 1
        end
