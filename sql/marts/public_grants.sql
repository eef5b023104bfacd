-- DWP grants paid by scheme, strand and recipient, as the public may see them: small counts of people, and what would give them
-- away, suppressed.
-- grain: edition x scheme x strand x recipient
-- key: edition_period, as_at, workbook_sha256, scheme, strand, recipient
with
shown as (
    select
        edition_period,
        scheme,
        funder,
        strand,
        recipient,
        first_paid_on,
        last_paid_on,
        payment_count,
        paid_pounds,
        households_count,
        residents_count,
        cost_per_resident_pounds,
        outcome,
        outcome_pounds,
        outcome_per_pound,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        concat_ws('|', workbook_sha256, as_at, scheme, strand, recipient) as figure_key,
    from marts.grants
),

suppressed as (
    select
        figure_key,
        bool_or(figure = 'households_count') as hides_households_count,
        bool_or(figure = 'residents_count') as hides_residents_count,
        bool_or(figure = 'cost_per_resident_pounds') as hides_cost_per_resident_pounds,
    from marts.suppression
    where table_name = 'grants'
    group by figure_key
)

select
    shown.edition_period,  -- quarter up to whose end the edition goes
    shown.scheme,  -- grant scheme
    shown.funder,  -- who pays the grant
    shown.strand,  -- strand of support
    shown.recipient,  -- who was paid
    shown.first_paid_on,  -- day of the first payment
    shown.last_paid_on,  -- day of the last payment
    shown.payment_count,  -- number of payments
    shown.paid_pounds,  -- paid, pounds
    case when suppressed.hides_households_count then null else shown.households_count end as households_count,  -- households reached, a household once per payment; null where not counted; null where it is suppressed
    case when suppressed.hides_residents_count then null else shown.residents_count end as residents_count,  -- residents supported; null where it is suppressed
    case when suppressed.hides_cost_per_resident_pounds then null else shown.cost_per_resident_pounds end as cost_per_resident_pounds,  -- paid per resident supported, pounds; null where there is none to divide by; null where it is suppressed
    shown.outcome,  -- what the recipient reports to have achieved, on the first of its lines
    shown.outcome_pounds,  -- its value, pounds
    shown.outcome_per_pound,  -- pounds achieved per pound paid to the recipient on all its lines
    shown.as_at,  -- day on which the edition became known
    shown.superseded_on,  -- first day on which a later edition counts; null while it counts
    shown.workbook,  -- file name
    shown.workbook_sha256  -- SHA-256 of the file
from shown
left join suppressed on shown.figure_key = suppressed.figure_key
