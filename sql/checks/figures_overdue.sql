-- Figures and files that are overdue on the day of the build, by measure and by source; late, silent or never received.
-- on: marts.overdue
-- blocking: no
select
    state,
    measure_code as what,
    measure_name as title,
    next_period,
    due_on,
    days_overdue,
    source_sent_on,
from marts.overdue
union all
select
    state,
    source as what,
    title,
    next_period,
    due_on,
    days_overdue,
    last_received_on as source_sent_on,
from marts.source_freshness
where is_now and state in ('late', 'silent')
