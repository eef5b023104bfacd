-- Offence groups as measures: the number of offences, and their rate per 1,000 residents or households.
-- grain: measure
-- key: measure_code
with
groups as (
    select
        offence,
        offence_name,
    from (
        values
        ('total', 'All offences but fraud'),
        ('violence', 'Violence against the person'),
        ('homicide', 'Homicide'),
        ('violence_with_injury', 'Violence with injury'),
        ('violence_without_injury', 'Violence without injury'),
        ('stalking_and_harassment', 'Stalking and harassment'),
        ('unlawful_driving', 'Death or serious injury by unlawful driving'),
        ('sexual_offences', 'Sexual offences'),
        ('robbery', 'Robbery'),
        ('theft', 'Theft offences'),
        ('burglary', 'Burglary'),
        ('residential_burglary', 'Residential burglary'),
        ('residential_burglary_households', 'Residential burglary'),
        ('non_residential_burglary', 'Non-residential burglary'),
        ('vehicle_offences', 'Vehicle offences'),
        ('theft_from_the_person', 'Theft from the person'),
        ('bicycle_theft', 'Bicycle theft'),
        ('shoplifting', 'Shoplifting'),
        ('other_theft', 'Other theft offences'),
        ('criminal_damage_and_arson', 'Criminal damage and arson'),
        ('drug_offences', 'Drug offences'),
        ('possession_of_weapons', 'Possession of weapons offences'),
        ('public_order', 'Public order offences'),
        ('miscellaneous', 'Miscellaneous crimes against society')
    ) as listed (offence, offence_name)
),

numbers as (
    select distinct offence
    from staging.police_force_areas_offences
),

rates as (
    select distinct offence
    from staging.police_force_areas_rates
)

select
    'PFA.' || upper(groups.offence) as measure_code,  -- code of the measure, such as PFA.ROBBERY or PFA.ROBBERY.RATE
    groups.offence,  -- offence group
    groups.offence_name || ', recorded by the police' as measure_name,  -- name of the measure
    'Number' as unit,  -- Number, per 1,000 or per 1,000 households
    false as is_rate  -- whether it is a rate
from groups
inner join numbers on groups.offence = numbers.offence
union all
select
    'PFA.' || upper(groups.offence) || '.RATE' as measure_code,
    groups.offence,
    groups.offence_name || ', recorded by the police, rate' as measure_name,
    case groups.offence when 'residential_burglary_households' then 'per 1,000 households' else 'per 1,000' end as unit,
    true as is_rate,
from groups
inner join rates on groups.offence = rates.offence
