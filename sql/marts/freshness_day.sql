-- Days as of which it is told what is due and what is overdue: the cut-off of each quarter, and the day of the build.
-- grain: day
-- key: as_of
with
build as (
    select run_date
    from staged.build
),

quarters as (
    select
        report_quarter,
        cut_off,
    from marts.reporting_quarter
)

select
    run_date as as_of,  -- the day
    cast(null as varchar) as report_quarter,  -- quarter of which it is the cut-off; null for the day of the build
    true as is_now  -- whether it is the day of the build
from build
union all
select
    quarters.cut_off as as_of,
    quarters.report_quarter,
    false as is_now,
from quarters
inner join build on quarters.cut_off < build.run_date
