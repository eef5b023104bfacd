-- How has a measure of the authority gone over the years, here the survey measure IN.12, beside Greater Manchester?
-- One row per year that the authority has a figure of, as known now, the oldest first. Where the comparator has none it is
-- null, never zero.
with
figures as (
    select
        period_label,
        period_end,
        area_code,
        value,
    from marts.observation
    where
        measure_code = 'IN.12'
        and component = 'total'
        and availability = 'value'
        and period_label like 'year to %'
        and superseded_on is null
),

authority as (
    select
        period_label,
        period_end,
        value,
    from figures
    where area_code = 'E08000007'
),

greater_manchester as (
    select
        period_label,
        value,
    from figures
    where area_code = 'E47000001'
)

select
    authority.period_label,
    authority.value as stockport,
    greater_manchester.value as greater_manchester,
    authority.value - greater_manchester.value as points_above,
from authority
left join greater_manchester on authority.period_label = greater_manchester.period_label
order by authority.period_end, authority.period_label
