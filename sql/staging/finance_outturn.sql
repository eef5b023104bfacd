-- Forecast of the year-end against the net cash limit.
-- grain: edition x row of the sheet
-- key: workbook_sha256, as_at, row_number
with
forecasts as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        period_label,
        net_cash_limit,
        net_cash_limit_cell,
        net_cash_limit_text,
        net_expenditure,
        net_expenditure_cell,
        net_expenditure_text,
        appropriations,
        appropriations_cell,
        appropriations_text,
        outturn,
        outturn_cell,
        outturn_text,
    from staged.finance_outturn
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'finance'
)

select
    forecasts.period_label as edition_period,  -- quarter of the report
    forecasts.net_cash_limit as net_cash_limit_pounds,  -- net cash limit, pounds
    forecasts.net_cash_limit_cell,  -- address of the cell
    forecasts.net_cash_limit_text,  -- its text as supplied
    forecasts.net_expenditure as net_expenditure_pounds,  -- forecast net expenditure, pounds
    forecasts.net_expenditure_cell,  -- address of the cell
    forecasts.net_expenditure_text,  -- its text as supplied
    forecasts.appropriations as appropriations_pounds,  -- forecast appropriations, from reserves with a minus, pounds
    forecasts.appropriations_cell,  -- address of the cell
    forecasts.appropriations_text,  -- its text as supplied
    forecasts.outturn as outturn_pounds,  -- forecast outturn: over the cash limit, under it with a minus, pounds
    forecasts.outturn_cell,  -- address of the cell
    forecasts.outturn_text,  -- its text as supplied
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    forecasts.workbook,  -- file name
    forecasts.workbook_sha256,  -- SHA-256 of the file
    forecasts.sheet,  -- sheet
    forecasts.row_number  -- row of the sheet
from forecasts
inner join editions
    on
        forecasts.workbook_sha256 = editions.workbook_sha256
        and forecasts.workbook = editions.workbook
        and forecasts.corrections is not distinct from editions.corrections
