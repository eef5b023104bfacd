-- Payments of DWP grants, each with its funding stream: the funder and the allocation that it is paid from. That is the
-- latest allocation of its scheme that had begun by its day, else the first. Single payments are illustrative.
-- grain: edition x payment
-- key: edition_period, as_at, workbook_sha256, row_number
with
payments as (
    select
        edition_period,
        paid_on,
        scheme,
        strand,
        recipient,
        amount_pounds,
        households_count,
        residents_count,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        row_number,
        amount_cell,
        amount_text,
    from staging.dwp_grants_payment
),

allocations as (
    select
        scheme,
        funder,
        period_start,
        period_end,
        as_at,
        workbook,
        workbook_sha256,
    from staging.dwp_grants_allocation
),

streams as (
    select
        payments.*,
        allocations.funder,
        allocations.period_start,
        allocations.period_end,
        row_number() over (
            partition by payments.workbook_sha256, payments.workbook, payments.as_at, payments.row_number
            order by
                allocations.period_start <= payments.paid_on desc,
                abs(allocations.period_start - payments.paid_on)
        ) as choice,
    from payments
    left join allocations
        on
            payments.scheme = allocations.scheme
            and payments.workbook_sha256 = allocations.workbook_sha256
            and payments.workbook = allocations.workbook
            and payments.as_at = allocations.as_at
)

select
    edition_period,  -- quarter up to whose end the edition goes
    paid_on,  -- day of the payment
    scheme,  -- grant scheme
    funder,  -- who pays the grant
    period_start,  -- first day of the months of the allocation
    period_end,  -- first day after them
    strand,  -- strand of support
    recipient,  -- who was paid
    cast(amount_pounds as decimal(28, 2)) as amount_pounds,  -- amount paid, pounds
    households_count,  -- households reached, where counted
    residents_count,  -- residents supported
    as_at,  -- day on which the edition became known
    superseded_on,  -- first day on which a later edition counts; null while it counts
    workbook,  -- file name
    workbook_sha256,  -- SHA-256 of the file
    sheet,  -- sheet
    row_number,  -- row of the sheet
    amount_cell as cell,  -- address of the amount
    amount_text as cell_text  -- amount as supplied
from streams
where choice = 1
