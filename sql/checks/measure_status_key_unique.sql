-- Every measure that is defined for a quarter is rated in it, once; a locked quarter has those that were locked, once each.
-- on: marts.measure_status
-- blocking: yes
with
locked as (
    select report_quarter
    from marts.sign_off
    where action = 'lock'
)

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
having
    count(measure_status.measure_code) > 1
    or (
        count(measure_status.measure_code) = 0
        and rating_definition.report_quarter not in (select report_quarter from locked)
    )
