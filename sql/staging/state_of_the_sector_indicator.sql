-- Indicators of the State of the Sector by area, each under the code of its measure.
-- grain: edition x indicator x area
-- key: workbook_sha256, as_at, measure_code, area_code
with
summary as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        period_start,
        period_end,
        indicator,
        base,
        base_cell,
        interim,
        authority,
        authority_unit,
        authority_qualifier,
        authority_availability,
        authority_cell,
        authority_text,
        greater_manchester,
        greater_manchester_unit,
        greater_manchester_qualifier,
        greater_manchester_availability,
        greater_manchester_cell,
        greater_manchester_text,
    from staged.state_of_the_sector_summary
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'state_of_the_sector'
),

measure_codes as (
    select
        measure_code,
        indicator,
    from (
        values
        ('IN.14', 'Number of VCSE groups'),
        ('IN.14', 'Number of VCSE organisations'),
        ('SECTOR.1', 'Micro organisations (annual income under £10k)'),
        ('SECTOR.2', 'Social enterprises (number)'),
        ('SECTOR.3', 'Social enterprises (% of organisations)'),
        ('SECTOR.4', 'At least one source of non-public sector funds'),
        ('SECTOR.5', 'Work across specific neighbourhoods and communities')
    ) as listed (measure_code, indicator)
),

areas as (
    select
        area_code,
        true as is_authority,
    from staging.authority
    union all
    select
        'E47000001' as area_code,
        false as is_authority,
)

select
    measure_codes.measure_code,  -- code of the measure
    summary.indicator,  -- name of the indicator as supplied
    areas.area_code,  -- GSS code of the authority or Greater Manchester
    summary.period_label,  -- month of the snapshot
    summary.period_start,  -- first day of that month
    summary.period_end,  -- first day after it
    case when areas.is_authority then summary.authority else summary.greater_manchester end as amount,  -- figure, in its unit
    case
        when areas.is_authority then summary.authority_unit else summary.greater_manchester_unit
    end as unit,  -- % or empty for a number
    case
        when areas.is_authority then summary.authority_qualifier else summary.greater_manchester_qualifier
    end as qualifier,  -- exact, about, at_least or over
    case
        when areas.is_authority then summary.authority_availability
        else summary.greater_manchester_availability
    end as availability,  -- value, or why there is none
    summary.interim is not null as is_interim,  -- whether the edition calls itself an interim count
    summary.base as note,  -- what a percentage is of, or a note on the figure
    summary.base_cell as note_cell,  -- address of that note
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    summary.workbook,  -- file name
    summary.workbook_sha256,  -- SHA-256 of the file
    summary.sheet,  -- sheet
    case
        when areas.is_authority then summary.authority_cell else summary.greater_manchester_cell
    end as cell,  -- address of the cell
    case
        when areas.is_authority then summary.authority_text else summary.greater_manchester_text
    end as cell_text  -- text of the cell
from summary
inner join editions
    on
        summary.workbook_sha256 = editions.workbook_sha256
        and summary.workbook = editions.workbook
        and summary.corrections is not distinct from editions.corrections
cross join areas
inner join measure_codes on lower(summary.indicator) = lower(measure_codes.indicator)
