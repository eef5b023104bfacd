-- Cash limits that the figure reported before and the stated increase do not give, and increases that the listed changes
-- do not add up to. The figures are in thousands of pounds: each may be up to £500 from its own rounding.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
limits as (
    select
        edition_period,
        budget_line,
        previously_reported_pounds,
        increase_pounds,
        increase_cell,
        budget_pounds,
        budget_cell,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
    from staging.finance_cash_limit
    where superseded_on is null
),

changes as (
    select
        change_count,
        changes_pounds,
        stated_increase_pounds,
        workbook,
        workbook_sha256,
        as_at,
    from marts.cash_limit
    where superseded_on is null
),

compared as (
    select
        'budget_bridge' as check_name,
        budget_line || ', ' || edition_period as subject,
        budget_pounds as stated,
        previously_reported_pounds + increase_pounds as computed,
        'The budget is not the one reported before with the stated increase.' as meaning,
        3 as rounded_figures,
        workbook,
        sheet,
        budget_cell as cell,
    from limits
    union all
    select
        'budget_changes' as check_name,
        'Increase of the cash limit, ' || limits.edition_period as subject,
        changes.stated_increase_pounds as stated,
        coalesce(changes.changes_pounds, 0) as computed,
        'The stated increase is not the sum of the ' || coalesce(changes.change_count, 0) || ' changes that are listed.' as meaning,
        coalesce(changes.change_count, 0) + 1 as rounded_figures,
        limits.workbook,
        limits.sheet,
        min(limits.increase_cell) as cell,
    from limits
    inner join changes
        on
            limits.workbook_sha256 = changes.workbook_sha256
            and limits.workbook = changes.workbook
            and limits.as_at = changes.as_at
    group by all
)

select
    check_name,  -- what was checked
    subject,  -- what the finding is about
    in_pounds(stated) as published,  -- what was supplied
    in_pounds(computed) as recomputed,  -- what it should be, where that can be computed
    cast(computed - stated as decimal(28, 6)) as difference,  -- recomputed less published
    case when abs(computed - stated) <= 500 * rounded_figures then 'warn' else 'fail' end as severity,  -- fail or warn
    meaning || case
        when abs(computed - stated) <= 500 * rounded_figures then ' Rounding to £1,000 would explain it.' else ''
    end as explanation,  -- what it means
    workbook,  -- file name
    sheet,  -- sheet
    cell  -- address of the cell
from compared
where stated <> computed
