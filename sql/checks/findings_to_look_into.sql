-- What does not fit together in the supplied figures; for a person to look into.
-- on: marts.reconciliation_finding
-- blocking: no
select
    check_name,
    subject,
    published,
    recomputed,
    explanation,
    workbook,
    sheet,
    cell,
from marts.reconciliation_finding
