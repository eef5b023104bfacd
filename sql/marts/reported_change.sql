-- Changes of the authority's actual figures from the year before, as they were known on the day of each printed report.
-- grain: day of a report x measure
-- key: report_quarter, as_at, measure_code
with
known as (
    select
        report_quarter,
        as_at,
        measure_code,
        period_start,
        year_type,
        stated_year,
        numerator,
        denominator,
        value,
    from marts.reported_period
    where component = 'total' and not is_forecast
),

measures as (
    select
        measure.measure_code,
        case measure.unit when 'Number' then '' when 'per 1,000' then '' else measure.unit end as unit,
        agreed.numerator as numerator_words,
        agreed.denominator as denominator_words,
    from marts.measure
    left join staging.portfolio_agreement_measure as agreed
        on measure.measure_code = agreed.measure_code and agreed.superseded_on is null
),

changes as (
    select
        later.report_quarter,
        later.as_at,
        later.measure_code,
        measures.numerator_words,
        measures.denominator_words,
        measures.unit,
        later.stated_year,
        later.numerator - earlier.numerator as numerator_change,
        later.denominator - earlier.denominator as denominator_change,
        later.value - earlier.value as value_change,
        divided((later.value - earlier.value) * 100, abs(earlier.value)) as relative_change,
    from known as later
    inner join known as earlier
        on
            later.report_quarter = earlier.report_quarter
            and later.as_at = earlier.as_at
            and later.measure_code = earlier.measure_code
            and later.year_type = earlier.year_type
            and later.period_start = earlier.period_start + interval 1 year
    inner join measures on later.measure_code = measures.measure_code
    qualify
        row_number() over (
            partition by later.report_quarter, later.as_at, later.measure_code order by later.period_start desc
        ) = 1
)

select
    report_quarter,  -- last quarter that the report is about
    as_at,  -- day of the report
    measure_code,  -- code of the measure
    stated_year,  -- financial or academic year of the later figure
    unit,  -- %, £ or empty for a number
    numerator_words,  -- what is counted, of a rate, in the agreement's words
    numerator_change,  -- its change
    denominator_words,  -- what it is counted against
    denominator_change,  -- its change
    value_change,  -- change of the figure, in its unit: points of a percentage
    relative_change  -- change of the figure, per cent of the earlier one
from changes
