-- Every measure that is defined for a quarter is rated in it, once.
-- on: marts.measure_status
-- blocking: yes
select
    rating_definition.report_quarter,
    rating_definition.measure_code,
    count(measure_status.measure_code) as times,
from marts.rating_definition
left join marts.measure_status
    on
        rating_definition.report_quarter = measure_status.report_quarter
        and rating_definition.measure_code = measure_status.measure_code
group by rating_definition.report_quarter, rating_definition.measure_code
having count(measure_status.measure_code) <> 1
