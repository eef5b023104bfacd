-- Areas that an area is compared with: its statistical neighbours, as each edition ranks them, where both have GSS codes.
-- grain: area x neighbour x edition
-- key: area_code, neighbour_rank, as_at, workbook_sha256
with
neighbours as (
    select
        la_number,
        neighbour_rank,
        neighbour_la_number,
        closeness,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from staging.lait_neighbour
),

areas as (
    select
        la_number,
        area_code,
    from staging.lait_area
    where area_code is not null
)

select
    areas.area_code,  -- GSS code of the area
    neighbours.neighbour_rank,  -- 1 for the nearest neighbour
    others.area_code as neighbour_area_code,  -- GSS code of the neighbour
    neighbours.closeness,  -- how near it is: extremely close, very close, close or somewhat close
    neighbours.as_at,  -- day on which the edition became known
    neighbours.superseded_on,  -- first day on which a later edition counts; null while it counts
    neighbours.workbook,  -- file name
    neighbours.workbook_sha256  -- SHA-256 of the file
from neighbours
inner join areas on neighbours.la_number = areas.la_number
inner join areas as others on neighbours.neighbour_la_number = others.la_number
