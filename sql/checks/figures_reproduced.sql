-- The cells that a figure names reproduce it.
-- on: marts.observation_origin
-- blocking: yes
with
recomputed as (
    select
        origin_id,
        sum(case when role in ('value', 'part') then amount * factor end) as direct_value,
        sum(case when role = 'numerator' then amount * factor end) as numerator,
        sum(case when role = 'denominator' then amount end) as denominator,
    from marts.observation_origin
    group by origin_id
)

select
    observation.measure_code,
    observation.area_code,
    observation.period_label,
    observation.component,
    observation.value,
    recomputed.direct_value,
    recomputed.numerator,
    recomputed.denominator,
from marts.observation
inner join recomputed on observation.origin_id = recomputed.origin_id
where
    observation.value is not null
    and coalesce(
        abs(observation.value - coalesce(recomputed.direct_value, recomputed.numerator / recomputed.denominator)) > 0.000001,
        true
    )
