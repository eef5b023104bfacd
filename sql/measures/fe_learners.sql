-- Learners of further education by council, kind of learning and characteristic, as each edition states them.
-- grain: measure x area x academic year or part of it x characteristic x edition
-- key: measure_code, area_code, period_label, component, edition
with
learners as (
    select
        measure_code,
        area_code,
        component,
        period_label,
        period_start,
        period_end,
        year_type,
        learner_count,
        availability,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.fe_learners_count
)

select
    measure_code,  -- FE.APPRENTICESHIPS, FE.EDUCATION_AND_TRAINING, FE.TAILORED_LEARNING or FE.COMMUNITY_LEARNING
    area_code,  -- council that provides
    period_label,  -- academic year, or its months so far
    period_start,  -- first day of the academic year
    period_end,  -- first day after the year, or after its months so far
    year_type,  -- calendar of the period
    'actual' as value_kind,  -- as counted
    component,  -- total, or a group of learners
    'value' as role,  -- the figure stands in one cell
    cast(learner_count as decimal(28, 6)) as amount,  -- learners
    cast(1 as decimal(10, 4)) as factor,  -- as it stands
    'exact' as qualifier,  -- as printed
    availability,  -- value, or suppressed where there are few
    'rounded to the nearest ten' as note,  -- how counts are printed
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts
    workbook_sha256 || ' of ' || as_at as edition,  -- edition: the workbook and the day of its receipt
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the cell
    cell_text  -- text of the cell
from learners
