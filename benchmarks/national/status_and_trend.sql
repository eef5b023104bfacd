-- How many figures are green, amber and red, and better, stable and worse than a year before, as known on a day. The rules
-- are those of marts.rating_variant, in whole numbers: the sign of the polarity turns every measure so that high is good.
-- Rows stand in the order of area, measure, quarter and edition, so that the figure of a year before is four rows up: no
-- sorting, and no memory that grows. Where the key four rows up is another, a quarter is missing, and there is no trend.
-- grain: measure
-- key: measure_code
with
turned_target as (
    select
        measure_code,
        polarity_sign,
        polarity_sign * target_millionths as green_from,
        polarity_sign * target_millionths - tolerance_millionths as amber_from,
    from target
),

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
    where
        as_at <= $day
        and $day < superseded_on
        -- as areas: texts would be compared letter by letter
        and area_code between cast($first_area as area) and cast($last_area as area)
),

paired as (
    select
        measure_code,
        value_millionths,
        case
            when area_before = area_code and measure_before = measure_code and quarter_before = quarter_number - 4
                then nullif(year_before, 0)
        end as previous,
    from known
),

turned as (
    select
        paired.measure_code,
        turned_target.green_from,
        turned_target.amber_from,
        turned_target.polarity_sign * paired.value_millionths as figure,
        turned_target.polarity_sign * (paired.value_millionths - paired.previous) * 100 as change_times_100,
        abs(paired.previous) as stable_within,
    from paired
    inner join turned_target on paired.measure_code = turned_target.measure_code
),

-- ratings as numbers of one byte, since the texts of all rows would take a tenth of the time: 1 is green, 2 amber, 3 red;
-- 1 is better, 2 stable, 3 worse
rated as (
    select
        measure_code,
        cast(
            case when figure >= green_from then 1 when figure >= amber_from then 2 when figure is not null then 3 end
            as utinyint
        ) as status,
        cast(
            case
                when change_times_100 > stable_within then 1
                when change_times_100 >= -stable_within then 2
                when change_times_100 is not null then 3
            end
            as utinyint
        ) as trend,
    from turned
),

-- few rows first, of every rating that there is: what follows counts those
counted as (
    select
        measure_code,
        status,
        trend,
        count(*) as figures,
    from rated
    group by measure_code, status, trend
)

select
    measure_code,  -- code of the measure
    cast(sum(figures) as bigint) as figures,  -- figures of areas and quarters
    cast(coalesce(sum(figures) filter (where status = 1), 0) as bigint) as green,  -- on target or better
    cast(coalesce(sum(figures) filter (where status = 2), 0) as bigint) as amber,  -- within the tolerance
    cast(coalesce(sum(figures) filter (where status = 3), 0) as bigint) as red,  -- worse
    cast(coalesce(sum(figures) filter (where trend = 1), 0) as bigint) as better,  -- more favourable by more than 1%
    cast(coalesce(sum(figures) filter (where trend = 2), 0) as bigint) as stable,  -- within 1%
    cast(coalesce(sum(figures) filter (where trend = 3), 0) as bigint) as worse  -- less favourable by more than 1%
from counted
group by measure_code
