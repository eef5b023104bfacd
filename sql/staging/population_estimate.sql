-- Residents of all ages on 30 June, by area.
-- grain: edition x area
-- key: workbook_sha256, as_at, area_code
with
residents as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        area_code,
        all_ages,
        all_ages_availability,
        all_ages_cell,
        all_ages_text,
    from staged.population_persons
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'population'
)

select
    'POP.ALL' as measure_code,  -- code of the measure
    residents.area_code,  -- GSS code
    residents.period_label,  -- June of the year
    residents.period_start,  -- first day of that month
    residents.period_end,  -- first day after it
    residents.all_ages as resident_count,  -- residents on 30 June
    residents.all_ages_availability as availability,  -- value, or why there is none
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    residents.workbook,  -- file name
    residents.workbook_sha256,  -- SHA-256 of the file
    residents.sheet,  -- sheet
    residents.all_ages_cell as cell,  -- address of the cell
    residents.all_ages_text as cell_text  -- text of the cell
from residents
inner join editions
    on
        residents.workbook_sha256 = editions.workbook_sha256
        and residents.workbook = editions.workbook
        and residents.corrections is not distinct from editions.corrections
