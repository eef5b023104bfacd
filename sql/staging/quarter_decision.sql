-- What people have decided of quarters: locks, sign-offs and errata, in the order of their days.
-- grain: decision
-- key: decision_order
with
decisions as (
    select
        decision_order,
        action,
        report_quarter,
        decided_on,
        role,
        decided_by,
        reason,
        workbook,
        workbook_sha256,
    from staged.quarter_decision
)

select
    decision_order,  -- place of the decision among all of quarters, from 1
    action,  -- lock, sign_off or erratum
    report_quarter,  -- quarter that it is about
    decided_on,  -- day of the decision
    role,  -- role in which it was decided
    decided_by,  -- who decided
    reason,  -- why
    workbook,  -- file in raw/locked that it is about
    workbook_sha256  -- SHA-256 of the file
from decisions
