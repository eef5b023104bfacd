-- What does not fit together in the workbooks and the printed report, and in which cell can it be looked up?
-- One row per finding that has a cell, those that fail before those that only warn.
select
    severity,
    check_name,
    subject,
    published,
    recomputed,
    difference,
    explanation,
    workbook,
    sheet,
    cell,
from marts.reconciliation_finding
where cell is not null
order by severity, check_name, subject, workbook, cell
