-- Successors of the national indicators whose latest figure is less favourable than the one before by more than 1%, the
-- change within which a trend is stable. A successor is not the same measure as its indicator, and is never rated.
-- grain: reporting quarter x indicator x successor
-- key: report_quarter, indicator_code, measure_code
with
days as (
    select
        report_quarter,
        context_seen_on,
    from marts.risk_day
),

successors as (
    select
        indicator_code,
        indicator,
        indicator_title,
        successor_measure_code as measure_code,
        likeness,
    from marts.indicator_successor
),

measures as (
    select
        measure_code,
        measure_name,
        polarity,
        unit,
        owner,
    from marts.measure
    where polarity in ('high', 'low')
),

figures as (
    select
        days.report_quarter,
        days.context_seen_on,
        observation.measure_code,
        observation.period_label,
        observation.period_start,
        observation.value,
        observation.origin_id,
        lag(observation.value) over earlier as previous_value,
        lag(observation.period_label) over earlier as previous_period,
        lead(observation.period_label) over earlier is null as is_latest,
    from days
    inner join marts.observation
        on days.context_seen_on >= observation.as_at and coalesce(days.context_seen_on < observation.superseded_on, true)
    inner join marts.area on observation.area_code = area.area_code and area.is_authority
    where
        observation.component = 'total'
        and observation.value is not null
        and observation.measure_code in (select measure_code from successors)
    window earlier as (partition by days.report_quarter, observation.measure_code order by observation.period_start, observation.as_at)
),

origins as (
    select
        origin_id,
        min(workbook) as workbook,
        min(sheet) as sheet,
        string_agg(cell, ', ' order by length(cell), cell) as cell,
    from marts.observation_origin
    where role <> 'denominator'
    group by origin_id
),

compared as (
    select
        figures.*,
        measures.measure_name,
        measures.unit,
        measures.owner,
        divided((figures.value - figures.previous_value) * 100, abs(figures.previous_value)) as change_pct,
        (figures.value - figures.previous_value) * case measures.polarity when 'high' then -1 else 1 end > 0 as is_worse,
    from figures
    inner join measures on figures.measure_code = measures.measure_code
    where figures.is_latest
)

select
    compared.report_quarter,  -- label of the quarter
    compared.context_seen_on as seen_on,  -- day as of which it is told
    successors.indicator_code,  -- code of the national indicator
    successors.indicator,  -- number as printed
    successors.indicator_title,  -- what it measured
    compared.measure_code,  -- code of the successor
    compared.measure_name,  -- name of the successor
    successors.likeness,  -- how alike the two are
    compared.owner,  -- who answers for the successor
    compared.unit,  -- unit of the successor
    compared.value,  -- latest figure of the authority
    compared.period_label,  -- its period
    compared.previous_value,  -- figure before
    compared.previous_period,  -- its period
    compared.change_pct,  -- change, as % of the figure before
    origins.workbook,  -- file name
    origins.sheet,  -- sheet
    origins.cell  -- address of the cell
from compared
inner join successors on compared.measure_code = successors.measure_code
left join origins on compared.origin_id = origins.origin_id
where compared.is_worse and abs(compared.change_pct) > 1
