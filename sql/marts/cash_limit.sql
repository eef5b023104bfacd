-- The portfolio's cash limit, what changed it since it was last reported, and the forecast against it, by edition.
-- grain: edition
-- key: edition_period, as_at, workbook_sha256
with
limits as (
    select
        edition_period,
        workbook,
        workbook_sha256,
        as_at,
        superseded_on,
        sum(previously_reported_pounds) as previously_reported_pounds,
        sum(increase_pounds) as stated_increase_pounds,
        sum(budget_pounds) as budget_pounds,
    from staging.finance_cash_limit
    group by edition_period, workbook, workbook_sha256, as_at, superseded_on
),

changes as (
    select
        workbook,
        workbook_sha256,
        as_at,
        count(*) as change_count,
        sum(change_pounds) as changes_pounds,
    from staging.finance_budget_change
    group by workbook, workbook_sha256, as_at
),

forecasts as (
    select
        workbook,
        workbook_sha256,
        as_at,
        sum(net_cash_limit_pounds) as net_cash_limit_pounds,
        sum(net_expenditure_pounds) as net_expenditure_pounds,
        sum(appropriations_pounds) as appropriations_pounds,
        sum(outturn_pounds) as outturn_pounds,
    from staging.finance_outturn
    group by workbook, workbook_sha256, as_at
)

select
    limits.edition_period,  -- quarter of the report
    cast(limits.previously_reported_pounds as decimal(28, 2)) as previously_reported_pounds,  -- cash limit as reported before, pounds
    cast(limits.stated_increase_pounds as decimal(28, 2)) as stated_increase_pounds,  -- increase as the report states it, pounds
    changes.change_count,  -- number of changes that are listed
    cast(changes.changes_pounds as decimal(28, 2)) as changes_pounds,  -- their sum, pounds
    cast(limits.budget_pounds as decimal(28, 2)) as budget_pounds,  -- cash limit now, pounds
    cast(forecasts.net_cash_limit_pounds as decimal(28, 2)) as net_cash_limit_pounds,  -- cash limit that the forecast is against, pounds
    cast(forecasts.net_expenditure_pounds as decimal(28, 2)) as forecast_net_expenditure_pounds,  -- forecast net expenditure of the year, pounds
    cast(forecasts.appropriations_pounds as decimal(28, 2)) as forecast_appropriations_pounds,  -- forecast appropriations, from reserves with a minus, pounds
    cast(forecasts.outturn_pounds as decimal(28, 2)) as forecast_outturn_pounds,  -- forecast over the cash limit, under it with a minus; 0 is breakeven
    divided(forecasts.net_expenditure_pounds * 100, forecasts.net_cash_limit_pounds) as forecast_spent_pct,  -- forecast net expenditure, per cent of the cash limit
    limits.as_at,  -- day on which the edition became known
    limits.superseded_on,  -- first day on which a later edition counts; null while it counts
    limits.workbook,  -- file name
    limits.workbook_sha256  -- SHA-256 of the file
from limits
left join changes
    on
        limits.workbook_sha256 = changes.workbook_sha256
        and limits.workbook = changes.workbook
        and limits.as_at = changes.as_at
left join forecasts
    on
        limits.workbook_sha256 = forecasts.workbook_sha256
        and limits.workbook = forecasts.workbook
        and limits.as_at = forecasts.as_at
