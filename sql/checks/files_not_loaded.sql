-- Files that were received and do not count: quarantined, in conflict or without their bytes.
-- on: audit.workbook
-- blocking: no
select
    source,
    workbook,
    outcome,
    reason,
from audit.workbook
where outcome in ('quarantined', 'conflict', 'missing_bytes')
