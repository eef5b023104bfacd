-- Figures that were given and are given no longer, with nothing in their place, and figures that are given again later.
-- grain: figure x edition that ended or began
-- key: restated_on, measure_code, area_code, period_label, component, old_origin_id, new_origin_id
with
figures as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        component,
        value_kind,
        as_at,
        superseded_on,
        origin_id,
    from marts.observation
),

successions as (
    select
        restated_on,
        old_origin_id,
        new_origin_id,
    from marts.figure_succession
),

ended as (
    select figures.*
    from figures
    left join successions
        on figures.origin_id = successions.old_origin_id and figures.superseded_on = successions.restated_on
    where figures.superseded_on is not null and successions.old_origin_id is null
),

-- what the edition gives in whose favour they ended
followed as (
    select
        ended.origin_id,
        bool_or(later.period_start = ended.period_start and later.period_end > ended.period_end) as is_lengthened,
        min(later.period_start) >= ended.period_end as is_of_a_later_series,
    from ended
    inner join figures as later
        on
            ended.measure_code = later.measure_code
            and ended.area_code = later.area_code
            and ended.component = later.component
            and ended.superseded_on = later.as_at
    group by ended.origin_id, ended.period_end
),

again as (
    select distinct figures.*
    from figures
    inner join ended
        on
            figures.measure_code = ended.measure_code
            and figures.area_code = ended.area_code
            and figures.period_label = ended.period_label
            and figures.component = ended.component
            and figures.value_kind = ended.value_kind
            and figures.as_at > ended.superseded_on
    left join successions on figures.origin_id = successions.new_origin_id
    where successions.new_origin_id is null
)

select
    ended.measure_code,  -- code of the measure
    ended.area_code,  -- GSS code
    ended.period_label,  -- period that the figure is of
    ended.component,  -- total, or a named part of it
    ended.superseded_on as restated_on,  -- day from which the figure is given no longer, or again
    ended.origin_id as old_origin_id,  -- observation that counted before; null where it is given again
    cast(null as varchar) as new_origin_id,  -- observation that counts from then on; null where none does
    case
        when followed.is_lengthened then 'a longer part of the year is given in its place'
        when followed.is_of_a_later_series then 'the series begins later in the later edition'
    end as expected_because  -- why it had to end in the course of things; null where it was withdrawn
from ended
left join followed on ended.origin_id = followed.origin_id
union all
select
    measure_code,
    area_code,
    period_label,
    component,
    as_at as restated_on,
    cast(null as varchar) as old_origin_id,
    origin_id as new_origin_id,
    cast(null as varchar) as expected_because,
from again
