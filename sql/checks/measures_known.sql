-- Every observation is of a measure and an area that are listed; one is missing while no agreement that lists it is loaded.
-- on: marts.observation
-- blocking: no
select distinct
    observation.measure_code,
    observation.area_code,
from marts.observation
left join marts.measure on observation.measure_code = measure.measure_code
left join marts.area on observation.area_code = area.area_code
where measure.measure_code is null or area.area_code is null
