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
        observations.*,
        row_number() over (
            partition by quarters.report_quarter, observations.measure_code, observations.period_label
            order by
                case when observations.availability = 'value' then 0 else 1 end,
                case observations.value_kind when 'actual' then 1 when 'provisional' then 2 when 'interim' then 3 else 4 end,
                -- a later quarter's forecast goes before an earlier one's, however late that was corrected
                editions.edition_period desc nulls last,
                observations.as_at desc,
                observations.edition desc
        ) as preference,
    from quarters
    inner join observations
        on
            observations.as_at <= quarters.known_by
            and coalesce(quarters.known_by < observations.superseded_on, true)
            and observations.period_start <= quarters.cut_off
    left join editions on observations.edition = editions.edition
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
