-- Targets of the national indicators of 2010/11, year by year: approved ones, those put forward and not decided, and none.
-- Only what is approved is a target; a proposed figure stands in a column of its own.
-- grain: edition x indicator x year
-- key: workbook_sha256, as_at, indicator_code, period_label
with
targets as (
    select
        indicator_code,
        indicator,
        indicator_title,
        period_label,
        period_start,
        target_value,
        unit,
        standing,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        sheet_row,
        cell,
        cell_text,
    from staging.national_indicator_target
)

select
    indicator_code,  -- NI. and a number, or LOCAL. and a name
    indicator,  -- number as printed; null for a local indicator
    indicator_title,  -- what it measures
    period_label,  -- financial year
    period_start,  -- first day of that year
    standing,  -- approved; proposed, to be considered at a later date; or none
    case standing when 'approved' then 'numeric' when 'proposed' then 'to_be_confirmed' else 'none' end as target_type,  -- numeric, to_be_confirmed or none
    case when standing = 'approved' then target_value end as target_value,  -- approved target, in its unit
    case when standing = 'proposed' then target_value end as proposed_value,  -- figure put forward and not approved, in its unit
    unit,  -- % or empty for a number
    note,  -- note of the supplier
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    sheet_row,  -- row of the sheet
    cell,  -- address of the target; null where none is given
    cell_text  -- target as supplied
from targets
