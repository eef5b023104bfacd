-- The figures of the two years before a reporting quarter, for the columns that stand beside the rated value: year-ends,
-- rolling years to the financial year's eve, or the snapshots before the latest.
-- grain: reporting quarter x measure x years back
-- key: report_quarter, measure_code, years_back
with
quarters as (
    select
        report_quarter,
        report_year,
        academic_year,
        year_start,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        year_type,
    from marts.rating_definition
),

known as (
    select
        report_quarter,
        measure_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        value,
        origin_id,
    from marts.known_observation
),

rated as (
    select
        report_quarter,
        measure_code,
        value_period,
    from marts.rated_value
),

last_breaks as (
    select
        report_quarter,
        measure_code,
        max(break_on) as break_on,
    from marts.series_break
    group by report_quarter, measure_code
),

placed as (
    select
        known.report_quarter,
        known.measure_code,
        known.period_label,
        known.period_start,
        known.value_kind,
        known.value,
        known.origin_id,
        case definitions.year_type
            when 'academic'
                then cast(substr(quarters.academic_year, 1, 4) as integer) - cast(substr(known.period_label, 1, 4) as integer)
            when 'financial' then year(quarters.year_start) - year(known.period_start)
            when 'rolling'
                then year(quarters.year_start) - year(known.period_end) + 1
            else
                row_number() over (
                    partition by known.report_quarter, known.measure_code, definitions.year_type
                    order by known.period_end desc
                ) - 1
        end as years_back,
    from known
    inner join definitions
        on known.report_quarter = definitions.report_quarter and known.measure_code = definitions.measure_code
    inner join quarters on known.report_quarter = quarters.report_quarter
    where
        known.year_type = definitions.year_type
        and (definitions.year_type <> 'rolling' or month(known.period_end) = month(quarters.year_start))
)

select
    placed.report_quarter,  -- label of the quarter
    placed.measure_code,  -- code of the measure
    placed.years_back,  -- 1 for the year (or snapshot) before, 2 for the one before that
    placed.period_label,  -- what the figure is of
    placed.value_kind,  -- actual, provisional, interim or forecast
    placed.value,  -- the figure, in the measure's unit
    coalesce(placed.period_start < last_breaks.break_on, false) as is_before_break,  -- whether the measure was redefined since, so that it is not comparable
    placed.origin_id  -- key of its cells in observation_origin
from placed
left join last_breaks
    on placed.report_quarter = last_breaks.report_quarter and placed.measure_code = last_breaks.measure_code
left join rated on placed.report_quarter = rated.report_quarter and placed.measure_code = rated.measure_code
where placed.years_back in (1, 2) and coalesce(placed.period_label <> rated.value_period, true)
