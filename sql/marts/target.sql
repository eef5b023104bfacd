-- Targets of the agreements, each for the year that it was set for, with the day of its approval.
-- grain: measure x period x approval
-- key: measure_code, period_label, approved_on, as_at
with
agreement as (
    select
        measure_code,
        agreement_year,
        agreement_start,
        year_type,
        target_type,
        target_value,
        tolerance_value,
        tolerance_kind,
        approved_on,
        as_at,
        superseded_on,
        workbook,
        sheet,
        target_cell,
        target_text,
    from staging.portfolio_agreement_measure
)

select
    measure_code,  -- code of the measure
    case when year_type = 'academic' then agreement_year || ' academic' else agreement_year end as period_label,  -- year that the target is for
    cast(case when year_type = 'academic' then agreement_start + interval 4 month else agreement_start end as date) as period_start,  -- first day of that year
    target_type,  -- numeric, maximise, minimise, none or to_be_confirmed
    target_value,  -- target, in the measure's unit
    tolerance_value,  -- how far below target is still Amber
    tolerance_kind,  -- relative: per cent of the target; absolute: points or the measure's unit
    approved_on,  -- day on which Cabinet approved it
    as_at,  -- day on which it became known
    superseded_on,  -- first day on which a corrected agreement counts; null while it counts
    workbook,  -- file name
    sheet,  -- sheet
    target_cell as cell,  -- address of the target
    target_text as cell_text  -- target as supplied
from agreement
