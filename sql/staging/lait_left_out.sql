-- What of the current extract becomes no observation, and why: measures that the data dictionary does not define, and
-- areas whose name no loaded edition gives a GSS code.
-- grain: reason x measure or area
-- key: check_name, subject, workbook_sha256
with
current_edition as (
    select
        workbook,
        workbook_sha256,
        corrections,
    from staging.edition
    where source = 'lait' and superseded_on is null
),

figures as (
    select
        figures.measure_short,
        figures.la_number,
        figures.workbook,
        figures.workbook_sha256,
        figures.corrections,
        figures.sheet,
        figures.row_number,
        figures.figure_cell as cell,
    from staged.lait_figures as figures
    inner join current_edition
        on
            figures.workbook_sha256 = current_edition.workbook_sha256
            and figures.workbook = current_edition.workbook
            and figures.corrections is not distinct from current_edition.corrections
),

left_out as (
    select
        'measure_without_definition' as check_name,
        measure_short as subject,
        'The data dictionary does not define it, so its years and unit are not known.' as explanation,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
        cell,
    from figures
    where measure_short not in (select measure_short from staging.lait_measure)
    union all
    select
        'area_without_code' as check_name,
        areas.area as subject,
        'No loaded edition gives a GSS code to an area of this name.' as explanation,
        figures.workbook,
        figures.workbook_sha256,
        figures.sheet,
        figures.row_number,
        figures.cell,
    from figures
    inner join staging.lait_area as areas on figures.la_number = areas.la_number
    where areas.area_code is null
)

select
    check_name,  -- measure_without_definition or area_without_code
    subject,  -- the measure or area
    explanation,  -- why its figures become no observations
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    arg_min(cell, row_number) as cell  -- address of the first figure that is left out
from left_out
group by check_name, subject, explanation, workbook, workbook_sha256, sheet
