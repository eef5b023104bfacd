-- DWP grant schemes: what was allocated for which months and what has been paid of it, as each edition has them. A payment
-- belongs to the latest allocation of its scheme that had begun by its day, else to the first.
-- grain: edition x scheme x months of the allocation
-- key: edition_period, as_at, workbook_sha256, scheme, period_start
with
allocations as (
    select
        edition_period,
        edition_end,
        scheme,
        funder,
        period_start,
        period_end,
        allocation_pounds,
        allocation_qualifier,
        national_total_pounds,
        national_total_qualifier,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        cell,
        cell_text,
    from staging.dwp_grants_allocation
),

payments as (
    select
        scheme,
        recipient,
        period_start,
        amount_pounds,
        households_count,
        residents_count,
        as_at,
        workbook,
        workbook_sha256,
    from marts.grant_payment
),

paid as (
    select
        scheme,
        period_start,
        as_at,
        workbook,
        workbook_sha256,
        count(*) as payment_count,
        count(distinct recipient) as recipient_count,
        sum(amount_pounds) as paid_pounds,
        sum(households_count) as households_count,
        sum(residents_count) as residents_count,
        -- what was paid where nobody was counted supports nobody that is known
        sum(amount_pounds) filter (where residents_count is not null) as paid_for_residents_pounds,
    from payments
    group by scheme, period_start, as_at, workbook, workbook_sha256
),

spent as (
    select
        allocations.*,
        paid.* exclude (scheme, period_start, as_at, workbook, workbook_sha256, paid_pounds),
        -- the workbook lists every payment up to its quarter's end: none listed is none made
        coalesce(paid.paid_pounds, 0) as paid_pounds,
    from allocations
    left join paid
        on
            allocations.scheme = paid.scheme
            and allocations.period_start = paid.period_start
            and allocations.workbook_sha256 = paid.workbook_sha256
            and allocations.workbook = paid.workbook
            and allocations.as_at = paid.as_at
)

select
    edition_period,  -- quarter up to whose end the edition goes
    scheme,  -- grant scheme
    funder,  -- who pays the grant
    period_start,  -- first day that the allocation is for
    period_end,  -- first day after it
    case
        when period_start >= edition_end then 'not_begun'
        when period_end <= edition_end then 'ended'
        else 'under_way'
    end as period_state,  -- where the months stand at the end of the edition's quarter: not_begun, under_way or ended
    cast(allocation_pounds as decimal(28, 2)) as allocation_pounds,  -- allocated to the council, pounds; null where it is not available
    allocation_qualifier,  -- exact, about, at_least or over
    cast(national_total_pounds as decimal(28, 2)) as national_total_pounds,  -- allocated nationally, pounds; null where it is not given
    case when national_total_pounds is not null then national_total_qualifier end as national_total_qualifier,  -- exact, about, at_least or over; null where it is not given
    divided(allocation_pounds * 100, national_total_pounds) as share_of_national_pct,  -- allocation, per cent of the national total
    coalesce(payment_count, 0) as payment_count,  -- number of payments
    coalesce(recipient_count, 0) as recipient_count,  -- number of recipients
    cast(paid_pounds as decimal(28, 2)) as paid_pounds,  -- paid up to the end of the edition's quarter, pounds
    divided(paid_pounds * 100, allocation_pounds) as spent_pct,  -- paid, per cent of the allocation
    cast(allocation_pounds - paid_pounds as decimal(28, 2)) as unspent_pounds,  -- allocation not paid yet, pounds; with a minus where more was paid
    divided((allocation_pounds - paid_pounds) * 100, allocation_pounds) as unspent_pct,  -- the same, per cent of the allocation
    cast(households_count as bigint) as households_count,  -- households reached, once per payment; null where not counted
    cast(residents_count as bigint) as residents_count,  -- residents supported; null where nothing was paid
    cast(divided(paid_for_residents_pounds, residents_count) as decimal(28, 2)) as cost_per_resident_pounds,  -- paid per resident supported, pounds; null where there is none to divide by
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    cell,  -- address of the allocation
    cell_text  -- allocation as supplied
from spent
