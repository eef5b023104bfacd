-- For each reporting quarter, the figure of every period that was known: an actual before any forecast, then the latest.
-- grain: reporting quarter x measure x period, of the authority itself, total only
-- key: report_quarter, measure_code, period_label
with
quarters as (
    select
        report_quarter,
        cut_off,
        known_by,
    from marts.reporting_quarter
),

observations as (
    select
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.period_end,
        observation.year_type,
        observation.value_kind,
        observation.value,
        observation.availability,
        observation.as_at,
        observation.superseded_on,
        observation.edition,
        observation.origin_id,
    from marts.observation
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where observation.component = 'total'
),

-- a renumbered measure has the figures of its earlier codes too
series as (
    select
        measure_code,
        member_code,
        figures_until,
        as_at as known_from,
        superseded_on as known_until,
    from marts.measure_series
),

figures as (
    select
        observations.*,
        measure_code as own_code,
        cast(null as date) as known_from,
        cast(null as date) as known_until,
    from observations
    union all
    select
        observations.* replace (series.measure_code as measure_code),
        observations.measure_code as own_code,
        series.known_from,
        series.known_until,
    from observations
    inner join series
        on
            observations.measure_code = series.member_code
            and coalesce(observations.period_start < series.figures_until, true)
),

editions as (
    select
        workbook_sha256 || ' of ' || as_at as edition,
        max(period_label) as edition_period,
    from staging.edition
    group by all
),

ranked as (
    select
        quarters.report_quarter,
        figures.*,
        row_number() over (
            partition by quarters.report_quarter, figures.measure_code, figures.period_label
            order by
                case when figures.availability = 'value' then 0 else 1 end,
                case figures.value_kind when 'actual' then 1 when 'provisional' then 2 when 'interim' then 3 else 4 end,
                case when figures.own_code = figures.measure_code then 0 else 1 end,
                -- a later quarter's forecast goes before an earlier one's, however late that was corrected
                editions.edition_period desc nulls last,
                figures.as_at desc,
                figures.edition desc
        ) as preference,
    from quarters
    inner join figures
        on
            figures.as_at <= quarters.known_by
            and coalesce(quarters.known_by < figures.superseded_on, true)
            and figures.period_start <= quarters.cut_off
            and coalesce(figures.known_from <= quarters.known_by, true)
            and coalesce(quarters.known_by < figures.known_until, true)
    left join editions on figures.edition = editions.edition
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    period_label,  -- period that the figure is of
    period_start,  -- first day of the period
    period_end,  -- first day after it
    year_type,  -- calendar of the period
    value_kind,  -- actual, provisional, interim or forecast
    value,  -- the figure, in the measure's unit
    availability,  -- value, or why there is none
    as_at,  -- day on which it became known
    origin_id  -- key of its cells in observation_origin
from ranked
where preference = 1
