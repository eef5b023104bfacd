-- The service's forecasts of its rates for the academic year that begins in the financial year of the forecast.
-- grain: edition x measure
-- key: workbook_sha256, as_at, measure_code
with
forecasts as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        period_label,
        measure_code,
        forecast,
        forecast_availability,
        forecast_italic,
        forecast_cell,
        forecast_text,
        basis,
        cast(substr(period_label, 1, 4) as integer) as first_year,
    from staged.continuing_education_forecast
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'continuing_education'
)

select
    forecasts.measure_code,  -- code in the portfolio agreement
    substr(forecasts.period_label, 1, 7) || ' academic' as period_label,  -- academic year that is forecast
    make_date(forecasts.first_year, 8, 1) as period_start,  -- first day of the academic year
    make_date(forecasts.first_year + 1, 8, 1) as period_end,  -- first day after the academic year
    forecasts.forecast,  -- forecast at year-end, per cent
    forecasts.forecast_availability as availability,  -- value, or why there is none
    forecasts.forecast_italic as is_provisional,  -- whether the cell is in italics, the mark of provisional figures
    forecasts.basis,  -- what the forecast rests on
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    forecasts.workbook,  -- file name
    forecasts.workbook_sha256,  -- SHA-256 of the file
    forecasts.sheet,  -- sheet
    forecasts.forecast_cell as cell,  -- address of the cell
    forecasts.forecast_text as cell_text  -- text of the cell
from forecasts
inner join editions
    on
        forecasts.workbook_sha256 = editions.workbook_sha256
        and forecasts.workbook = editions.workbook
        and forecasts.corrections is not distinct from editions.corrections
