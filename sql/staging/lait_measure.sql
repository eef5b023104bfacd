-- Measures of the Local Authority Interactive Tool that its data dictionary defines; without it their years mean nothing.
-- grain: measure
-- key: measure_short
with
figures as (
    select distinct measure_short
    from staged.lait_figures
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
    from staging.edition
    where source = 'lait' and superseded_on is null
),

dictionary as (
    select
        entries.measure_short,
        entries.measure_name,
        entries.polarity,
        entries.unit,
        entries.year_type,
    from staged.lait_dictionary as entries
    inner join editions
        on
            entries.workbook_sha256 = editions.workbook_sha256
            and entries.workbook = editions.workbook
            and entries.corrections is not distinct from editions.corrections
)

select
    figures.measure_short,  -- short name that the figures bear
    'LAIT.' || trim(regexp_replace(upper(figures.measure_short), '[^A-Z0-9]+', '_', 'g'), '_') as measure_code,  -- code of the measure
    dictionary.measure_name,  -- name of the measure
    case dictionary.polarity when 'High' then 'high' when 'Low' then 'low' else 'none' end as polarity,  -- high or low where one of them is good, else none
    case
        when starts_with(dictionary.unit, '%') then '%'
        when regexp_matches(dictionary.unit, '^Rate per [\d,]+')
            then 'per ' || format('{:,}', cast(replace(regexp_extract(dictionary.unit, '^Rate per ([\d,]+)', 1), ',', '') as integer))
        else dictionary.unit
    end as unit,  -- %, per 1,000, per 10,000, per 100,000, or the dictionary's words
    case dictionary.year_type
        when 'Academic Year' then 'academic'
        when 'Financial Year' then 'financial'
        when 'Annual - January' then 'snapshot'
        else 'calendar'
    end as year_type  -- calendar that the measure runs by: academic, financial, snapshot or calendar
from figures
inner join dictionary on figures.measure_short = dictionary.measure_short
