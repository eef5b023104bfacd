-- Forecasts against another cash limit than the budget, and outturns that are not net expenditure and appropriations less
-- the cash limit. The figures are in thousands of pounds: each may be up to £500 from its own rounding.
-- grain: finding
-- key: check_name, subject, workbook, cell
with
forecasts as (
    select
        edition_period,
        net_cash_limit_pounds,
        net_cash_limit_cell,
        net_expenditure_pounds,
        appropriations_pounds,
        outturn_pounds,
        outturn_cell,
        workbook,
        workbook_sha256,
        sheet,
        as_at,
    from staging.finance_outturn
    where superseded_on is null
),

limits as (
    select
        budget_pounds,
        net_cash_limit_pounds,
        workbook,
        workbook_sha256,
        as_at,
    from marts.cash_limit
    where superseded_on is null
),

compared as (
    select
        'forecast_outturn' as check_name,
        'Forecast outturn, ' || edition_period as subject,
        outturn_pounds as stated,
        net_expenditure_pounds + appropriations_pounds - net_cash_limit_pounds as computed,
        'The outturn is not net expenditure and appropriations less the cash limit.' as meaning,
        4 as rounded_figures,
        workbook,
        sheet,
        outturn_cell as cell,
    from forecasts
    union all
    select
        'cash_limit_of_forecast' as check_name,
        'Net cash limit, ' || forecasts.edition_period as subject,
        limits.net_cash_limit_pounds as stated,
        limits.budget_pounds as computed,
        'The forecast is against another cash limit than the budget of the same sheet.' as meaning,
        0 as rounded_figures,
        forecasts.workbook,
        forecasts.sheet,
        forecasts.net_cash_limit_cell as cell,
    from forecasts
    inner join limits
        on
            forecasts.workbook_sha256 = limits.workbook_sha256
            and forecasts.workbook = limits.workbook
            and forecasts.as_at = limits.as_at
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
