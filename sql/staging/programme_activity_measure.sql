-- Items of programme activity as measures, named and measured as the latest edition does.
-- grain: measure
-- key: measure_code
with
items as (
    select
        measure_code,
        programme,
        item,
        unit,
        availability,
        as_at,
    from staging.programme_activity_item
)

select
    measure_code,  -- code of the measure
    arg_max(programme || ': ' || item, as_at) as measure_name,  -- programme and item
    coalesce(nullif(arg_max(unit, as_at) filter (where availability = 'value'), ''), 'Number') as unit  -- £, % or Number
from items
group by measure_code
