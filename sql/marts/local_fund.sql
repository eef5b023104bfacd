-- The Local Fund by edition of its register: applications, decisions and awards, or why the fund did not run.
-- grain: edition
-- key: edition_period, workbook_sha256, as_at
with
applications as (
    select
        edition_period,
        applicant_type,
        requested_pounds,
        decision,
        is_awarded,
        awarded_pounds,
        is_small_grant,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from marts.local_fund_application
),

pauses as (
    select distinct
        edition_period,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from staging.local_fund_pause
),

registers as (
    select
        edition_period,
        count(*) as application_count,
        count(*) filter (where is_awarded) as awarded_count,
        count(*) filter (where decision = 'Declined') as declined_count,
        count(*) filter (where decision = 'Withdrawn') as withdrawn_count,
        count(*) filter (where is_awarded and applicant_type = 'First time') as first_time_awarded_count,
        count(*) filter (where is_awarded and applicant_type = 'Repeat') as repeat_awarded_count,
        count(*) filter (where is_small_grant) as small_grant_count,
        sum(requested_pounds) as requested_pounds,
        coalesce(sum(awarded_pounds), 0) as awarded_pounds,
        null as note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from applications
    group by edition_period, as_at, superseded_on, workbook, workbook_sha256
    union all
    select
        edition_period,
        null as application_count,
        null as awarded_count,
        null as declined_count,
        null as withdrawn_count,
        null as first_time_awarded_count,
        null as repeat_awarded_count,
        null as small_grant_count,
        null as requested_pounds,
        null as awarded_pounds,
        note,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from pauses
)

select
    edition_period,  -- financial year of the register, or the quarter up to whose end it goes
    application_count,  -- applications; null where the fund did not run, here and below
    awarded_count,  -- successful applications
    declined_count,  -- applications that were declined
    withdrawn_count,  -- applications that were withdrawn
    divided(awarded_count * 100, application_count) as success_pct,  -- successful applications, per cent of all
    first_time_awarded_count,  -- successful applications of those who applied for the first time
    repeat_awarded_count,  -- successful applications of those who had applied before
    small_grant_count,  -- awards under £500
    divided(small_grant_count * 100, awarded_count) as small_grant_pct,  -- awards under £500, per cent of awards
    cast(requested_pounds as decimal(28, 2)) as requested_pounds,  -- asked for in all applications, pounds
    cast(awarded_pounds as decimal(28, 2)) as awarded_pounds,  -- awarded, pounds
    note,  -- why the fund did not run
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256  -- SHA-256 of the file
from registers
