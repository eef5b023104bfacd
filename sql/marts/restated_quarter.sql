-- What became known of a quarter after it was reported: each day on which something came that moved its value, target,
-- status or trend from what was known before. What was reported stays in measure_status.
-- grain: reporting quarter x measure x day
-- key: report_quarter, measure_code, restated_on
with
quarters as (
    select
        report_quarter,
        cut_off,
    from marts.reporting_quarter
),

known_days as (
    select unnest([as_at, superseded_on]) as known_on
    from staging.edition
    union
    select cut_off
    from quarters
),

days as (
    select distinct known_on
    from known_days
    where known_on >= (select min(cut_off) from quarters)
),

statuses as (
    select
        days.known_on,
        known.report_quarter,
        known.measure_code,
        known.value,
        known.value_period,
        known.previous_value,
        known.previous_period,
        known.target_value,
        known.status,
        known.status_reason,
        known.trend,
        row_number() over (partition by known.report_quarter, known.measure_code order by days.known_on) as place,
    from days
    cross join marts.status_as_at(days.known_on) as known
    inner join quarters on known.report_quarter = quarters.report_quarter and days.known_on >= quarters.cut_off
)

select
    later.report_quarter,  -- label of the quarter
    later.measure_code,  -- code of the measure
    later.known_on as restated_on,  -- day from which it is known otherwise
    earlier.value as value_before,  -- value until then, in the measure's unit
    later.value,  -- value from then on
    earlier.value_period as value_period_before,  -- what the value until then was of
    later.value_period,  -- what the value is of from then on
    earlier.previous_value as previous_value_before,  -- figure that the trend compared with until then
    later.previous_value,  -- figure that it compares with from then on
    earlier.previous_period as previous_period_before,  -- what that figure was of until then
    later.previous_period,  -- what it is of from then on
    earlier.target_value as target_before,  -- target until then
    later.target_value,  -- target from then on
    earlier.status as status_before,  -- R, A or G until then; null with a reason
    earlier.status_reason as status_reason_before,  -- why there was none, or what it rested on
    later.status,  -- R, A or G from then on; null with a reason
    later.status_reason,  -- why there is none, or what it rests on
    earlier.trend as trend_before,  -- better, stable or worse until then
    later.trend,  -- better, stable or worse from then on
    coalesce(later.status, '') <> coalesce(earlier.status, '') as status_moved,  -- whether the status is another
    coalesce(later.trend, '') <> coalesce(earlier.trend, '') as trend_moved  -- whether the trend is another
from statuses as later
inner join statuses as earlier
    on
        later.report_quarter = earlier.report_quarter
        and later.measure_code = earlier.measure_code
        and later.place = earlier.place + 1
where
    (
        later.value, later.value_period, later.previous_value, later.previous_period, later.target_value, later.status,
        later.status_reason, later.trend
    ) is distinct from (
        earlier.value, earlier.value_period, earlier.previous_value, earlier.previous_period, earlier.target_value,
        earlier.status, earlier.status_reason, earlier.trend
    )
