-- For each reporting quarter, the definition and target of every measure as they were known.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        report_year,
        academic_year,
        year_start,
        known_by,
    from marts.reporting_quarter
),

agreement as (
    select
        measure_code,
        measure_name,
        priority,
        polarity,
        is_contextual,
        unit,
        year_type,
        frequency,
        rated_on,
        forecast_method,
        agreement_start,
        as_at,
        superseded_on,
        workbook_sha256,
    from staging.portfolio_agreement_measure
),

targets as (
    select
        measure_code,
        period_label,
        target_type,
        target_value,
        tolerance_value,
        tolerance_kind,
        as_at,
        superseded_on,
    from marts.target
),

editions as (
    select distinct
        agreement_start,
        as_at,
        superseded_on,
        workbook_sha256,
    from agreement
),

-- definitions apply to earlier quarters too: the agreement in force, else the first there was
ranked as (
    select
        quarters.report_quarter,
        editions.workbook_sha256,
        editions.as_at,
        row_number() over (
            partition by quarters.report_quarter
            order by
                case when editions.as_at <= quarters.known_by and coalesce(quarters.known_by < editions.superseded_on, true) then 0 else 1 end,
                case when editions.agreement_start <= quarters.year_start then 0 else 1 end,
                abs(date_diff('day', editions.agreement_start, quarters.year_start)),
                editions.as_at
        ) as preference,
    from quarters
    cross join editions
)

select
    ranked.report_quarter,  -- label of the quarter
    agreement.measure_code,  -- code of the measure
    agreement.measure_name,  -- name of the measure
    agreement.priority,  -- priority that it serves
    agreement.polarity,  -- high, low or none
    agreement.is_contextual,  -- shown for context, never rated
    agreement.unit,  -- %, Number, £ or per 1,000
    agreement.year_type,  -- calendar that the measure runs by
    agreement.frequency,  -- how often it is reported: Quarterly or Annual
    agreement.rated_on,  -- Forecast, Year to date or Latest
    agreement.forecast_method,  -- how a year-end figure is come by
    coalesce(targets.target_type, 'none') as target_type,  -- none where the year has no target
    targets.target_value,  -- target, in the measure's unit
    coalesce(targets.tolerance_value, 5) as tolerance_value,  -- how far below target is still Amber
    coalesce(targets.tolerance_kind, 'relative') as tolerance_kind  -- relative or absolute
from ranked
inner join quarters on ranked.report_quarter = quarters.report_quarter
inner join agreement
    on ranked.workbook_sha256 = agreement.workbook_sha256 and ranked.as_at = agreement.as_at and ranked.preference = 1
left join targets
    on
        agreement.measure_code = targets.measure_code
        and targets.period_label
        = case when agreement.year_type = 'academic' then quarters.academic_year else quarters.report_year end
        and targets.as_at <= quarters.known_by
        and coalesce(quarters.known_by < targets.superseded_on, true)
