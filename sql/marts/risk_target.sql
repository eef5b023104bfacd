-- Targets that are weaker than what was already reached: they ask for less than the last outturn that was known when they
-- were approved, or that was known when the quarter was reported.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        report_year,
        academic_year,
        known_by,
    from marts.reporting_quarter
),

definitions as (
    select
        defined.report_quarter,
        defined.measure_code,
        defined.target_value,
        quarters.known_by,
        case defined.year_type when 'academic' then quarters.academic_year else quarters.report_year end as this_year,
    from marts.rating_definition as defined
    inner join quarters on defined.report_quarter = quarters.report_quarter
),

targets as (
    select
        measure_code,
        period_label,
        known,
        target_value,
        outturn_period,
        outturn_value,
        weaker_by,
        greatest(approved_on, outturn_known_on) as known_on,
        -- the outturn of now may be the one that the approval knew
        case when outturn_known_on <= approved_on then 'when approved' else known end as basis,
        workbook,
        sheet,
        cell,
    from marts.target_beside_outturn
    where weaker_by > 0
)

select
    definitions.report_quarter,  -- label of the quarter
    definitions.measure_code,  -- code of the measure
    targets.target_value as value,  -- target, in the measure's unit
    targets.period_label as value_period,  -- year that it is for
    targets.outturn_value as against_value,  -- outturn, as it is printed
    targets.outturn_period as against_period,  -- year of the outturn
    divided(targets.weaker_by * 100, abs(targets.outturn_value)) as gap_pct,  -- how much less the target asks for, as % of the outturn
    targets.basis,  -- when approved: this outturn was known by then; or now: it became known since
    targets.workbook,  -- file name of the target
    targets.sheet,  -- sheet
    targets.cell  -- address of the target
from definitions
inner join targets
    on
        definitions.measure_code = targets.measure_code
        and definitions.this_year = targets.period_label
        and definitions.target_value = targets.target_value
        and definitions.known_by >= targets.known_on
-- what is known now goes before what was known when it was approved
qualify row_number() over (partition by definitions.report_quarter, definitions.measure_code order by targets.known = 'now' desc) = 1
