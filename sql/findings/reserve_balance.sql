-- Reserves whose balance after the planned use is not the balance and the planned use, and totals of reserves that are
-- not the sum of their rows. The figures are in thousands of pounds: each may be up to £500 from its own rounding.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
reserves as (
    select
        edition_period,
        case when is_total then 'Total of reserves' else narration || ' (' || purpose || ')' end as reserve,
        is_total,
        opening_pounds,
        opening_cell,
        planned_use_pounds,
        planned_use_cell,
        closing_pounds,
        closing_cell,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
    from staging.finance_reserve
    where superseded_on is null
),

columns as (
    select
        reserves.*,
        unnest(['balance', 'planned use', 'balance after it']) as column_name,
        unnest([opening_pounds, planned_use_pounds, closing_pounds]) as amount,
        unnest([opening_cell, planned_use_cell, closing_cell]) as cell,
    from reserves
),

sums as (
    select
        workbook,
        workbook_sha256,
        as_at,
        column_name,
        sum(amount) as amount,
        count(*) as reserve_count,
    from columns
    where not is_total
    group by workbook, workbook_sha256, as_at, column_name
),

compared as (
    select
        'reserve_balance' as check_name,
        reserve || ', ' || edition_period as subject,
        closing_pounds as stated,
        opening_pounds + planned_use_pounds as computed,
        case
            when closing_pounds = opening_pounds - planned_use_pounds
                then 'The planned use has no minus: with one, the balances fit.'
            else 'The balance after the planned use is not the balance and the planned use.'
        end as meaning,
        case when closing_pounds = opening_pounds - planned_use_pounds then 0 else 3 end as rounded_figures,
        closing_pounds = opening_pounds - planned_use_pounds as is_explained,
        workbook,
        sheet,
        closing_cell as cell,
    from reserves
    union all
    select
        'reserve_total' as check_name,
        'Total of reserves, ' || columns.column_name || ', ' || columns.edition_period as subject,
        columns.amount as stated,
        coalesce(sums.amount, 0) as computed,
        'The total is not the sum of its ' || coalesce(sums.reserve_count, 0) || ' reserves.' as meaning,
        coalesce(sums.reserve_count, 0) + 1 as rounded_figures,
        false as is_explained,
        columns.workbook,
        columns.sheet,
        columns.cell,
    from columns
    left join sums
        on
            columns.workbook_sha256 = sums.workbook_sha256
            and columns.workbook = sums.workbook
            and columns.as_at = sums.as_at
            and columns.column_name = sums.column_name
    where columns.is_total
)

select
    check_name,  -- what was checked
    subject,  -- what the finding is about
    in_pounds(stated) as published,  -- what was supplied
    in_pounds(computed) as recomputed,  -- what it should be, where that can be computed
    cast(computed - stated as decimal(28, 6)) as difference,  -- recomputed less published
    case when is_explained or abs(computed - stated) <= 500 * rounded_figures then 'warn' else 'fail' end as severity,  -- fail or warn
    meaning || case
        when abs(computed - stated) <= 500 * rounded_figures then ' Rounding to £1,000 would explain it.' else ''
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from compared
where stated <> computed
