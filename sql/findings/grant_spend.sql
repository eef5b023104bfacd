-- Grants of which more was paid than allocated, and payments outside the months of every allocation of their scheme.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
schemes as (
    select
        scheme,
        period_start,
        period_end,
        allocation_pounds,
        allocation_qualifier,
        paid_pounds,
        cell_text,
        workbook,
        sheet,
        cell,
    from marts.grant_scheme
    where superseded_on is null
),

payments as (
    select
        scheme,
        recipient,
        paid_on,
        period_start,
        period_end,
        workbook,
        sheet,
        cell,
        cell_text,
    from marts.grant_payment
    where superseded_on is null
),

found as (
    select
        'grant_overspent' as check_name,
        scheme || ', ' || strftime(period_start, '%b %Y') || ' - ' || strftime(period_end - interval 1 day, '%b %Y') as subject,
        cell_text as published,
        in_pounds(paid_pounds) as recomputed,
        paid_pounds - allocation_pounds as difference,
        'fail' as severity,
        'More has been paid than was allocated; a payment may be of another scheme, or listed twice.' as explanation,
        workbook,
        sheet,
        cell,
    from schemes
    -- at least so much, or about so much, is no ceiling
    where paid_pounds > allocation_pounds and allocation_qualifier = 'exact'
    union all
    select
        'grant_payment_outside_months' as check_name,
        scheme || ', ' || recipient || ', ' || strftime(paid_on, '%d/%m/%Y') as subject,
        cell_text as published,
        null as recomputed,
        null as difference,
        'warn' as severity,
        'It was paid outside the months of the allocation, ' || strftime(period_start, '%b %Y') || ' to '
        || strftime(period_end - interval 1 day, '%b %Y') || '; a late payment, or a wrong date.' as explanation,
        workbook,
        sheet,
        cell,
    from payments
    where paid_on < period_start or paid_on >= period_end
)

select
    check_name,  -- what was checked
    subject,  -- what the finding is about
    published,  -- what was supplied
    recomputed,  -- what it should be, where that can be computed
    cast(difference as decimal(28, 6)) as difference,  -- recomputed less published
    severity,  -- fail or warn
    explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from found
