-- DWP grants paid by scheme, strand and recipient, as each edition of the workbook has them. What a recipient reports to have
-- achieved stands on the first of its lines, all outcomes together, so that sums over the lines are right.
-- grain: edition x scheme x strand x recipient
-- key: edition_period, as_at, workbook_sha256, scheme, strand, recipient
with
payments as (
    select
        edition_period,
        scheme,
        funder,
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
    from marts.grant_payment
),

outcomes as (
    select
        recipient,
        string_agg(outcome, '; ' order by outcome) as outcome,
        sum(outcome_pounds) as outcome_pounds,
        max(paid_pounds) as recipient_paid_pounds,
        as_at,
        workbook,
        workbook_sha256,
    from marts.grant_outcome
    group by recipient, as_at, workbook, workbook_sha256
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
        string_agg(distinct funder, '; ' order by funder) as funder,
        min(paid_on) as first_paid_on,
        max(paid_on) as last_paid_on,
        count(*) as payment_count,
        sum(amount_pounds) as paid_pounds,
        sum(households_count) as households_count,
        sum(residents_count) as residents_count,
        -- what was paid where nobody was counted supports nobody that is known
        sum(amount_pounds) filter (where residents_count is not null) as paid_for_residents_pounds,
    from payments
    group by edition_period, scheme, strand, recipient, as_at, superseded_on, workbook, workbook_sha256
),

lines as (
    select
        *,
        row_number() over (
            partition by recipient, workbook_sha256, workbook, as_at order by first_paid_on, scheme, strand
        ) as line_of_recipient,
    from paid
)

select
    lines.edition_period,  -- quarter up to whose end the edition goes
    lines.scheme,  -- grant scheme
    lines.funder,  -- who pays the grant
    lines.strand,  -- strand of support
    lines.recipient,  -- who was paid
    lines.first_paid_on,  -- day of the first payment
    lines.last_paid_on,  -- day of the last payment
    lines.payment_count,  -- number of payments
    cast(lines.paid_pounds as decimal(28, 2)) as paid_pounds,  -- paid, pounds
    cast(lines.households_count as bigint) as households_count,  -- households reached, a household once per payment; null where not counted
    cast(lines.residents_count as bigint) as residents_count,  -- residents supported
    cast(divided(lines.paid_for_residents_pounds, lines.residents_count) as decimal(28, 2)) as cost_per_resident_pounds,  -- paid per resident supported, pounds; null where there is none to divide by
    outcomes.outcome,  -- what the recipient reports to have achieved, on the first of its lines
    cast(outcomes.outcome_pounds as decimal(28, 2)) as outcome_pounds,  -- its value, pounds
    divided(outcomes.outcome_pounds, outcomes.recipient_paid_pounds) as outcome_per_pound,  -- pounds achieved per pound paid to the recipient on all its lines
    lines.as_at,  -- day on which the edition became known
    lines.superseded_on,  -- first day on which a later edition counts; null while it counts
    lines.workbook,  -- file name
    lines.workbook_sha256  -- SHA-256 of the file
from lines
left join outcomes
    on
        lines.recipient = outcomes.recipient
        and lines.workbook_sha256 = outcomes.workbook_sha256
        and lines.workbook = outcomes.workbook
        and lines.as_at = outcomes.as_at
        and lines.line_of_recipient = 1
