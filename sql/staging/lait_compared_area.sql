-- Areas that the authority is compared with: itself, the statistical neighbours of the latest list, its region and England.
-- They are known by the department's numbers and names, so that nothing hangs on whether some other source gives GSS codes.
-- grain: area
-- key: la_number
with
areas as (
    select
        la_number,
        area,
        area_code,
        region,
    from staging.lait_area
),

authority as (
    select
        areas.la_number,
        areas.region,
    from areas
    inner join staging.area as listed on areas.area_code = listed.area_code and lower(areas.area) = lower(listed.area_alias)
    where listed.is_authority
),

neighbours as (
    select
        listed.neighbour_la_number,
        listed.neighbour_rank,
    from staging.lait_neighbour as listed
    inner join authority on listed.la_number = authority.la_number
    where listed.superseded_on is null
    qualify dense_rank() over (order by listed.period_start desc, listed.as_at desc, listed.workbook_sha256 asc) = 1
),

compared as (
    select
        la_number,
        'authority' as comparator,
        null as neighbour_rank,
    from authority
    union all
    select
        neighbour_la_number as la_number,
        'neighbour' as comparator,
        neighbour_rank,
    from neighbours
    union all
    select
        areas.la_number,
        'region' as comparator,
        null as neighbour_rank,
    from areas
    inner join authority on areas.area = authority.region
    union all
    select
        la_number,
        'country' as comparator,
        null as neighbour_rank,
    from areas
    where area = 'England'
)

select
    compared.la_number,  -- the department's number
    coalesce(areas.area, compared.la_number) as area,  -- name of the area; its number where no edition names it
    areas.area_code,  -- GSS code; null where no loaded edition lists the area's name
    compared.comparator,  -- authority, neighbour, region or country
    compared.neighbour_rank  -- 1 for the nearest neighbour; null for others
from compared
left join areas on compared.la_number = areas.la_number
