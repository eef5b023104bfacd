-- Offences that the police recorded in twelve months per 1,000 residents, or households, by area and offence group.
-- grain: edition x area x offence group
-- key: workbook_sha256, as_at, area_code, area_name, offence
with
offences as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        area_code,
        area_name,
        unnest([
            { 'offence': 'total', 'amount': total, 'availability': total_availability, 'cell': total_cell, 'text': total_text },
            { 'offence': 'violence', 'amount': violence, 'availability': violence_availability, 'cell': violence_cell, 'text': violence_text },
            { 'offence': 'homicide', 'amount': homicide, 'availability': homicide_availability, 'cell': homicide_cell, 'text': homicide_text },
            { 'offence': 'violence_with_injury', 'amount': violence_with_injury, 'availability': violence_with_injury_availability, 'cell': violence_with_injury_cell, 'text': violence_with_injury_text },
            { 'offence': 'violence_without_injury', 'amount': violence_without_injury, 'availability': violence_without_injury_availability, 'cell': violence_without_injury_cell, 'text': violence_without_injury_text },
            { 'offence': 'stalking_and_harassment', 'amount': stalking_and_harassment, 'availability': stalking_and_harassment_availability, 'cell': stalking_and_harassment_cell, 'text': stalking_and_harassment_text },
            { 'offence': 'unlawful_driving', 'amount': unlawful_driving, 'availability': unlawful_driving_availability, 'cell': unlawful_driving_cell, 'text': unlawful_driving_text },
            { 'offence': 'sexual_offences', 'amount': sexual_offences, 'availability': sexual_offences_availability, 'cell': sexual_offences_cell, 'text': sexual_offences_text },
            { 'offence': 'robbery', 'amount': robbery, 'availability': robbery_availability, 'cell': robbery_cell, 'text': robbery_text },
            { 'offence': 'theft', 'amount': theft, 'availability': theft_availability, 'cell': theft_cell, 'text': theft_text },
            { 'offence': 'burglary', 'amount': burglary, 'availability': burglary_availability, 'cell': burglary_cell, 'text': burglary_text },
            { 'offence': 'residential_burglary', 'amount': residential_burglary, 'availability': residential_burglary_availability, 'cell': residential_burglary_cell, 'text': residential_burglary_text },
            { 'offence': 'residential_burglary_households', 'amount': residential_burglary_households, 'availability': residential_burglary_households_availability, 'cell': residential_burglary_households_cell, 'text': residential_burglary_households_text },
            { 'offence': 'non_residential_burglary', 'amount': non_residential_burglary, 'availability': non_residential_burglary_availability, 'cell': non_residential_burglary_cell, 'text': non_residential_burglary_text },
            { 'offence': 'vehicle_offences', 'amount': vehicle_offences, 'availability': vehicle_offences_availability, 'cell': vehicle_offences_cell, 'text': vehicle_offences_text },
            { 'offence': 'theft_from_the_person', 'amount': theft_from_the_person, 'availability': theft_from_the_person_availability, 'cell': theft_from_the_person_cell, 'text': theft_from_the_person_text },
            { 'offence': 'bicycle_theft', 'amount': bicycle_theft, 'availability': bicycle_theft_availability, 'cell': bicycle_theft_cell, 'text': bicycle_theft_text },
            { 'offence': 'shoplifting', 'amount': shoplifting, 'availability': shoplifting_availability, 'cell': shoplifting_cell, 'text': shoplifting_text },
            { 'offence': 'other_theft', 'amount': other_theft, 'availability': other_theft_availability, 'cell': other_theft_cell, 'text': other_theft_text },
            { 'offence': 'criminal_damage_and_arson', 'amount': criminal_damage_and_arson, 'availability': criminal_damage_and_arson_availability, 'cell': criminal_damage_and_arson_cell, 'text': criminal_damage_and_arson_text },
            { 'offence': 'drug_offences', 'amount': drug_offences, 'availability': drug_offences_availability, 'cell': drug_offences_cell, 'text': drug_offences_text },
            { 'offence': 'possession_of_weapons', 'amount': possession_of_weapons, 'availability': possession_of_weapons_availability, 'cell': possession_of_weapons_cell, 'text': possession_of_weapons_text },
            { 'offence': 'public_order', 'amount': public_order, 'availability': public_order_availability, 'cell': public_order_cell, 'text': public_order_text },
            { 'offence': 'miscellaneous', 'amount': miscellaneous, 'availability': miscellaneous_availability, 'cell': miscellaneous_cell, 'text': miscellaneous_text }
        ]) as figure,
    from staged.police_force_areas_rates
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'police_force_areas'
)

select
    offences.area_code,  -- GSS code; null for the British Transport Police
    offences.area_name,  -- force area, region or country as supplied
    struct_extract(offences.figure, 'offence') as offence,  -- offence group
    offences.period_label,  -- twelve months
    offences.period_start,  -- first day of the twelve months
    offences.period_end,  -- first day after them
    struct_extract(offences.figure, 'amount') as offence_rate,  -- offences per 1,000 residents or households
    struct_extract(offences.figure, 'availability') as availability,  -- value, or why there is none
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    offences.workbook,  -- file name
    offences.workbook_sha256,  -- SHA-256 of the file
    offences.sheet,  -- sheet
    struct_extract(offences.figure, 'cell') as cell,  -- address of the cell
    struct_extract(offences.figure, 'text') as cell_text  -- text of the cell
from offences
inner join editions
    on
        offences.workbook_sha256 = editions.workbook_sha256
        and offences.workbook = editions.workbook
        and offences.corrections is not distinct from editions.corrections
