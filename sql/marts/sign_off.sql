-- Who locked and who signed off the figures of a quarter, in which role and when.
-- grain: lock or sign-off
-- key: report_quarter, decision_order
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
    from staging.quarter_decision
)

select
    signed.report_quarter,  -- quarter that was locked or signed off
    signed.decision_order,  -- place among all decisions of quarters, from 1
    signed.action,  -- lock or sign_off
    signed.decided_on,  -- day of the lock or sign-off
    signed.role,  -- role in which it was done
    signed.decided_by,  -- by whom
    signed.reason,  -- why, or on what authority
    count(errata.decision_order) as errata_since,  -- errata of the quarter that came after it; see marts.erratum
    signed.workbook,  -- file in raw/locked that holds the figures
    signed.workbook_sha256  -- SHA-256 of the file
from decisions as signed
left join decisions as errata
    on
        signed.report_quarter = errata.report_quarter
        and errata.action = 'erratum'
        and signed.decision_order < errata.decision_order
where signed.action in ('lock', 'sign_off')
group by all
