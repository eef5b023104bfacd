-- Every row of every file is loaded, rejected or set aside, and what is loaded is the whole file or nothing of it.
-- on: audit.workbook
-- blocking: yes
select
    source,
    workbook,
    outcome,
    rows_read,
    rows_loaded,
    rows_rejected,
    rows_set_aside,
from audit.workbook
where
    rows_read <> rows_loaded + rows_rejected + rows_set_aside
    or (outcome in ('loaded', 'superseded', 'retracted') and rows_rejected > 0)
    or (outcome not in ('loaded', 'superseded', 'retracted') and rows_loaded > 0)
    or (outcome not in ('loaded') and reason is null)
