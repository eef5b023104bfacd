-- Crimes and incidents that the police recorded in the authority in a financial year, each kind under the code of its measure.
-- grain: edition x kind
-- key: workbook_sha256, as_at, measure_code
with
figures as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        offence,
        recorded,
        recorded_availability,
        recorded_cell,
        recorded_text,
        rate,
        rate_cell,
        rate_text,
        population,
        population_cell,
        population_text,
    from staged.recorded_crime_figures
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'recorded_crime'
),

notes as (
    select
        workbook,
        workbook_sha256,
        as_at,
        sheet,
        string_agg(note, ' ' order by row_number) as note,
    from staging.note
    where source = 'recorded_crime'
    group by workbook, workbook_sha256, as_at, sheet
),

measure_codes as (
    select
        measure_code,
        offence,
        is_rate,
    from (
        values
        ('IN.5', 'Domestic abuse: revictimisation', false),
        ('IN.6', 'Victim-based crime', true),
        ('IN.7', 'Violent crime', true),
        ('IN.8', 'Thefts', true),
        ('IN.9', 'Anti-social behaviour incidents', true),
        ('IN.10', 'Public order offences', true)
    ) as listed (measure_code, offence, is_rate)
)

select
    measure_codes.measure_code,  -- IN.5 to IN.10
    measure_codes.is_rate,  -- whether the measure is a rate per 1,000 residents, else the number itself
    figures.offence,  -- kind of crime or incident as supplied
    figures.period_label,  -- financial year
    figures.period_start,  -- first day of the year
    figures.period_end,  -- first day after it
    figures.recorded as recorded_count,  -- number recorded in the year
    figures.recorded_availability as availability,  -- of the number: value, or why there is none
    figures.population as population_count,  -- residents that the rates are of
    figures.rate as supplied_rate,  -- rate per 1,000 residents as the police state it, rounded
    case when figures.recorded is null then notes.note end as note,  -- what the workbook says of missing numbers
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    figures.workbook,  -- file name
    figures.workbook_sha256,  -- SHA-256 of the file
    figures.sheet,  -- sheet
    figures.recorded_cell,  -- address of the number
    figures.recorded_text,  -- number as supplied
    figures.population_cell,  -- address of the population; null where none is said
    figures.population_text,  -- the line that says the population
    figures.rate_cell,  -- address of the rate
    figures.rate_text  -- rate as supplied
from figures
inner join editions
    on
        figures.workbook_sha256 = editions.workbook_sha256
        and figures.workbook = editions.workbook
        and figures.corrections is not distinct from editions.corrections
inner join measure_codes on figures.offence = measure_codes.offence
left join notes
    on
        figures.workbook_sha256 = notes.workbook_sha256
        and figures.workbook = notes.workbook
        and editions.as_at = notes.as_at
        and figures.sheet = notes.sheet
