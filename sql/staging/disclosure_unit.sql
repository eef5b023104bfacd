-- What the figures of a measure count, where they do not count people, or where who publishes them has applied a rule of
-- their own. A measure that is not listed counts people, unless it is an amount of money: what nobody has looked at is
-- suppressed too often rather than too seldom. Measures without a lasting code are listed by name.
-- grain: measure
-- key: measure_code
with
declared as (
    select
        measure,
        counted,
        is_own,
    from (
        values
        ('IN.1.1', 'applications of organisations', true),
        ('IN.1.2', 'awards to organisations', true),
        ('IN.2', 'events', true),
        ('IN.6', 'offences', true),
        ('IN.7', 'offences', true),
        ('IN.8', 'offences', true),
        ('IN.9', 'incidents', true),
        ('IN.10', 'offences', true),
        ('IN.11', 'answers of a sample of hundreds', true),
        ('IN.12', 'answers of a sample of hundreds', true),
        ('IN.13', 'answers of a sample of hundreds', true),
        ('IN.14', 'organisations', true),
        ('Number of successful first-time applicants', 'organisations', true),
        ('Number of successful repeat applicants', 'organisations', true),
        ('Number of community networks representing communities of identity', 'networks', true),
        ('Organisations engaged with Sector3', 'organisations', true),
        ('SECTOR.1', 'organisations', true),
        ('SECTOR.2', 'organisations', true),
        ('SECTOR.3', 'organisations', true),
        ('SECTOR.4', 'organisations', true),
        ('SECTOR.5', 'organisations', true),
        ('ACTIVITY.COMMUNITY_CHAMPIONS.CHAMPION_ORGANISATIONS', 'organisations', true),
        ('ACTIVITY.COMMUNITY_CHAMPIONS.ORGANISATIONS_WITH_MICRO_GRANTS', 'organisations', true),
        ('ACTIVITY.VOLUNTEER_HUB.VACCINATION_SESSIONS_SUPPORTED', 'sessions', true)
    ) as listed (measure, counted, is_own)
),

named as (
    select
        measure_name,
        measure_code,
    from staging.measure_by_name
),

-- official statistics: public before they came here, with the suppression of those who publish them
published as (
    select measure_code
    from staging.lait_measure
    union
    select measure_code
    from staging.fe_learners_count
    union
    select measure_code
    from staging.population_estimate
    union
    select measure_code
    from staging.police_force_areas_measure
),

listed as (
    select
        coalesce(named.measure_code, declared.measure) as measure_code,
        declared.counted,
        declared.is_own,
    from declared
    left join named on declared.measure = named.measure_name
    union all
    select
        measure_code,
        'as its publisher has suppressed it' as counted,
        false as is_own,
    from published
)

select
    measure_code,  -- code of the measure
    any_value(counted) as counted,  -- what its figures count, none of them people of whom few could be told apart
    bool_or(is_own) as is_own  -- whether the figures are the council's and its partners' own; false for official statistics
from listed
group by measure_code
