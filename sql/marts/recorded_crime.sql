-- Crimes and incidents that the police recorded in the authority: numbers, and rates computed from them beside those supplied.
-- grain: edition x kind
-- key: period_label, workbook_sha256, as_at, measure_code
with
figures as (
    select
        measure_code,
        is_rate,
        offence,
        period_label,
        period_start,
        period_end,
        recorded_count,
        availability,
        population_count,
        supplied_rate,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        rate_cell,
        rate_text,
    from staging.recorded_crime_figure
)

select
    measure_code,  -- IN.5 to IN.10
    offence,  -- kind of crime or incident as supplied
    period_label,  -- financial year
    period_start,  -- first day of the year
    period_end,  -- first day after it
    recorded_count,  -- number recorded in the year
    population_count,  -- residents that the rate is of
    case when is_rate then divided(recorded_count * 1000, population_count) end as computed_rate,  -- per 1,000 residents; null for what has none
    supplied_rate,  -- per 1,000 residents as the police state it, rounded
    availability,  -- of the number: value, or why there is none
    note,  -- what the workbook says of missing numbers
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    rate_cell,  -- address of the supplied rate
    rate_text  -- the supplied rate as written
from figures
