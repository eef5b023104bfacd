"""What an explanation asks of the published tables."""

QUARTERS = "select report_quarter from marts.reporting_quarter order by report_quarter"

CODES = "select measure_code from marts.measure order by in_agreement desc, sheet_row, measure_code"

MEASURE = """
with
errata as (
    select
        report_quarter,
        measure_code,
        max(approved_on) as restated_on,
        max_by(reason, decision_order) as restated_why,
    from marts.erratum
    group by report_quarter, measure_code
)

select
    measure.measure_code,
    coalesce(definition.measure_name, measure.measure_name) as measure_name,
    coalesce(definition.priority, measure.priority) as priority,
    measure.owner,
    coalesce(definition.unit, measure.unit) as unit,
    quarter.report_quarter,
    quarter.known_by,
    quarter.report_year,
    quarter.previous_report_year,
    quarter.academic_year,
    quarter.quarter_end,
    status.*,
    definition.polarity,
    definition.rated_on,
    definition.forecast_method,
    definition.target_type,
    definition.tolerance_value,
    definition.tolerance_kind,
    rated.trend_value,
    rated.trend_basis,
    case definition.polarity
        when 'high' then status.target_value - status.value when 'low' then status.value - status.target_value
    end as shortfall,
    target.workbook as target_workbook,
    target.sheet as target_sheet,
    target.cell as target_cell,
    target.cell_text as target_text,
    target.approved_on,
    lock.decided_on as locked_on,
    errata.restated_on,
    errata.restated_why,
    computed.value is distinct from status.value or computed.status is distinct from status.status
        or computed.trend is distinct from status.trend as is_computed_otherwise,
    status.measure_code is not null as is_rated,
from marts.measure
cross join marts.reporting_quarter as quarter
left join marts.measure_status as status
    on measure.measure_code = status.measure_code and quarter.report_quarter = status.report_quarter
left join marts.rating_definition as definition
    on measure.measure_code = definition.measure_code and quarter.report_quarter = definition.report_quarter
left join marts.rated_value as rated
    on measure.measure_code = rated.measure_code and quarter.report_quarter = rated.report_quarter
left join marts.target
    on
        measure.measure_code = target.measure_code
        and target.period_label
        = case when definition.year_type = 'academic' then quarter.academic_year else quarter.report_year end
        and target.as_at <= quarter.known_by
        and coalesce(quarter.known_by < target.superseded_on, true)
left join marts.sign_off as lock on quarter.report_quarter = lock.report_quarter and lock.action = 'lock'
left join marts.computed_status as computed
    on measure.measure_code = computed.measure_code and quarter.report_quarter = computed.report_quarter
left join errata on measure.measure_code = errata.measure_code and quarter.report_quarter = errata.report_quarter
where coalesce(measure.measure_code = $measure, true) and quarter.report_quarter = $quarter
"""
"""Of one measure, or of all where none is given."""

OBSERVATIONS = """
select observation.*, known.origin_id is not null or $whenever_known as counts
from marts.observation
inner join marts.area on observation.area_code = area.area_code and area.is_authority
inner join marts.reporting_quarter as quarter
    on
        (
            $whenever_known
            or observation.as_at <= quarter.known_by and coalesce(quarter.known_by < observation.superseded_on, true)
        )
        and observation.period_start <= quarter.cut_off
left join marts.known_observation as known
    on
        observation.origin_id = known.origin_id
        and quarter.report_quarter = known.report_quarter
        and known.measure_code = $measure
where (observation.measure_code = $measure or known.origin_id is not null) and quarter.report_quarter = $quarter
order by observation.period_end desc, observation.component = 'total' desc, observation.component, observation.as_at
"""
"""Figures of the authority that were known by the quarter's cut-off, or on any day."""

KNOWN = """
select
    min(observation.as_at) filter (where area.is_authority) as known_from,
    count(distinct observation.area_code) filter (
        where not area.is_authority and observation.as_at <= $known_by
    ) as other_areas,
from marts.observation
inner join marts.area on observation.area_code = area.area_code
where observation.measure_code = $measure
"""

SURVEY = """
select
    status.measure_code,
    survey_interval.low_pct,
    survey_interval.high_pct,
    survey_interval.base_count,
    survey_change.in_words as change_in_words,
from marts.measure_status as status
inner join marts.reporting_quarter as quarter on status.report_quarter = quarter.report_quarter
inner join marts.survey_interval
    on
        status.measure_code = survey_interval.measure_code
        and status.value_period = survey_interval.period_label
        and survey_interval.as_at <= quarter.known_by
        and coalesce(quarter.known_by < survey_interval.superseded_on, true)
        and survey_interval.low_pct is not null
inner join marts.area on survey_interval.area_code = area.area_code and area.is_authority
left join marts.survey_change
    on
        survey_interval.measure_code = survey_change.measure_code
        and survey_interval.area_code = survey_change.area_code
        and survey_interval.period_label = survey_change.period_label
        and status.previous_period = survey_change.compared_period
        and survey_change.as_at <= quarter.known_by
        and coalesce(quarter.known_by < survey_change.superseded_on, true)
where coalesce(status.measure_code = $measure, true) and status.report_quarter = $quarter
"""
