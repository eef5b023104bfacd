-- One scan and aggregate of the whole table, which is what the others are compared with.
-- grain: measure
-- key: measure_code
select
    measure_code,  -- code of the measure
    count(*) as figures,  -- rows, whatever their edition
    min(area_code) as first_area,  -- first area
    max(quarter_number) as last_quarter,  -- last quarter
    sum(value_millionths) as total,  -- sum of all values, in millionths
    min(as_at) as first_day,  -- first day on which one was known
    max(superseded_on) as last_day  -- last day until which one counts
from observation
group by measure_code
