-- Every figure that counts people and could be public, with the sums that it is a part or the total of.
-- grain: figure
-- key: table_name, figure_key, figure
with
observations as (
    select
        observation.origin_id,
        observation.measure_code,
        observation.component,
        observation.year_type,
        observation.superseded_on,
        observation.as_at,
        observation.edition,
        measures.unit,
        concat_ws('|', observation.measure_code, observation.area_code) as measured,
        concat_ws('|', observation.period_label, observation.value_kind) as measured_when,
        year(observation.period_start) - case when month(observation.period_start) < 4 then 1 else 0 end as financial_year,
        unnest(case when observation.numerator is null then ['value'] else ['numerator', 'denominator'] end) as figure,
    from marts.observation as observation
    inner join marts.measure as measures on observation.measure_code = measures.measure_code
    left join staging.disclosure_unit as declared on observation.measure_code = declared.measure_code
    where
        declared.measure_code is null
        and measures.unit <> '£'
        and (observation.numerator is not null or measures.unit = 'Number')
        and (observation.numerator is not null or observation.availability in ('value', 'suppressed'))
),

lines as (
    select
        scheme,
        strand,
        recipient,
        as_at,
        workbook_sha256,
        unnest(['residents_count', 'households_count']) as figure,
        workbook_sha256 || ' of ' || as_at as edition,
    from marts.grants
),

schemes as (
    select
        scheme,
        period_start,
        as_at,
        workbook_sha256,
        unnest(['residents_count', 'households_count']) as figure,
        workbook_sha256 || ' of ' || as_at as edition,
    from marts.grant_scheme
),

events as (
    select
        period_label,
        event,
        as_at,
        workbook_sha256,
    from marts.sector_event
)

select
    'observation' as table_name,  -- mart that the figure stands in
    origin_id as figure_key,  -- its row there
    figure,  -- its column there
    concat_ws('|', measured, measured_when, component, figure) as series,  -- what it is of, whatever the edition
    as_at,  -- day on which it became known
    list_filter([
        { 'sum_id': concat_ws('|', 'parts', measured, measured_when, figure, edition), 'is_total': component = 'total' },
        case
            when superseded_on is null and year_type in ('quarter', 'financial')
                then { 'sum_id': concat_ws('|', 'year', measured, component, figure, financial_year), 'is_total': year_type = 'financial' }
        end,
        case
            when figure <> 'value' and unit = '%' then { 'sum_id': 'all of ' || origin_id, 'is_total': figure = 'denominator' }
        end,
        case
            when measure_code = 'GRANT.2' then { 'sum_id': concat_ws('|', 'strand', component, edition), 'is_total': true }
        end
    ], lambda member: member is not null) as sums  -- sums that it is in, and whether as their total
from observations
union all
select
    'grants' as table_name,
    concat_ws('|', workbook_sha256, as_at, scheme, strand, recipient) as figure_key,
    figure,
    concat_ws('|', 'grants', scheme, strand, recipient, figure) as series,
    as_at,
    [
        { 'sum_id': concat_ws('|', figure, scheme, edition), 'is_total': false },
        { 'sum_id': concat_ws('|', case figure when 'residents_count' then 'strand' else figure end, strand, edition), 'is_total': false }
    ] as sums,
from lines
union all
select
    'grant_scheme' as table_name,
    concat_ws('|', workbook_sha256, as_at, scheme, period_start) as figure_key,
    figure,
    concat_ws('|', 'grant_scheme', scheme, period_start, figure) as series,
    as_at,
    [{ 'sum_id': concat_ws('|', figure, scheme, edition), 'is_total': true }] as sums,
from schemes
union all
select
    'sector_event' as table_name,
    concat_ws('|', workbook_sha256, as_at, period_label, event) as figure_key,
    'attendance_count' as figure,
    concat_ws('|', 'sector_event', period_label, event) as series,
    as_at,
    [] as sums,
from events
