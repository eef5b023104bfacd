-- Applications to the Local Fund. Single applications are illustrative; their numbers are published.
-- grain: edition x application
-- key: workbook_sha256, as_at, reference
with
applications as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        reference,
        reference_cell,
        received_on,
        organisation,
        applicant_type,
        applicant_type_cell,
        requested,
        decision,
        decision_cell,
        awarded,
        awarded_cell,
        awarded_text,
    from staged.local_fund_applications
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'local_fund'
)

select
    applications.period_label as edition_period,  -- financial year of the register, or the quarter up to whose end it goes
    applications.reference,  -- number of the application
    applications.received_on,  -- day on which it was received
    applications.organisation,  -- who applied
    applications.applicant_type,  -- First time or Repeat
    applications.requested as requested_pounds,  -- asked for, pounds
    applications.decision,  -- Awarded, Declined or Withdrawn
    applications.decision = 'Awarded' as is_awarded,  -- whether the application was successful
    applications.awarded as awarded_pounds,  -- awarded, pounds; null where nothing was
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    applications.workbook,  -- file name
    applications.workbook_sha256,  -- SHA-256 of the file
    applications.sheet,  -- sheet
    applications.row_number,  -- row of the sheet
    applications.reference_cell,  -- address of the number
    applications.applicant_type_cell,  -- address of the kind of applicant
    applications.decision_cell,  -- address of the decision
    applications.awarded_cell,  -- address of the amount awarded; null where the cell is blank
    applications.awarded_text  -- amount awarded as supplied
from applications
inner join editions
    on
        applications.workbook_sha256 = editions.workbook_sha256
        and applications.workbook = editions.workbook
        and applications.corrections is not distinct from editions.corrections
