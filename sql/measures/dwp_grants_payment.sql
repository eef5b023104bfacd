-- DWP grants paid and residents supported, by strand and quarter of payment.
-- grain: measure x quarter x component x edition x cell
-- key: measure_code, period_label, component, edition, cell
with
payments as (
    select
        paid_on,
        strand,
        amount_pounds,
        residents_count,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        amount_cell,
        amount_text,
        residents_cell,
        residents_text,
        cast(date_trunc('quarter', paid_on) as date) as quarter_start,
        year(paid_on) - case when month(paid_on) < 4 then 1 else 0 end as first_year,
    from staging.dwp_grants_payment
),

counted as (
    select
        measure_code,
        is_total,
    from (
        values
        ('GRANT.1', true),
        ('GRANT.1', false),
        ('GRANT.2', true),
        ('GRANT.2', false)
    ) as listed (measure_code, is_total)
)

select
    counted.measure_code,  -- GRANT.1 paid, GRANT.2 residents supported
    (select area_code from staging.authority) as area_code,  -- the authority
    payments.first_year || '-' || lpad(cast((payments.first_year + 1) % 100 as varchar), 2, '0')
    || '-Q' || ((quarter(payments.paid_on) + 2) % 4 + 1) as period_label,  -- quarter of the payment
    payments.quarter_start as period_start,  -- first day of the quarter
    cast(payments.quarter_start + interval 3 month as date) as period_end,  -- first day after it
    'quarter' as year_type,  -- calendar of the period
    'actual' as value_kind,  -- as paid
    case when counted.is_total then 'total' else payments.strand end as component,  -- strand of support, or total
    'part' as role,  -- each payment is a part of the sum
    cast(
        case when counted.measure_code = 'GRANT.1' then payments.amount_pounds else payments.residents_count end
        as decimal(28, 6)
    ) as amount,  -- pounds, or residents
    cast(1 as decimal(10, 4)) as factor,  -- parts are added as they are
    'exact' as qualifier,  -- no payment is approximate
    'value' as availability,  -- every payment has an amount
    cast(null as varchar) as note,  -- none
    payments.as_at,  -- day on which the edition became known
    payments.superseded_on,  -- first day on which a later edition counts
    payments.workbook_sha256 || ' of ' || payments.as_at as edition,  -- edition: the workbook and the day of its receipt
    payments.workbook,  -- file name
    payments.workbook_sha256,  -- SHA-256 of the file
    payments.sheet,  -- sheet
    case when counted.measure_code = 'GRANT.1' then payments.amount_cell else payments.residents_cell end as cell,  -- address of the cell
    case when counted.measure_code = 'GRANT.1' then payments.amount_text else payments.residents_text end as cell_text  -- text of the cell
from payments
cross join counted
