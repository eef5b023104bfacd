-- How is every measure rated in the latest quarter, best first, and which have no rating, and why?
-- One row per measure of the agreement. A measure without a status has a reason instead.
with
latest as (
    select max(report_quarter) as report_quarter
    from marts.measure_status
)

select
    measure_status.measure_code,
    measure_status.measure_name,
    measure_status.value,
    measure_status.target_value,
    measure_status.status,
    measure_status.status_reason,
    measure_status.trend,
    measure_status.trend_reason,
from marts.measure_status
inner join latest on measure_status.report_quarter = latest.report_quarter
order by
    case measure_status.status when 'G' then 1 when 'A' then 2 when 'R' then 3 else 4 end,
    measure_status.measure_code
