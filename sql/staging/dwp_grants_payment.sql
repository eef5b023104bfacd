-- Payments of DWP grants. Single payments are illustrative; the totals by scheme are published.
-- grain: edition x payment
-- key: workbook_sha256, as_at, row_number
with
spend as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        paid_on,
        scheme,
        strand,
        recipient,
        amount,
        amount_cell,
        amount_text,
        households,
        residents,
        residents_cell,
        residents_text,
    from staged.dwp_grants_spend
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'dwp_grants'
)

select
    spend.period_label as edition_period,  -- quarter up to whose end the edition goes
    spend.paid_on,  -- day of the payment
    spend.scheme,  -- grant scheme
    spend.strand,  -- strand of support
    spend.recipient,  -- who was paid
    spend.amount as amount_pounds,  -- amount paid, pounds
    spend.households as households_count,  -- households reached, where counted
    spend.residents as residents_count,  -- residents supported
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    spend.workbook,  -- file name
    spend.workbook_sha256,  -- SHA-256 of the file
    spend.sheet,  -- sheet
    spend.row_number,  -- row of the sheet
    spend.amount_cell,  -- address of the amount
    spend.amount_text,  -- amount as supplied
    spend.residents_cell,  -- address of the number of residents
    spend.residents_text  -- residents as supplied
from spend
inner join editions
    on
        spend.workbook_sha256 = editions.workbook_sha256
        and spend.workbook = editions.workbook
        and spend.corrections is not distinct from editions.corrections
