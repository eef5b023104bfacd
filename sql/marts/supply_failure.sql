-- Measures that have stopped coming, as each quarter's cut-off saw it: for two periods running or more nothing was received
-- but 'not available'. One figure that is missing is no failure, nor is one that was not collected, nor a measure of which
-- nothing was ever known. Periods are quarters for measures that the agreement calls quarterly, else years; a figure of a
-- longer or shorter period supplies each period that it falls in.
-- grain: reporting quarter x measure
-- key: report_quarter, measure_code
with
quarters as (
    select
        report_quarter,
        quarter_start,
        quarter_end,
        report_year,
        year_start,
        academic_year,
    from marts.reporting_quarter
),

definitions as (
    select
        report_quarter,
        measure_code,
        measure_name,
        case when frequency = 'Quarterly' then 'quarter' when year_type = 'academic' then 'academic' else 'financial' end as calendar,
    from marts.rating_definition
),

known as (
    select
        known_observation.report_quarter,
        known_observation.measure_code,
        known_observation.period_start,
        known_observation.period_end,
        known_observation.availability,
        known_observation.origin_id,
        observation.note,
    from marts.known_observation
    inner join marts.observation on known_observation.origin_id = observation.origin_id
),

periods as (
    select
        'quarter' as calendar,
        report_quarter as period_label,
        quarter_start as period_start,
        quarter_end as period_end,
    from quarters
    union
    select
        'financial' as calendar,
        report_year as period_label,
        year_start as period_start,
        cast(year_start + interval 12 month as date) as period_end,
    from quarters
    union
    select
        'academic' as calendar,
        academic_year as period_label,
        make_date(cast(substr(academic_year, 1, 4) as integer), 8, 1) as period_start,
        make_date(cast(substr(academic_year, 1, 4) as integer) + 1, 8, 1) as period_end,
    from quarters
),

supplied as (
    select
        report_quarter,
        measure_code,
        coalesce(max(period_end) filter (where availability <> 'not_available'), min(period_start)) as supplied_until,
        arg_max(note, period_start) filter (where availability = 'not_available') as note,
        arg_max(origin_id, period_start) filter (where availability = 'not_available') as origin_id,
        max(period_end) filter (where availability = 'not_available') as not_available_until,
    from known
    group by report_quarter, measure_code
),

missing as (
    select
        definitions.report_quarter,
        definitions.measure_code,
        definitions.measure_name,
        arg_min(periods.period_label, periods.period_start) as first_missing_period,
        arg_max(periods.period_label, periods.period_start) as last_missing_period,
        count(*) as periods_missing,
        any_value(supplied.supplied_until) as supplied_until,
        any_value(supplied.note) filter (where not_available_until > supplied_until) as note,
        any_value(supplied.origin_id) filter (where not_available_until > supplied_until) as origin_id,
    from definitions
    inner join quarters on definitions.report_quarter = quarters.report_quarter
    inner join supplied
        on definitions.report_quarter = supplied.report_quarter and definitions.measure_code = supplied.measure_code
    inner join periods
        on
            definitions.calendar = periods.calendar
            and periods.period_start >= supplied.supplied_until
            and periods.period_end <= quarters.quarter_end
    group by definitions.report_quarter, definitions.measure_code, definitions.measure_name
)

select
    report_quarter,  -- label of the quarter
    measure_code,  -- code of the measure
    measure_name,  -- name of the measure
    first_missing_period,  -- first period for which nothing was received but 'not available'
    last_missing_period,  -- last of them that had ended by the quarter's end
    periods_missing,  -- how many they are, one after the other
    supplied_until,  -- first day after the last period for which there was a figure
    case
        when origin_id is null then 'nothing was received'
        else coalesce(note, 'only ''not available'' was received, without a reason')
    end as reason,  -- what the latest workbook says of it
    origin_id  -- key of the cell that says 'not available' in observation_origin; null where nothing was received
from missing
where periods_missing >= 2
