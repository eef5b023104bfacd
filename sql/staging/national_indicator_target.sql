-- Targets of the national indicators workbooks by year: the edition's own and the next.
-- grain: edition x indicator x year
-- key: workbook_sha256, as_at, indicator_code, period_label
with
targets as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        indicator,
        indicator_title,
        note,
        unnest([
            {
                'first_year': year(period_start),
                'figure': target,
                'unit': target_unit,
                'availability': target_availability,
                'cell': target_cell,
                'text': target_text
            },
            {
                'first_year': year(period_end),
                'figure': next_target,
                'unit': next_target_unit,
                'availability': next_target_availability,
                'cell': next_target_cell,
                'text': next_target_text
            }
        ]) as target,
    from staged.national_indicators_targets
),

names as (
    select
        indicator,
        indicator_code,
    from staging.national_indicator_name
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'national_indicators'
),

dated as (
    select
        targets.*,
        struct_extract(target, 'first_year') as first_year,
        lpad(cast((struct_extract(target, 'first_year') + 1) % 100 as varchar), 2, '0') as second_year,
        -- a note of a later decision names the year that it is about
        regexp_extract(note, '^(\d{4}/\d{2}) to be considered', 1) as year_to_be_considered,
    from targets
)

select
    names.indicator_code,  -- code of the indicator
    dated.indicator,  -- number as supplied; null for a local indicator
    dated.indicator_title,  -- what it measures
    first_year || '-' || second_year as period_label,  -- financial year that the target is for
    make_date(first_year, 4, 1) as period_start,  -- first day of that year
    case when struct_extract(target, 'availability') = 'value' then struct_extract(target, 'figure') end as target_value,  -- target in its unit; null where none is given
    struct_extract(target, 'unit') as unit,  -- % or empty for a number
    case
        when struct_extract(target, 'availability') <> 'value' then 'none'
        when year_to_be_considered = first_year || '/' || second_year then 'proposed'
        else 'approved'
    end as standing,  -- approved; proposed, to be considered later; or none
    dated.note,  -- note of the supplier
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    dated.workbook,  -- file name
    dated.workbook_sha256,  -- SHA-256 of the file
    dated.sheet,  -- sheet
    dated.row_number as sheet_row,  -- row of the sheet
    struct_extract(target, 'cell') as cell,  -- address of the target; null where none is given
    struct_extract(target, 'text') as cell_text  -- target as supplied
from dated
inner join names on coalesce(dated.indicator, dated.indicator_title) = names.indicator
inner join editions
    on
        dated.workbook_sha256 = editions.workbook_sha256
        and dated.workbook = editions.workbook
        and dated.corrections is not distinct from editions.corrections
