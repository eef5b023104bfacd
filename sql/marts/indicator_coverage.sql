-- How many actions of each plan serve each indicator. Indicators are those that any plan names and those among the measures
-- that have a national indicator's code, or its wording.
-- grain: plan year x indicator
-- key: plan_year, indicator_code
with
plans as (
    select distinct plan_year
    from marts.action
    where superseded_on is null
),

named as (
    select
        plan_year,
        action_code,
        indicator_code,
        indicator_name,
    from marts.action_indicator
    where indicator_code is not null and superseded_on is null
),

wordings as (
    select
        indicator_code,
        indicator_name,
        wording_begins,
    from staging.indicator_wording
),

measures as (
    select
        measure.measure_code,
        measure.measure_name,
        coalesce(
            'NI ' || nullif(lower(regexp_extract(measure.measure_code, '^NI[ .]?(\d+[A-Za-z]*)', 1)), ''),
            wordings.indicator_code
        ) as indicator_code,
    from marts.measure
    left join wordings
        on starts_with(regexp_replace(lower(measure.measure_name), '^% ?(?:of )?', ''), wordings.wording_begins)
),

indicators as (
    select
        indicator_code,
        max(indicator_name) as indicator_name,
    from (
        select
            indicator_code,
            indicator_name,
        from named
        union all
        select
            indicator_code,
            indicator_name,
        from wordings
        union all
        select
            indicator_code,
            measure_name as indicator_name,
        from measures
        where indicator_code is not null and indicator_code not in (select indicator_code from wordings)
    ) as united
    group by indicator_code
),

counted as (
    select
        plan_year,
        indicator_code,
        count(distinct action_code) as action_count,
    from named
    group by all
),

measured as (
    select
        indicator_code,
        min(measure_code) as measure_code,
    from measures
    where indicator_code is not null
    group by indicator_code
)

select
    plans.plan_year,  -- financial year of the plan
    indicators.indicator_code,  -- code, or the wording of one that is not listed
    indicators.indicator_name,  -- name
    measured.measure_code,  -- measure that holds its figures; null where none are supplied
    coalesce(counted.action_count, 0) as action_count,  -- actions of the plan that serve it
    counted.action_count is not null as has_action  -- whether any action serves it
from plans
cross join indicators
left join counted on plans.plan_year = counted.plan_year and indicators.indicator_code = counted.indicator_code
left join measured on indicators.indicator_code = measured.indicator_code
