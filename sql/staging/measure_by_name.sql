-- Measures whose figures are known by the measure's name, because an agreement may leave it without a code: the code that it
-- has in the latest agreement that lists it by that name. Wordings are compared without capitals, spaces and marks.
-- grain: measure
-- key: measure_name
with
named as (
    select measure_name
    from (
        values
        ('Number of successful first-time applicants'),
        ('Number of successful repeat applicants'),
        ('Number of community networks representing communities of identity'),
        ('Organisations engaged with Sector3')
    ) as listed (measure_name)
),

agreed as (
    select
        measure_code,
        plain_words(measure_name) as plain_name,
        agreement_start,
        as_at,
        superseded_on,
        sheet_row,
    from staging.portfolio_agreement_measure
),

latest as (
    select
        measure_code,
        plain_name,
    from agreed
    qualify row_number() over (
        partition by plain_name
        order by superseded_on is not null asc, agreement_start desc, as_at desc, sheet_row asc
    ) = 1
)

select
    named.measure_name,  -- name of the measure
    coalesce(
        latest.measure_code, 'UNLISTED.' || trim(regexp_replace(upper(named.measure_name), '[^A-Z0-9]+', '_', 'g'), '_')
    ) as measure_code,  -- code that its figures stand under: never that of a measure with another name
    latest.measure_code is not null as is_listed  -- whether an agreement lists it by this name
from named
left join latest on plain_words(named.measure_name) = latest.plain_name
