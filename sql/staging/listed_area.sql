-- Areas that published editions give figures for, by GSS code, under the name that the latest one prints.
-- grain: area
-- key: area_code
with
editions as (
    select
        source,
        workbook,
        workbook_sha256,
        corrections,
        as_at,
    from staging.edition
),

residents as (
    select
        area_code,
        area_name,
        geography,
        workbook,
        workbook_sha256,
        corrections,
    from staged.population_persons
),

offences as (
    select
        area_code,
        area_name,
        workbook,
        workbook_sha256,
        corrections,
    from staged.police_force_areas_offences
    where area_code is not null
),

named as (
    select
        residents.area_code,
        residents.area_name,
        lower(residents.geography) as area_type,
        editions.source,
        editions.as_at,
    from residents
    inner join editions
        on
            residents.workbook_sha256 = editions.workbook_sha256
            and residents.workbook = editions.workbook
            and residents.corrections is not distinct from editions.corrections
    where editions.source = 'population'
    union all
    select
        offences.area_code,
        offences.area_name,
        -- the first three characters of a GSS code say what kind of area it is
        case
            when starts_with(offences.area_code, 'E23') or starts_with(offences.area_code, 'W15') then 'police force area'
            when starts_with(offences.area_code, 'E12') then 'region'
            else 'country'
        end as area_type,
        editions.source,
        editions.as_at,
    from offences
    inner join editions
        on
            offences.workbook_sha256 = editions.workbook_sha256
            and offences.workbook = editions.workbook
            and offences.corrections is not distinct from editions.corrections
    where editions.source = 'police_force_areas'
)

select
    area_code,  -- GSS code
    area_name,  -- name as printed
    area_type  -- kind of area
from named
-- police tables print regions in mixed case, population tables in capitals
qualify row_number() over (partition by area_code order by source asc, as_at desc, area_name asc) = 1
