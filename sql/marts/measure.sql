-- Measures as the latest agreement defines them, and those that sources report for context.
-- grain: measure
-- key: measure_code
with
agreement as (
    select
        measure_code,
        measure_name,
        priority,
        category,
        polarity,
        unit,
        year_type,
        target_type,
        headline,
        owner,
        frequency,
        note,
        sheet_row,
        row_number() over (partition by measure_code order by agreement_start desc, as_at desc) as recency,
    from staging.portfolio_agreement_measure
),

contextual as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        year_type,
        owner,
    from staging.contextual_measure
),

measures as (
    select
        measure_code,
        measure_name,
        priority,
        category,
        polarity,
        unit,
        year_type,
        target_type,
        headline,
        owner,
        frequency,
        note,
        sheet_row,
        true as in_agreement,
    from agreement
    where recency = 1
    union all
    select
        measure_code,
        measure_name,
        null as priority,
        'Contextual' as category,
        polarity,
        unit,
        year_type,
        'none' as target_type,
        false as headline,
        owner,
        null as frequency,
        null as note,
        null as sheet_row,
        false as in_agreement,
    from contextual
),

-- what the latest agreement that speaks of it says
retirements as (
    select
        measure_code,
        valid_from as retired_from,
        replaced_by,
    from marts.measure_history
    where superseded_on is null
    qualify row_number() over (partition by measure_code order by valid_from desc) = 1 and change_kind in ('retired', 'replaced')
)

select
    measures.measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    priority,  -- number and title of the priority that it serves
    category,  -- Council, Partnership or Contextual
    polarity,  -- high or low where one of them is good, else none
    unit,  -- %, Number, £, or a rate such as per 1,000
    year_type,  -- calendar that it runs by: financial, academic, calendar, snapshot or rolling
    target_type,  -- numeric, maximise, minimise, none or to_be_confirmed
    headline,  -- in the Greater Manchester Strategy framework or a corporate headline
    owner,  -- who answers for the measure
    frequency,  -- how often the agreement has it reported: Quarterly or Annual; null where none lists it
    note,  -- note of the agreement
    sheet_row,  -- row of the agreement's sheet, for its order
    in_agreement,  -- whether a portfolio agreement lists it, or did, so that it is rated
    retirements.retired_from,  -- first day from which no agreement lists it; null while one does
    retirements.replaced_by,  -- measures that say that they go on with it
    case when unit = '%' then 1 when unit in ('Number', '£') then 0 else 2 end as printed_decimals  -- most decimals that are printed
from measures
left join retirements on measures.measure_code = retirements.measure_code
