-- The voluntary, community and social enterprise sector: the authority beside Greater Manchester, by edition.
-- grain: indicator x month x edition
-- key: measure_code, period_label, edition
with
observations as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        value_kind,
        value,
        value_qualifier,
        availability,
        note,
        as_at,
        superseded_on,
        edition,
        origin_id,
    from marts.observation
    where component = 'total' and measure_code in (select measure_code from staging.state_of_the_sector_indicator)
),

measures as (
    select
        measure_code,
        measure_name,
        unit,
    from marts.measure
)

select
    own.measure_code,  -- code of the measure
    measures.measure_name,  -- name of the indicator
    measures.unit,  -- % or Number
    own.period_label,  -- month of the snapshot
    own.period_start,  -- first day of that month
    own.value_kind,  -- actual, or interim
    own.value as authority_value,  -- figure for the authority
    own.value_qualifier as authority_qualifier,  -- exact, about, at_least or over
    case when own.area_code = 'E08000007' then own.value end as stockport_value,  -- the same where the authority is Stockport, else null
    case when own.area_code = 'E08000007' then own.value_qualifier end as stockport_qualifier,  -- the same where the authority is Stockport, else null
    greater_manchester.value as greater_manchester_value,  -- figure for Greater Manchester, where given
    greater_manchester.value_qualifier as greater_manchester_qualifier,  -- exact, about, at_least or over
    greater_manchester.availability as greater_manchester_availability,  -- value, or not_available
    own.note,  -- what a percentage is of
    own.as_at,  -- day on which the edition became known
    own.superseded_on,  -- first day on which a later edition counts; null while it counts
    own.edition,  -- SHA-256 of the workbook and the day of its receipt
    own.origin_id,  -- key of the authority's figure's cell in observation_origin
    greater_manchester.origin_id as greater_manchester_origin_id  -- key of the Greater Manchester figure's cell
from observations as own
inner join measures on own.measure_code = measures.measure_code
left join observations as greater_manchester
    on
        own.measure_code = greater_manchester.measure_code
        and own.period_label = greater_manchester.period_label
        and own.edition = greater_manchester.edition
        and greater_manchester.area_code = 'E47000001'
where own.area_code in (select area_code from staging.authority)
