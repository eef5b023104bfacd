-- The rating of each measure for the figures as they are, and again for the ends of all figures that round to the printed
-- ones, which tells whether the rating is robust. Rules: Rating rules of the portfolio agreement, made exact in the design.
-- grain: reporting quarter x measure x variant
-- key: report_quarter, measure_code, variant
with
variants as (
    select
        variant,
        value_end,
        previous_end,
    from (
        values ('as is', 0, 0), ('low, low', -1, -1), ('low, high', -1, 1), ('high, low', 1, -1), ('high, high', 1, 1)
    ) as listed (variant, value_end, previous_end)
),

varied as (
    select
        definition.report_quarter,
        definition.measure_code,
        definition.polarity,
        definition.is_contextual,
        definition.unit,
        definition.target_type,
        definition.target_value,
        definition.tolerance_value,
        definition.tolerance_kind,
        rated.availability,
        variants.variant,
        case definition.unit when '%' then 1 when 'per 1,000' then 2 else 0 end as decimals,
        rounding_end(rated.value, decimals, variants.value_end) as value,
        rounding_end(rated.trend_value, decimals, variants.value_end) as trend_value,
        rounding_end(rated.previous_value, decimals, variants.previous_end) as previous_value,
    from marts.rating_definition as definition
    left join marts.rated_value as rated
        on definition.report_quarter = rated.report_quarter and definition.measure_code = rated.measure_code
    cross join variants
),

compared as (
    select
        varied.*,
        case polarity when 'high' then target_value - value when 'low' then value - target_value end as shortfall,
        trend_value - previous_value as change,
    from varied
),

reasoned as (
    select
        compared.*,
        case
            when is_contextual then 'contextual'
            when target_type = 'none' then 'no_target'
            when target_type = 'to_be_confirmed' then 'target_to_be_confirmed'
            when target_type in ('maximise', 'minimise') then target_type
            when polarity = 'none' then 'polarity_not_given'
            when value is null and availability = 'not_collected' then 'not_collected'
            when value is null then 'value_not_available'
        end as no_status_reason,
        case
            when trend_value is null and value is not null then 'year_end_not_forecast'
            when trend_value is null then coalesce(nullif(availability, 'value'), 'value_not_available')
            when previous_value is null then 'previous_not_available'
            when previous_value = 0 then 'previous_zero'
            when abs(change) * 100 > abs(previous_value) and polarity = 'none' then 'polarity_not_given'
        end as no_trend_reason,
    from compared
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    variant,  -- as is, or which ends of the rounding interval value and previous value are at
    value,  -- value of this variant
    no_status_reason,  -- why there is no status; null when there is one
    no_trend_reason,  -- why there is no trend; null when there is one
    shortfall,  -- how far the value misses the target, in the measure's unit; below zero where it is better
    case
        when no_status_reason is not null then null
        when shortfall <= 0 then 'G'
        when tolerance_kind = 'relative' and shortfall * 100 <= tolerance_value * abs(target_value) then 'A'
        when tolerance_kind = 'absolute' and shortfall <= tolerance_value then 'A'
        else 'R'
    end as status,  -- R, A or G
    case
        when no_status_reason is not null or unit <> '%' then null
        when shortfall <= 0 then false
        else (shortfall * 100 <= tolerance_value * abs(target_value)) <> (shortfall <= tolerance_value)
    end as reading_sensitive,  -- whether the tolerance as per cent of the target and as points would rate differently; % measures only
    case
        when no_trend_reason is not null then null
        when abs(change) * 100 <= abs(previous_value) then 'stable'
        when (change > 0) = (polarity = 'high') then 'better'
        else 'worse'
    end as trend  -- better, stable or worse
from reasoned
