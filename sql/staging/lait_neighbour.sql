-- Statistical neighbours of local authorities, from the nearest on, by the department's numbers.
-- grain: edition x authority x neighbour
-- key: workbook_sha256, as_at, la_number, neighbour_rank
with
neighbours as (
    select
        workbook,
        workbook_sha256,
        corrections,
        period_start,
        la_number,
        unnest([
            { 'neighbour_rank': 1, 'la_number': neighbour_1, 'closeness': closeness_1 },
            { 'neighbour_rank': 2, 'la_number': neighbour_2, 'closeness': closeness_2 },
            { 'neighbour_rank': 3, 'la_number': neighbour_3, 'closeness': closeness_3 },
            { 'neighbour_rank': 4, 'la_number': neighbour_4, 'closeness': closeness_4 },
            { 'neighbour_rank': 5, 'la_number': neighbour_5, 'closeness': closeness_5 },
            { 'neighbour_rank': 6, 'la_number': neighbour_6, 'closeness': closeness_6 },
            { 'neighbour_rank': 7, 'la_number': neighbour_7, 'closeness': closeness_7 },
            { 'neighbour_rank': 8, 'la_number': neighbour_8, 'closeness': closeness_8 },
            { 'neighbour_rank': 9, 'la_number': neighbour_9, 'closeness': closeness_9 },
            { 'neighbour_rank': 10, 'la_number': neighbour_10, 'closeness': closeness_10 }
        ]) as neighbour,
    from staged.lait_neighbours
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'lait'
)

select
    neighbours.la_number,  -- the department's number of the authority
    struct_extract(neighbours.neighbour, 'neighbour_rank') as neighbour_rank,  -- 1 for the nearest
    struct_extract(neighbours.neighbour, 'la_number') as neighbour_la_number,  -- the department's number of the neighbour
    lower(struct_extract(neighbours.neighbour, 'closeness')) as closeness,  -- how near it is, in the department's words
    neighbours.period_start,  -- first day of the month that the neighbours are of
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    neighbours.workbook,  -- file name
    neighbours.workbook_sha256  -- SHA-256 of the file
from neighbours
inner join editions
    on
        neighbours.workbook_sha256 = editions.workbook_sha256
        and neighbours.workbook = editions.workbook
        and neighbours.corrections is not distinct from editions.corrections
