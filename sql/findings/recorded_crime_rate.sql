-- Rates per 1,000 residents that are not the number recorded over the population that the same table names, rounded as
-- the rate is.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
rates as (
    select
        measure_code,
        offence,
        period_label,
        recorded_count,
        population_count,
        computed_rate,
        supplied_rate,
        rate_text,
        workbook,
        sheet,
        rate_cell,
        cast(0.5 * power(10, -length(split_part(rate_text, '.', 2))) as decimal(28, 6)) as half_of_last_place,
    from marts.recorded_crime
    where superseded_on is null
)

select
    'recorded_crime_rate' as check_name,  -- what was checked
    measure_code || ', ' || period_label as subject,  -- what the finding is about
    rate_text as published,  -- what was supplied
    cast(round(computed_rate, 2) as varchar) as recomputed,  -- what it should be, where that can be computed
    cast(computed_rate - supplied_rate as decimal(28, 6)) as difference,  -- recomputed less published
    'warn' as severity,  -- fail or warn
    'The stated rate of ''' || offence || ''' is not ' || recorded_count || ' over a population of ' || population_count
    || ', per 1,000 and rounded. It would fit a population of about '
    || coalesce(cast(round(divided(recorded_count * 1000, supplied_rate), 0) as bigint), 0) || '.' as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    rate_cell as cell  -- address of the cell
from rates
where abs(computed_rate - supplied_rate) > half_of_last_place
