-- Every figure names its cells.
-- on: marts.observation
-- blocking: yes
select
    observation.measure_code,
    observation.area_code,
    observation.period_label,
    observation.component,
    observation.value,
from marts.observation
left join marts.observation_origin on observation.origin_id = observation_origin.origin_id
where observation.value is not null and observation_origin.origin_id is null
