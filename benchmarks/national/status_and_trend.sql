-- How many figures are green, amber and red, and better, stable and worse than a year before, as known on a day. The rules
-- are those of marts.rating_variant, in whole numbers: the sign of the polarity turns every measure so that high is good.
-- Rows stand in the order of area, measure, quarter and edition, so that the figure of a year before is four rows up: no
-- sorting, and no memory that grows. Where the key four rows up is another, a quarter is missing, and there is no trend.
-- grain: measure
-- key: measure_code
with
known as (
    select
        measure_code,
        value_millionths,
        area_code,
        quarter_number,
        lag(value_millionths, 4) over () as year_before,
        lag(area_code, 4) over () as area_before,
        lag(measure_code, 4) over () as measure_before,
        lag(quarter_number, 4) over () as quarter_before,
    from observation
    where as_at <= $day and $day < superseded_on and area_code between $first_area and $last_area
),

compared as (
    select
        known.measure_code,
        target.polarity_sign * (known.value_millionths - target.target_millionths) as above_target,
        target.tolerance_millionths,
        case
            when
                known.area_before = known.area_code
                and known.measure_before = known.measure_code
                and known.quarter_before = known.quarter_number - 4
                and known.year_before <> 0
                then known.year_before
        end as previous,
        target.polarity_sign * (known.value_millionths - previous) * 100 as change_times_100,
        abs(previous) as stable_within,
    from known
    inner join target on known.measure_code = target.measure_code
)

select
    measure_code,  -- code of the measure
    count(*) as figures,  -- figures of areas and quarters
    count(*) filter (where above_target >= 0) as green,  -- on target or better
    count(*) filter (where above_target < 0 and above_target >= -tolerance_millionths) as amber,  -- within the tolerance
    count(*) filter (where above_target < -tolerance_millionths) as red,  -- worse
    count(*) filter (where change_times_100 > stable_within) as better,  -- more favourable by more than 1%
    count(*) filter (where change_times_100 between -stable_within and stable_within) as stable,  -- within 1%
    count(*) filter (where change_times_100 < -stable_within) as worse  -- less favourable by more than 1%
from compared
group by measure_code
