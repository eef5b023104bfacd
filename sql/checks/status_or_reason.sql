-- Every status is a value or has a reason, and so has every trend; a rated measure has its value and target, an override its reason.
-- on: marts.measure_status
-- blocking: yes
select
    report_quarter,
    measure_code,
    status,
    status_reason,
    trend,
    trend_reason,
from marts.measure_status
where
    status_reason is null
    or trend_reason is null
    or (status is not null and (value is null or target_value is null))
    or (trend is not null and previous_value is null)
    or (override_status is not null and override_reason is null)
