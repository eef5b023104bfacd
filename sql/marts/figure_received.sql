-- How far figures of each measure had come: as each quarter's cut-off and the day of the build saw it. Actual and provisional
-- figures of the authority itself, a renumbered measure's earlier codes included; a forecast or an interim count is none.
-- grain: day as of which it is told x measure of which anything had come
-- key: as_of, measure_code
with
days as (
    select as_of
    from marts.freshness_day
),

series as (
    select
        measure_code,
        member_code,
        figures_until,
        as_at,
        superseded_on,
    from marts.measure_series
),

observations as (
    select
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.year_type,
        observation.availability,
        observation.note,
        observation.as_at,
        observation.superseded_on,
    from marts.observation
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where observation.value_kind in ('actual', 'provisional')
),

known as (
    select
        days.as_of,
        observations.*,
        -- of periods that end on one day the shortest is told
        observations.period_end || ' ' || observations.period_start || ' ' || observations.period_label as recency,
    from days
    inner join observations
        on days.as_of >= observations.as_at and coalesce(days.as_of < observations.superseded_on, true)
),

of_measures as (
    select known.*
    from known
    union all
    select known.* replace (series.measure_code as measure_code)
    from known
    inner join series
        on
            known.measure_code = series.member_code
            and coalesce(known.period_start < series.figures_until, true)
            and known.as_of >= series.as_at
            and coalesce(known.as_of < series.superseded_on, true)
)

select
    as_of,  -- day as of which it is told
    measure_code,  -- code of the measure
    max(as_at) as last_received_on,  -- day on which the latest figure, or the word that there is none, became known
    arg_max(period_label, recency) filter (where availability <> 'not_available') as last_period,  -- latest period with a figure, or an answer that there will be none
    max(period_end) filter (where availability <> 'not_available' and year_type <> 'snapshot') as supplied_until,  -- first day after it; null where only snapshots have come
    max(period_start) filter (where availability <> 'not_available' and year_type = 'snapshot') as counted_on,  -- first day of the latest snapshot
    arg_max(availability, recency) filter (where availability <> 'not_available') as last_availability,  -- value, suppressed or not_collected
    arg_max(note, recency) filter (where availability = 'not_collected') as not_collected_note,  -- why the latest that was not collected was not
    max(period_end) filter (where availability = 'not_available') as not_available_until,  -- first day after the latest period that came as 'not available'
    arg_max(note, recency) filter (where availability = 'not_available') as not_available_note  -- what the workbook says of that
from of_measures
group by as_of, measure_code
