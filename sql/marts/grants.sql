-- DWP grants paid by scheme, strand and recipient, as each edition of the workbook has them.
-- grain: edition x scheme x strand x recipient
-- key: edition_period, as_at, workbook_sha256, scheme, strand, recipient
with
payments as (
    select
        edition_period,
        scheme,
        strand,
        recipient,
        paid_on,
        amount_pounds,
        households_count,
        residents_count,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
    from staging.dwp_grants_payment
),

outcomes as (
    select
        recipient,
        outcome,
        outcome_pounds,
        as_at,
        workbook_sha256,
    from staging.dwp_grants_outcome
),

paid as (
    select
        edition_period,
        scheme,
        strand,
        recipient,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        min(paid_on) as first_paid_on,
        max(paid_on) as last_paid_on,
        count(*) as payment_count,
        sum(amount_pounds) as paid_pounds,
        sum(households_count) as households_count,
        sum(residents_count) as residents_count,
    from payments
    group by edition_period, scheme, strand, recipient, as_at, superseded_on, workbook, workbook_sha256
)

select
    paid.edition_period,  -- quarter up to whose end the edition goes
    paid.scheme,  -- grant scheme
    paid.strand,  -- strand of support
    paid.recipient,  -- who was paid
    paid.first_paid_on,  -- day of the first payment
    paid.last_paid_on,  -- day of the last payment
    paid.payment_count,  -- number of payments
    cast(paid.paid_pounds as decimal(28, 2)) as paid_pounds,  -- paid, pounds
    cast(paid.households_count as bigint) as households_count,  -- households reached, a household once per payment; null where not counted
    cast(paid.residents_count as bigint) as residents_count,  -- residents supported
    outcomes.outcome,  -- what the recipient reports to have achieved
    cast(outcomes.outcome_pounds as decimal(28, 2)) as outcome_pounds,  -- its value, pounds
    paid.as_at,  -- day on which the edition became known
    paid.superseded_on,  -- first day on which a later edition counts; null while it counts
    paid.workbook,  -- file name
    paid.workbook_sha256  -- SHA-256 of the file
from paid
left join outcomes
    on
        paid.recipient = outcomes.recipient
        and paid.workbook_sha256 = outcomes.workbook_sha256
        and paid.as_at = outcomes.as_at
