-- What became of the national indicators of the child poverty basket: the present-day measure that asks the same, marked as
-- a successor and not the same measure, with what differs; the authority's latest figure of it where the tool is loaded.
-- An indicator without successor has a row that says so. Figures of an indicator and its successor make no one series.
-- grain: indicator x successor
-- key: indicator_code, successor_measure_code
with
indicators as (
    select
        indicator_code,
        indicator,
        indicator_title,
        is_proxy,
        polarity,
    from marts.national_indicator
    where in_basket and superseded_on is null
    qualify row_number() over (partition by indicator_code order by as_at desc, workbook_sha256 asc) = 1
),

successors as (
    select
        indicator_code,
        successor_measure_code,
        likeness,
        what_differs,
    from staging.indicator_successor
),

latest as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        period_label,
        value,
        rank,
        ranked_areas,
        quartile,
        gap_to_england,
        england_in_doubt,
    from marts.comparison
    where is_latest
)

select
    indicators.indicator_code,  -- NI. and a number
    indicators.indicator,  -- number as printed, such as NI 53 Proxy
    indicators.indicator_title,  -- what it measured
    indicators.is_proxy,  -- whether a local measure stood in for the national one
    indicators.polarity,  -- high or low, whichever was good
    coalesce(successors.successor_measure_code, 'none') as successor_measure_code,  -- code of the present-day measure, or none
    case when successors.indicator_code is null then 'none' else 'successor, not the same measure' end as relation,  -- how the two are related: never the same measure
    coalesce(successors.likeness, 'none') as likeness,  -- same subject; one side of the gap; related subject; or none
    coalesce(
        successors.what_differs, 'The Local Authority Interactive Tool has no measure that asks the same.'
    ) as what_differs,  -- why the two are not the same measure
    latest.measure_code is not null as is_loaded,  -- whether figures of the successor are loaded
    latest.measure_name as successor_name,  -- name of the successor, where it is loaded
    latest.polarity as successor_polarity,  -- high or low, whichever is good of the successor
    latest.unit,  -- unit of the successor
    latest.period_label,  -- latest period for which the authority has a figure
    latest.value,  -- that figure
    latest.rank,  -- its place among the authority and its statistical neighbours, 1 the best
    latest.ranked_areas,  -- how many of them have a value
    latest.quartile,  -- quartile among them, 1 the best
    latest.gap_to_england,  -- the figure less England's
    latest.england_in_doubt  -- whether England's figure lies beyond those of all areas, so that the gap may mean nothing
from indicators
left join successors on indicators.indicator_code = successors.indicator_code
left join latest on successors.successor_measure_code = latest.measure_code
