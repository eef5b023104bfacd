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
    union
    select
        area_code,
        area_name,
        area_type,
        false as is_authority,
    from staging.listed_area
    where area_code not in (select area_code from staging.area)
)

select
    area_code,  -- GSS code, or LOCAL. and a name for a neighbourhood that has none
    area_name,  -- name as printed
    area_type,  -- kind of area
    is_authority  -- whether it is the authority whose measures are rated
from areas
