-- Quarterly figures of the financial year so far: added where the measure accumulates, else the latest quarter's own.
-- Quarters of a measure without a straight-line forecast may overlap or be levels: they are never added.
-- grain: reporting quarter x measure that is rated on its year to date, or projected from it
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        report_year,
        previous_report_year,
        quarter_number,
        year_start,
        quarter_end,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        forecast_method = 'Straight line' as accumulates,
    from marts.rating_definition
    where year_type = 'financial' and (rated_on = 'Year to date' or forecast_method = 'Straight line')
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        period_start,
        period_end,
        value,
        availability,
    from marts.known_observation
    where year_type = 'quarter'
),

summed as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        definitions.accumulates,
        quarters.report_year,
        quarters.quarter_number,
        sum(known.value) filter (where known.period_start >= quarters.year_start) as sum_to_date,
        count(known.value) filter (where known.period_start >= quarters.year_start) as quarters_known,
        max(known.value) filter (where known.period_label = definitions.report_quarter) as own_value,
        max(known.availability) filter (where known.period_label = definitions.report_quarter) as own_availability,
        sum(known.value) filter (where known.period_label like quarters.previous_report_year || '-Q_') as previous_sum,
        count(known.value) filter (where known.period_label like quarters.previous_report_year || '-Q_') as previous_known,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
    inner join known
        on
            definitions.report_quarter = known.report_quarter
            and definitions.measure_code = known.measure_code
            and known.period_end <= quarters.quarter_end
    group by all
),

valued as (
    select
        summed.*,
        case
            when not accumulates then own_value
            when quarters_known = quarter_number then sum_to_date
        end as value,
    from summed
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    cast(value as decimal(28, 6)) as value,  -- the year so far; null where a quarter of it is missing
    case
        when not accumulates then report_quarter
        when quarter_number = 4 then report_year
        else report_year || ' to Q' || quarter_number
    end as value_period,  -- what the value is of
    case when quarter_number < 4 then 'interim' else 'actual' end as value_kind,  -- interim until the year is whole
    coalesce(own_availability, 'not_available') as availability,  -- of the quarter itself
    case when accumulates then divided(value * 4, quarter_number) end as year_end_value,  -- the year-end, projected in a straight line
    quarter_number < 4 as is_projected,  -- whether the year-end is a projection
    case
        when accumulates and previous_known = 4 then cast(previous_sum as decimal(28, 6))
    end as previous_value  -- the four quarters of the year before
from valued
