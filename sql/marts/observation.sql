-- Every figure of every source, in the measure's own unit: percentages as 93.19, money in pounds.
-- grain: measure x area x period x component x value kind x edition
-- key: measure_code, area_code, period_label, component, value_kind, edition
with
figures as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        component,
        role,
        amount,
        factor,
        qualifier,
        availability,
        note,
        as_at,
        superseded_on,
        edition,
        workbook,
        workbook_sha256,
        sheet,
        cell,
    from measures.figure
),

corrections as (
    select
        workbook,
        workbook_sha256,
        sheet,
        cell,
        as_at as corrected_from,
        superseded_on as corrected_until,
        reason,
    from staging.correction
),

explained as (
    select
        figures.*,
        corrections.reason as correction,
    from figures
    left join corrections
        on
            figures.workbook_sha256 = corrections.workbook_sha256
            and figures.workbook = corrections.workbook
            and figures.sheet = corrections.sheet
            and figures.cell = corrections.cell
            and figures.as_at >= corrections.corrected_from
            and coalesce(figures.as_at < corrections.corrected_until, true)
),

gathered as (
    select
        measure_code,
        area_code,
        period_label,
        period_start,
        period_end,
        year_type,
        value_kind,
        component,
        as_at,
        superseded_on,
        edition,
        sum(case when role = 'numerator' then amount end) as numerator,
        sum(case when role = 'denominator' then amount end) as denominator,
        sum(case when role in ('value', 'part') then amount * factor end) as direct_value,
        max(case when role = 'numerator' then factor end) as rate_factor,
        coalesce(max(case when qualifier <> 'exact' then qualifier end), 'exact') as value_qualifier,
        coalesce(max(case when availability <> 'value' then availability end), 'value') as stated_availability,
        nullif(concat_ws('; ', max(note), 'corrected: ' || string_agg(distinct correction, '; ' order by correction)), '') as note,
    from explained
    group by
        measure_code, area_code, period_label, period_start, period_end, year_type, value_kind, component, as_at,
        superseded_on, edition
),

valued as (
    select
        gathered.*,
        case
            when stated_availability <> 'value' then null
            when rate_factor is null then cast(direct_value as decimal(28, 6))
            else divided(numerator * rate_factor, denominator)
        end as value,
    from gathered
)

select
    measure_code,  -- code of the measure
    area_code,  -- GSS code
    period_label,  -- period that the figure is of
    period_start,  -- first day of the period
    period_end,  -- first day after it
    year_type,  -- calendar of the period
    value_kind,  -- actual, interim, forecast or provisional
    component,  -- total, or a named part of it
    cast(numerator as decimal(28, 6)) as numerator,  -- what is counted, of a rate
    cast(denominator as decimal(28, 6)) as denominator,  -- what it is counted against, of a rate
    value,  -- the figure, in the measure's unit; null when it is not available
    value_qualifier,  -- exact, about, at_least or over
    case
        when stated_availability = 'value' and value is null then 'not_available' else stated_availability
    end as availability,  -- value, not_available, suppressed or not_collected
    case
        when stated_availability = 'value' and value is null then 'nothing to divide by' else note
    end as note,  -- what should be known beside the figure
    as_at,  -- day on which the figure became known
    superseded_on,  -- first day on which a later edition counts in its place; null while it counts
    edition,  -- what tells editions of a figure apart: the workbook's SHA-256 and day of receipt, or the waves as known on a day
    md5(concat_ws('|', measure_code, area_code, period_label, component, value_kind, edition)) as origin_id  -- key of its cells in observation_origin
from valued
