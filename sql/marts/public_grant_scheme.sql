-- DWP grant schemes, as the public may see them: small counts of people, and what would give them away, suppressed.
-- grain: edition x scheme x months of the allocation
-- key: edition_period, as_at, workbook_sha256, scheme, period_start
with
shown as (
    select
        edition_period,
        scheme,
        funder,
        period_start,
        period_end,
        period_state,
        allocation_pounds,
        allocation_qualifier,
        national_total_pounds,
        national_total_qualifier,
        share_of_national_pct,
        payment_count,
        recipient_count,
        paid_pounds,
        spent_pct,
        unspent_pounds,
        unspent_pct,
        households_count,
        residents_count,
        cost_per_resident_pounds,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
        concat_ws('|', workbook_sha256, as_at, scheme, period_start) as figure_key,
    from marts.grant_scheme
),

suppressed as (
    select
        figure_key,
        bool_or(figure = 'households_count') as hides_households_count,
        bool_or(figure = 'residents_count') as hides_residents_count,
        bool_or(figure = 'cost_per_resident_pounds') as hides_cost_per_resident_pounds,
    from marts.suppression
    where table_name = 'grant_scheme'
    group by figure_key
)

select
    shown.edition_period,  -- quarter up to whose end the edition goes
    shown.scheme,  -- grant scheme
    shown.funder,  -- who pays the grant
    shown.period_start,  -- first day that the allocation is for
    shown.period_end,  -- first day after it
    shown.period_state,  -- where the months stand at the end of the edition's quarter: not_begun, under_way or ended
    shown.allocation_pounds,  -- allocated to the council, pounds; null where it is not available
    shown.allocation_qualifier,  -- exact, about, at_least or over
    shown.national_total_pounds,  -- allocated nationally, pounds; null where it is not given
    shown.national_total_qualifier,  -- exact, about, at_least or over; null where it is not given
    shown.share_of_national_pct,  -- allocation, per cent of the national total
    shown.payment_count,  -- number of payments
    shown.recipient_count,  -- number of recipients
    shown.paid_pounds,  -- paid up to the end of the edition's quarter, pounds
    shown.spent_pct,  -- paid, per cent of the allocation
    shown.unspent_pounds,  -- allocation not paid yet, pounds; with a minus where more was paid
    shown.unspent_pct,  -- the same, per cent of the allocation
    case when suppressed.hides_households_count then null else shown.households_count end as households_count,  -- households reached, once per payment; null where not counted; null where it is suppressed
    case when suppressed.hides_residents_count then null else shown.residents_count end as residents_count,  -- residents supported; null where nothing was paid; null where it is suppressed
    case when suppressed.hides_cost_per_resident_pounds then null else shown.cost_per_resident_pounds end as cost_per_resident_pounds,  -- paid per resident supported, pounds; null where there is none to divide by; null where it is suppressed
    shown.as_at,  -- day on which the edition became known
    shown.superseded_on,  -- first day on which a later edition counts; null while it counts
    shown.workbook,  -- file name
    shown.workbook_sha256,  -- SHA-256 of the file
    shown.sheet,  -- sheet
    shown.cell,  -- address of the allocation
    shown.cell_text  -- allocation as supplied
from shown
left join suppressed on shown.figure_key = suppressed.figure_key
