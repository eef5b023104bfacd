-- Every figure of every source as the public may see it: small counts of people and what would give them away suppressed.
-- grain: measure x area x period x component x value kind x edition
-- key: measure_code, area_code, period_label, component, value_kind, edition
with
observations as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        component,
        numerator,
        denominator,
        value,
        value_qualifier,
        availability,
        note,
        as_at,
        superseded_on,
        edition,
        origin_id,
    from marts.observation
),

suppressed as (
    select
        figure_key as origin_id,
        bool_or(figure = 'numerator') as hides_numerator,
        bool_or(figure = 'denominator') as hides_denominator,
        bool_or(figure = 'value') as hides_value,
    from marts.suppression
    where table_name = 'observation'
    group by figure_key
)

select
    observations.measure_code,  -- code of the measure
    observations.area_code,  -- GSS code
    observations.period_label,  -- period that the figure is of
    observations.period_start,  -- first day of the period
    observations.period_end,  -- first day after it
    observations.year_type,  -- calendar of the period
    observations.value_kind,  -- actual, interim, forecast or provisional
    observations.component,  -- total, or a named part of it
    case when suppressed.hides_numerator then null else observations.numerator end as numerator,  -- what is counted, of a rate; null where it is suppressed
    case when suppressed.hides_denominator then null else observations.denominator end as denominator,  -- what it is counted against, of a rate; null where it is suppressed
    case when suppressed.hides_value then null else observations.value end as value,  -- the figure, in the measure's unit; null when it is not available or suppressed
    case when suppressed.hides_value then 'exact' else observations.value_qualifier end as value_qualifier,  -- exact, about, at_least or over
    case when suppressed.hides_value then 'suppressed' else observations.availability end as availability,  -- value, not_available, suppressed or not_collected
    case
        when suppressed.hides_value then 'confidential: a count of few people, or what one could be worked out from'
        else observations.note
    end as note,  -- what should be known beside the figure
    observations.as_at,  -- day on which the figure became known
    observations.superseded_on,  -- first day on which a later edition counts in its place; null while it counts
    observations.edition,  -- what tells editions of a figure apart: the workbook's SHA-256 and day of receipt, or the waves as known on a day
    observations.origin_id  -- key of its cells in observation_origin
from observations
left join suppressed on observations.origin_id = suppressed.origin_id
