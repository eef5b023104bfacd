-- Which measures miss their target in the latest quarter, by how much, and what do the services say of them?
-- One row per red or amber measure, the furthest from its target first. Commentary is null where none was approved in time.
with
latest as (
    select max(report_quarter) as report_quarter
    from marts.measure_status
)

select
    measure_status.measure_code,
    measure_status.measure_name,
    measure_status.status,
    measure_status.value,
    measure_status.target_value,
    measure_status.shortfall_pct,
    measure_status.commentary,
from marts.measure_status
inner join latest on measure_status.report_quarter = latest.report_quarter
where measure_status.status in ('R', 'A')
order by measure_status.shortfall_pct desc, measure_status.measure_code asc
