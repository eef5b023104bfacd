-- National indicators of 2010/11 and the local ones beside them: those of the child poverty basket, and those with a target.
-- They are listed as they stood; none is rated.
-- grain: edition x indicator
-- key: workbook_sha256, as_at, indicator_code
with
basket as (
    select
        indicator_code,
        indicator,
        indicator_title,
        is_proxy,
        polarity,
        basket,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        sheet_row,
    from staging.national_indicator_basket
),

targeted as (
    select distinct
        targets.indicator_code,
        targets.indicator,
        targets.indicator_title,
        targets.as_at,
        targets.superseded_on,
        targets.workbook,
        targets.workbook_sha256,
        targets.sheet,
        targets.sheet_row,
    from staging.national_indicator_target as targets
),

indicators as (
    select
        indicator_code,
        indicator,
        indicator_title,
        is_proxy,
        polarity,
        true as in_basket,
        basket,
        as_at,
        superseded_on,
        workbook,
        workbook_sha256,
        sheet,
        sheet_row,
    from basket
    union all
    select
        targeted.indicator_code,
        targeted.indicator,
        targeted.indicator_title,
        false as is_proxy,
        'none' as polarity,
        false as in_basket,
        null as basket,
        targeted.as_at,
        targeted.superseded_on,
        targeted.workbook,
        targeted.workbook_sha256,
        targeted.sheet,
        targeted.sheet_row,
    from targeted
    anti join basket as listed
        on
            targeted.indicator_code = listed.indicator_code
            and targeted.workbook_sha256 = listed.workbook_sha256
            and targeted.as_at = listed.as_at
)

select
    indicators.indicator_code,  -- NI. and a number, or LOCAL. and a name
    indicators.indicator,  -- number as printed, such as NI 53 Proxy; null for a local indicator
    indicators.indicator_title,  -- what it measures
    indicators.in_basket,  -- whether the basket holds it; else the sheet of targets alone lists it
    indicators.basket,  -- what the basket is about: child poverty
    indicators.is_proxy,  -- whether a local measure stands in for the national one
    indicators.polarity,  -- high or low, whichever is good; none where the workbook does not say
    targeted.indicator_code is not null as in_targets,  -- whether the sheet of targets lists it
    indicators.as_at,  -- day on which the edition became known
    indicators.superseded_on,  -- first day on which a later edition counts; null while it counts
    indicators.workbook,  -- file name
    indicators.workbook_sha256,  -- SHA-256 of the file
    indicators.sheet,  -- sheet
    indicators.sheet_row  -- row of the sheet
from indicators
left join targeted
    on
        indicators.indicator_code = targeted.indicator_code
        and indicators.workbook_sha256 = targeted.workbook_sha256
        and indicators.as_at = targeted.as_at
