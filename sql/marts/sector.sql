-- The voluntary, community and social enterprise sector: Stockport beside Greater Manchester, by edition.
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
    stockport.measure_code,  -- code of the measure
    measures.measure_name,  -- name of the indicator
    measures.unit,  -- % or Number
    stockport.period_label,  -- month of the snapshot
    stockport.period_start,  -- first day of that month
    stockport.value_kind,  -- actual, or interim
    stockport.value as stockport_value,  -- figure for Stockport
    stockport.value_qualifier as stockport_qualifier,  -- exact, about, at_least or over
    greater_manchester.value as greater_manchester_value,  -- figure for Greater Manchester, where given
    greater_manchester.value_qualifier as greater_manchester_qualifier,  -- exact, about, at_least or over
    greater_manchester.availability as greater_manchester_availability,  -- value, or not_available
    stockport.note,  -- what a percentage is of
    stockport.as_at,  -- day on which the edition became known
    stockport.superseded_on,  -- first day on which a later edition counts; null while it counts
    stockport.edition,  -- SHA-256 of the workbook and the day of its receipt
    stockport.origin_id,  -- key of the Stockport figure's cell in observation_origin
    greater_manchester.origin_id as greater_manchester_origin_id  -- key of the Greater Manchester figure's cell
from observations as stockport
inner join measures on stockport.measure_code = measures.measure_code
left join observations as greater_manchester
    on
        stockport.measure_code = greater_manchester.measure_code
        and stockport.period_label = greater_manchester.period_label
        and stockport.edition = greater_manchester.edition
        and greater_manchester.area_code = 'E47000001'
where stockport.area_code = 'E08000007'
