-- Learners of further education by council that provides it, characteristic and kind of learning. Colleges are no areas
-- and are left out. What an edition does not ask for, Tailored Learning before 2024-25, has no row.
-- grain: edition x academic year or part of it x provider x characteristic x kind of learning
-- key: workbook_sha256, as_at, period_label, ukprn, component, measure_code
with
learners as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        provider,
        ukprn,
        academic_year,
        characteristic,
        regexp_extract(academic_year, 'Aug to (\w+)', 1) as last_month,
        cast(substr(academic_year, 1, 4) as integer) as first_year,
        unnest([
            { 'kind': 'APPRENTICESHIPS', 'amount': apprenticeships, 'availability': apprenticeships_availability, 'cell': apprenticeships_cell, 'text': apprenticeships_text },
            { 'kind': 'EDUCATION_AND_TRAINING', 'amount': education_and_training, 'availability': education_and_training_availability, 'cell': education_and_training_cell, 'text': education_and_training_text },
            { 'kind': 'TAILORED_LEARNING', 'amount': tailored_learning, 'availability': tailored_learning_availability, 'cell': tailored_learning_cell, 'text': tailored_learning_text },
            { 'kind': 'COMMUNITY_LEARNING', 'amount': community_learning, 'availability': community_learning_availability, 'cell': community_learning_cell, 'text': community_learning_text }
        ]) as figure,
    from staged.fe_learners_learners
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'fe_learners'
),

councils as (
    select
        area_alias,
        area_code,
    from staging.area
),

-- the latest edition spells these out
renamed as (
    select
        characteristic,
        component,
    from (
        values
        ('lldd - yes', 'lldd - with learning difficulty / disability'),
        ('lldd - no', 'lldd - no learning difficulty / disability')
    ) as listed (characteristic, component)
)

select
    'FE.' || struct_extract(learners.figure, 'kind') as measure_code,  -- code of the measure
    learners.ukprn,  -- UK provider reference number
    learners.provider,  -- provider as supplied
    councils.area_code,  -- GSS code of the council's area
    coalesce(renamed.component, lower(learners.characteristic)) as component,  -- total, or a group of learners as the latest edition names it
    replace(substr(learners.academic_year, 1, 7), '/', '-') || ' academic'
    || case when learners.last_month = '' then '' else ' Aug-' || learners.last_month end as period_label,  -- academic year, or its months so far
    make_date(learners.first_year, 8, 1) as period_start,  -- first day of the academic year
    case learners.last_month
        when 'Oct' then make_date(learners.first_year, 11, 1)
        when 'Jan' then make_date(learners.first_year + 1, 2, 1)
        when 'Apr' then make_date(learners.first_year + 1, 5, 1)
        else make_date(learners.first_year + 1, 8, 1)
    end as period_end,  -- first day after the year, or after its months so far
    case when learners.last_month = '' then 'academic' else 'months' end as year_type,  -- academic, or months for a part of the year
    struct_extract(learners.figure, 'amount') as learner_count,  -- learners, rounded to the nearest ten
    struct_extract(learners.figure, 'availability') as availability,  -- value, or suppressed where there are few
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    learners.workbook,  -- file name
    learners.workbook_sha256,  -- SHA-256 of the file
    learners.sheet,  -- sheet
    struct_extract(learners.figure, 'cell') as cell,  -- address of the cell
    struct_extract(learners.figure, 'text') as cell_text  -- text of the cell
from learners
inner join editions
    on
        learners.workbook_sha256 = editions.workbook_sha256
        and learners.workbook = editions.workbook
        and learners.corrections is not distinct from editions.corrections
inner join councils
    on lower(regexp_extract(learners.provider, '(?i)^(.+) (metropolitan borough|city) council$', 1)) = lower(councils.area_alias)
left join renamed on lower(learners.characteristic) = renamed.characteristic
where struct_extract(learners.figure, 'cell') is not null
