-- Indicators of the child poverty basket, with their polarity.
-- grain: edition x indicator
-- key: workbook_sha256, as_at, indicator_code
with
basket as (
    select
        workbook,
        workbook_sha256,
        corrections,
        sheet,
        row_number,
        indicator,
        indicator_title,
        good_performance,
        basket,
    from staged.national_indicators_basket
),

names as (
    select
        indicator,
        indicator_code,
        is_proxy,
    from staging.national_indicator_name
),

editions as (
    select
        workbook,
        workbook_sha256,
        corrections,
        as_at,
        superseded_on,
    from staging.edition
    where source = 'national_indicators'
)

select
    names.indicator_code,  -- code of the indicator
    basket.indicator,  -- number as supplied, such as NI 53 Proxy
    basket.indicator_title,  -- what it measures
    names.is_proxy,  -- whether a local measure stands in for the national one
    lower(basket.good_performance) as polarity,  -- high or low, whichever is good
    lower(basket.basket) as basket,  -- what the basket is about, where the title says so
    editions.as_at,  -- day on which the edition became known
    editions.superseded_on,  -- first day on which a later edition counts; null while it counts
    basket.workbook,  -- file name
    basket.workbook_sha256,  -- SHA-256 of the file
    basket.sheet,  -- sheet
    basket.row_number as sheet_row  -- row of the sheet
from basket
inner join names on basket.indicator = names.indicator
inner join editions
    on
        basket.workbook_sha256 = editions.workbook_sha256
        and basket.workbook = editions.workbook
        and basket.corrections is not distinct from editions.corrections
