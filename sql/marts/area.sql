-- Areas that figures are given for.
-- grain: area
-- key: area_code
with
areas as (
    select
        area_code,
        area_name,
        area_type,
        is_authority,
    from staging.area
)

select distinct
    area_code,  -- GSS code
    area_name,  -- name as printed
    area_type,  -- kind of area
    is_authority  -- whether it is the authority whose measures are rated
from areas
