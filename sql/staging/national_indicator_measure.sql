-- Measures that the local figures of the national indicators workbooks are of, as the latest edition has them.
-- grain: measure
-- key: measure_code
with
figures as (
    select
        indicator_code,
        indicator,
        unit,
        year_type,
        as_at,
    from staging.national_indicator_figure
),

basket as (
    select
        indicator_code,
        indicator_title,
        polarity,
        as_at,
    from staging.national_indicator_basket
),

latest_figures as (
    select
        indicator_code,
        arg_max(indicator, as_at) as indicator,
        arg_max(unit, as_at) as unit,
        arg_max(year_type, as_at) as year_type,
    from figures
    group by indicator_code
),

latest_basket as (
    select
        indicator_code,
        arg_max(indicator_title, as_at) as indicator_title,
        arg_max(polarity, as_at) as polarity,
    from basket
    group by indicator_code
)

select
    figures.indicator_code as measure_code,  -- code of the measure
    coalesce(basket.indicator_title, figures.indicator) as measure_name,  -- title in the basket, or the name beside the figure
    coalesce(basket.polarity, 'none') as polarity,  -- high or low where the basket says which is good, else none
    figures.unit,  -- %, £ or Number
    figures.year_type  -- calendar that the figures run by: calendar, financial or snapshot
from latest_figures as figures
left join latest_basket as basket on figures.indicator_code = basket.indicator_code
