-- What was known on a day, here 20 October 2021, and what has come or changed since?
-- One row per measure whose value, status or trend was another then than in the published quarter.
with
known_then as (
    select
        measure_code,
        value,
        status,
        trend,
    from marts.status_as_at(date '2021-10-20')
    where report_quarter = '2021-22-Q2'
),

published as (
    select
        measure_code,
        measure_name,
        value,
        status,
        trend,
    from marts.measure_status
    where report_quarter = '2021-22-Q2'
)

select
    published.measure_code,
    published.measure_name,
    known_then.value as value_then,
    published.value as value_published,
    known_then.status as status_then,
    published.status as status_published,
    known_then.trend as trend_then,
    published.trend as trend_published,
from published
left join known_then on published.measure_code = known_then.measure_code
where
    known_then.value is distinct from published.value
    or known_then.status is distinct from published.status
    or known_then.trend is distinct from published.trend
order by published.measure_code
