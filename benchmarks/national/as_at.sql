-- Everything as it was known on a day: an edition counts from its day to the day of the next.
-- grain: measure
-- key: measure_code
select
    measure_code,  -- code of the measure
    count(*) as figures,  -- figures known
    count(value_millionths) as given,  -- those with a value
    sum(value_millionths) as total  -- sum of the values, in millionths
from observation
where as_at <= $day and $day < superseded_on
group by measure_code
