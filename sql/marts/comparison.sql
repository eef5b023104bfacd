-- Where the authority stands: its figure, rank and quartile among its statistical neighbours, and its gaps to them, to its
-- region and to England, for every measure of the Local Authority Interactive Tool and every period of the current edition.
-- A gap is the authority's figure less the other, in the measure's unit (points, of percentages): of a measure of which low
-- is good, a gap below zero is the better. Mean and median are of the neighbours that have a value, the authority apart.
-- grain: measure x period
-- key: measure_code, period_label
with
areas as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        period_label,
        period_start,
        period_end,
        area,
        area_code,
        comparator,
        value,
        availability,
        rank,
        ranked_areas,
        quartile,
        workbook,
        sheet,
        cell,
    from marts.comparison_area
),

authority as (
    select *
    from areas
    where comparator = 'authority'
),

others as (
    select
        measure_code,
        period_label,
        count(*) filter (where comparator = 'neighbour') as neighbours,
        count(value) filter (where comparator = 'neighbour') as neighbours_with_value,
        count(*) filter (where comparator = 'neighbour' and availability = 'suppressed') as neighbours_suppressed,
        divided(sum(value) filter (where comparator = 'neighbour'), count(value) filter (where comparator = 'neighbour')) as neighbours_mean,
        quartile(list(value order by value) filter (where comparator = 'neighbour' and value is not null), 2) as neighbours_median,
        any_value(area) filter (where comparator = 'region') as region,
        any_value(value) filter (where comparator = 'region') as region_value,
        any_value(value) filter (where comparator = 'country') as england_value,
    from areas
    group by measure_code, period_label
),

doubtful as (
    select
        measure_code,
        period_label,
    from staging.lait_whole_beyond_parts
)

select
    authority.measure_code,  -- code of the measure
    authority.measure_name,  -- name of the measure
    authority.polarity,  -- high or low where one of them is good, else none
    authority.unit,  -- %, a rate, or the dictionary's words
    authority.period_label,  -- year, or January of it
    authority.period_start,  -- first day of the period
    authority.period_end,  -- first day after it
    authority.area_code,  -- GSS code of the authority
    authority.value,  -- the authority's figure; null when it is not available
    authority.availability,  -- value, or why there is none
    authority.rank,  -- place among the authority and its neighbours, 1 the best, ties alike
    authority.ranked_areas,  -- how many of them have a value, the authority with them
    authority.quartile,  -- 1 the best quarter to 4; null of fewer than four values
    others.neighbours,  -- statistical neighbours that the latest list names
    others.neighbours_with_value,  -- those with a value, of which mean and median are
    others.neighbours_suppressed,  -- those whose value is withheld
    others.neighbours - others.neighbours_with_value - others.neighbours_suppressed as neighbours_missing,  -- those that have none for another reason
    others.neighbours_mean,  -- unweighted mean of the neighbours that have a value
    cast(others.neighbours_median as decimal(28, 6)) as neighbours_median,  -- their median
    cast(authority.value - others.neighbours_mean as decimal(28, 6)) as gap_to_neighbours_mean,  -- figure less their mean
    cast(authority.value - others.neighbours_median as decimal(28, 6)) as gap_to_neighbours_median,  -- figure less their median
    others.region,  -- region that the authority lies in
    others.region_value,  -- figure of that region
    cast(authority.value - others.region_value as decimal(28, 6)) as gap_to_region,  -- figure less the region's
    others.england_value,  -- figure of England
    cast(authority.value - others.england_value as decimal(28, 6)) as gap_to_england,  -- figure less England's
    doubtful.measure_code is not null as england_in_doubt,  -- whether England's figure lies beyond those of all areas, which a rate cannot
    authority.value is not null
    and authority.period_start = max(authority.period_start) filter (where authority.value is not null)
        over (partition by authority.measure_code) as is_latest,  -- whether it is the latest period for which the authority has a value
    authority.workbook,  -- file name
    authority.sheet,  -- sheet
    authority.cell  -- address of the authority's figure
from authority
inner join others
    on authority.measure_code = others.measure_code and authority.period_label = others.period_label
left join doubtful
    on authority.measure_code = doubtful.measure_code and authority.period_label = doubtful.period_label
