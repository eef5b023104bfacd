-- How many measures of each priority are red, amber and green, quarter by quarter, and how many are not rated?
-- One row per quarter and priority; the four counts add up to all of its measures.
select
    report_quarter,
    priority,
    count(*) filter (where status = 'R') as red,
    count(*) filter (where status = 'A') as amber,
    count(*) filter (where status = 'G') as green,
    count(*) filter (where status is null) as not_rated,
    count(*) as measures,
from marts.measure_status
group by report_quarter, priority
order by report_quarter desc, priority asc
