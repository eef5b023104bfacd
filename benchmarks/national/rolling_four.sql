-- Sums of four quarters running, as known on a day; where one of the four is missing there is none.
-- grain: measure
-- key: measure_code
with
known as (
    select
        area_code,
        measure_code,
        quarter_number,
        value_millionths,
        lag(value_millionths, 1) over () as value_1,
        lag(value_millionths, 2) over () as value_2,
        lag(value_millionths, 3) over () as value_3,
        lag(area_code, 3) over () as first_area,
        lag(measure_code, 3) over () as first_measure,
        lag(quarter_number, 3) over () as first_quarter,
    from observation
    where as_at <= $day and $day < superseded_on and area_code between $first_area and $last_area
),

rolled as (
    select
        measure_code,
        case
            when first_area = area_code and first_measure = measure_code and first_quarter = quarter_number - 3
                then value_millionths + value_1 + value_2 + value_3
        end as sum_of_four,
    from known
)

select
    measure_code,  -- code of the measure
    count(sum_of_four) as figures,  -- sums of four quarters
    sum(sum_of_four) as total  -- the sum of them all, in millionths
from rolled
group by measure_code
