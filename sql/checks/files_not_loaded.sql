-- Files that were refused and that nothing later takes the place of: quarantined, in conflict or without their bytes.
-- on: audit.workbook
-- blocking: no
select
    source,
    workbook,
    outcome,
    reason,
from audit.workbook
where needs_action
