-- Names by which the national indicators workbooks speak of an indicator, with its code: NI. and its number, or LOCAL. and
-- its name where it has none. A proxy bears the code of the indicator that it stands in for.
-- grain: name
-- key: indicator
with
named as (
    select indicator
    from staged.national_indicators_basket
    union
    select coalesce(indicator, indicator_title) as indicator
    from staged.national_indicators_targets
    union
    select indicator
    from staged.national_indicators_figures
)

select
    indicator,  -- number of the indicator, or its name where it has none
    case
        when regexp_matches(indicator, '^NI \d') then 'NI.' || upper(regexp_extract(indicator, '^NI (\d+[a-z]?)', 1))
        else 'LOCAL.' || trim(regexp_replace(upper(indicator), '[^A-Z0-9]+', '_', 'g'), '_')
    end as indicator_code,  -- code of the indicator
    regexp_matches(indicator, '^NI \d+[a-z]? Proxy$') as is_proxy  -- whether a local measure stands in for the national one
from named
