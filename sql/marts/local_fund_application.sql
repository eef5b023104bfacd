-- Applications to the Local Fund, as each edition of the register has them.
-- grain: edition x application
-- key: workbook_sha256, as_at, reference
with
applications as (
    select
        edition_period,
        reference,
        received_on,
        organisation,
        applicant_type,
        requested_pounds,
        decision,
        is_awarded,
        awarded_pounds,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
    from staging.local_fund_application
)

select
    edition_period,  -- financial year of the register, or the quarter up to whose end it goes
    reference,  -- number of the application
    received_on,  -- day on which it was received
    organisation,  -- who applied
    applicant_type,  -- First time or Repeat
    cast(requested_pounds as decimal(28, 2)) as requested_pounds,  -- asked for, pounds
    decision,  -- Awarded, Declined or Withdrawn
    is_awarded,  -- whether the application was successful
    cast(awarded_pounds as decimal(28, 2)) as awarded_pounds,  -- awarded, pounds; null where nothing was
    awarded_pounds < 500 as is_small_grant,  -- whether the award is under £500; null where there is none
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    row_number  -- row of the sheet
from applications
