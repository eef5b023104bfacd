-- Areas of the Local Authority Interactive Tool: the department's numbers with GSS codes, found by the areas' names.
-- grain: area
-- key: la_number
with
numbered as (
    select
        la_number,
        area,
        -- a region and England have none
        nullif(region, 'NA') as region,
    from staged.lait_figures
    union
    select
        la_number,
        la_name as area,
        null as region,
    from staged.lait_neighbours
),

coded as (
    select
        lower(area_name) as area,
        area_code,
    from staging.listed_area
    -- a force area bears the name of a county or region
    where area_type <> 'police force area'
    union
    select
        lower(area_alias) as area,
        area_code,
    from staging.area
)

select
    numbered.la_number,  -- the department's number
    min(numbered.area) as area,  -- name as supplied
    min(coded.area_code) as area_code,  -- GSS code; null where no loaded edition lists the name
    min(numbered.region) as region  -- region that an authority lies in, by name; null for a region and England
from numbered
left join coded on lower(numbered.area) = coded.area
group by numbered.la_number
