-- Measures that sources report and the portfolio agreement does not list: shown for context, never rated.
-- grain: measure
-- key: measure_code
with
listed as (
    select
        measure_code,
        measure_name,
        unit,
        year_type,
        owner,
    from (
        values
        ('SECTOR.1', 'Micro organisations (annual income under £10k), share of VCSE organisations', '%', 'snapshot', 'Sector3'),
        ('SECTOR.2', 'Social enterprises', 'Number', 'snapshot', 'Sector3'),
        ('SECTOR.3', 'Social enterprises, share of VCSE organisations', '%', 'snapshot', 'Sector3'),
        ('SECTOR.4', 'Organisations with at least one source of non-public sector funds', '%', 'snapshot', 'Sector3'),
        ('SECTOR.5', 'Organisations that work across specific neighbourhoods and communities', '%', 'snapshot', 'Sector3'),
        ('GRANT.1', 'DWP grants paid', '£', 'financial', 'Financial Resilience'),
        ('GRANT.2', 'Residents supported by DWP grants', 'Number', 'financial', 'Financial Resilience'),
        ('GRANT.3', 'DWP grants allocated', '£', 'financial', 'Financial Resilience'),
        ('GRANT.4', 'Debt cleared for residents by grant recipients', '£', 'financial', 'Financial Resilience')
    ) as contextual (measure_code, measure_name, unit, year_type, owner)
),

-- listed while an edition that gives them is loaded
learners as (
    select distinct
        counted.measure_code,
        named.measure_name,
    from staging.fe_learners_count as counted
    inner join (
        values
        ('FE.APPRENTICESHIPS', 'Learners on apprenticeships, by provider'),
        ('FE.EDUCATION_AND_TRAINING', 'Learners in further education and training, by provider'),
        ('FE.TAILORED_LEARNING', 'Learners in tailored learning, by provider'),
        ('FE.COMMUNITY_LEARNING', 'Learners in community learning, by provider')
    ) as named (measure_code, measure_name)
        on counted.measure_code = named.measure_code
),

residents as (
    select distinct measure_code
    from staging.population_estimate
),

measures as (
    select
        measure_code,
        measure_name,
        'none' as polarity,
        unit,
        year_type,
        owner,
    from listed
    union all
    select
        measure_code,
        measure_name,
        'none' as polarity,
        'Number' as unit,
        'academic' as year_type,
        'Department for Education' as owner,
    from learners
    union all
    select
        measure_code,
        'Residents of all ages' as measure_name,
        'none' as polarity,
        'Number' as unit,
        'snapshot' as year_type,
        'Office for National Statistics' as owner,
    from residents
    union all
    select
        measure_code,
        measure_name,
        'none' as polarity,
        unit,
        'snapshot' as year_type,
        'Inclusive Neighbourhoods' as owner,
    from staging.programme_activity_measure
    union all
    select
        measure_code,
        measure_name,
        'none' as polarity,
        unit,
        'rolling' as year_type,
        'Office for National Statistics' as owner,
    from staging.police_force_areas_measure
    union all
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        year_type,
        'Department for Education' as owner,
    from staging.lait_measure
    union all
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        year_type,
        'Stronger Communities Partnership' as owner,
    from staging.national_indicator_measure
)

select
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    polarity,  -- high or low where the supplier says that one of them is good, else none
    unit,  -- %, Number, £, or a rate such as per 1,000
    year_type,  -- calendar that the measure runs by
    owner  -- who answers for the figures
from measures
