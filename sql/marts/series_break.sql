-- Breaks in the series of measures, as each reporting quarter knew them: figures before and after are not of the same
-- thing, or not of the same place. A break in the series that a renumbered measure goes on from is one in its own.
-- grain: reporting quarter x measure x day
-- key: report_quarter, measure_code, break_on
with
quarters as (
    select
        report_quarter,
        known_by,
    from marts.reporting_quarter
),

breaks as (
    select
        measure_code,
        valid_from,
        changed,
        as_at,
        superseded_on,
    from marts.measure_history
    where breaks_series
),

series as (
    select
        measure_code,
        member_code,
        figures_until,
        as_at,
        superseded_on,
    from marts.measure_series
),

all_breaks as (
    select
        measure_code,
        valid_from,
        changed,
        as_at,
        superseded_on,
    from breaks
    union all
    select
        series.measure_code,
        breaks.valid_from,
        breaks.changed,
        greatest(series.as_at, breaks.as_at) as as_at,
        least(series.superseded_on, breaks.superseded_on) as superseded_on,
    from series
    inner join breaks
        on
            series.member_code = breaks.measure_code
            and coalesce(breaks.valid_from < series.figures_until, true)
    union all
    -- another boundary of the authority is a break in all its series
    select
        agreement.measure_code,
        changes.changed_on as valid_from,
        'boundary of the area' as changed,
        changes.changed_on as as_at,
        null as superseded_on,
    from staging.portfolio_agreement_measure as agreement
    cross join staging.area_change as changes
    inner join staging.area on changes.new_code = area.area_code and area.is_authority
    where changes.change_kind <> 'recoded'
)

select
    quarters.report_quarter,  -- label of the quarter
    all_breaks.measure_code,  -- code of the measure
    all_breaks.valid_from as break_on,  -- first day of the measure as it is defined since
    min(all_breaks.changed) as changed  -- what was redefined
from quarters
inner join all_breaks
    on
        all_breaks.as_at <= quarters.known_by
        and coalesce(quarters.known_by < all_breaks.superseded_on, true)
group by quarters.report_quarter, all_breaks.measure_code, all_breaks.valid_from
