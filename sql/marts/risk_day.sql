-- The day as of which each reporting quarter's risks are told: its cut-off, or the day of the build while that has not come.
-- Figures for context alone come years after the quarters: those of the last quarter are told as of the day of the build.
-- grain: reporting quarter
-- key: report_quarter
with
quarters as (
    select
        report_quarter,
        cut_off,
        known_by,
    from marts.reporting_quarter
),

last_quarter as (
    select max(report_quarter) as report_quarter
    from marts.reporting_quarter
),

build as (
    select run_date
    from staged.build
)

select
    quarters.report_quarter,  -- label of the quarter
    quarters.known_by,  -- day as of which its figures are known
    least(quarters.cut_off, build.run_date) as seen_on,  -- day as of which its risks are told
    case
        when quarters.report_quarter = last_quarter.report_quarter then build.run_date
        else least(quarters.cut_off, build.run_date)
    end as context_seen_on  -- day as of which those of figures for context alone are told
from quarters
cross join last_quarter
cross join build
